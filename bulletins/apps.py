from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "bulletins"
    verbose_name = _("Bulletins")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Importing it wires the listeners; models must be loaded first.
        from bulletins import subscriptions  # noqa: F401
