from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Django's admin, with the desk in place of its default site."""

    default_site = "bulletins.desk.site.DeskSite"
