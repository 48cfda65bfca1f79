"""What an office keeps in lists: campaigns, tags, review routes and the site's own details."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag

from accounts import roles
from bulletins.models import Campaign, Listing, Route, SiteProfile, TaggedArticle
from bulletins.models.listing import campaign_shelf, tag_shelf
from bulletins.readiness.addresses import listed_host
from units.desk import NO_ADDRESS, AddressedAdmin, AddressedForm, KeptAdmin

# Taggit's own screen merges tags without asking who does it.
admin.site.unregister(Tag)
# The rows of the worker are for those who run the machine, by its log.
admin.site.unregister(DBTaskResult)

STATES = {
    "standing": gettext_lazy("always"),
    "coming": gettext_lazy("not begun yet"),
    "running": gettext_lazy("running"),
    "ended": gettext_lazy("ended"),
}


class CampaignForm(AddressedForm):
    class Meta:
        model = Campaign
        fields = [
            "name", "slug", "description", "lead_unit", "starts_on", "ends_on", "position", "is_public",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        labels = {"name": gettext_lazy("name of the campaign")}
        error_messages = {"name": {"unique": gettext_lazy("Another campaign has this name.")}}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("A campaign cannot end before it starts."))
        return given


@admin.register(Campaign)
class CampaignAdmin(AddressedAdmin):
    form = CampaignForm
    list_display = ["campaign", "state", "period", "lead_unit", "position", "hidden_sign"]
    list_filter = ["is_public"]
    list_select_related = ["lead_unit"]
    search_fields = ["name", "slug", "description"]
    search_help_text = gettext_lazy("Name or description")
    autocomplete_fields = ["lead_unit"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "description", "lead_unit"]}),
        (
            gettext_lazy("From when until when"),
            {
                "fields": [("starts_on", "ends_on")],
                "description": gettext_lazy("Without dates it is a column that always stands."),
            },
        ),
        (gettext_lazy("On the public site"), {"fields": ["is_public", "position"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """One that stories belong to, or belonged to when they were released, stays; it can be hidden."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (
            obj.articles.exists() or Listing.objects.filter(shelf=campaign_shelf(obj)).exists()
        )

    @admin.display(description=gettext_lazy("name of the campaign"), ordering="name")
    def campaign(self, campaign: Campaign) -> str:
        return campaign.name

    @admin.display(description=gettext_lazy("from – until"), ordering="starts_on")
    def period(self, campaign: Campaign) -> str:
        days = [str(day) if day else "" for day in (campaign.starts_on, campaign.ends_on)]
        return " – ".join(days) if any(days) else ""

    @admin.display(description=gettext_lazy("state"))
    def state(self, campaign: Campaign) -> SafeString:
        state = campaign.state(on=roles.today())
        return format_html('<span class="campaign-{}">{}</span>', state, STATES[state])


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Tag
        fields = ["name", "slug"]
        labels = {"name": gettext_lazy("Tag"), "slug": gettext_lazy("address")}
        error_messages = {
            "name": {"unique": gettext_lazy("This tag exists already.")},
            "slug": {"unique": gettext_lazy("Another tag has this address."), "invalid": NO_ADDRESS},
        }


@admin.register(Tag)
class TagAdmin(KeptAdmin):
    """Tags come into being when stories are tagged. One in use stays as it is, since frozen texts name it."""

    form = TagForm
    list_display = ["name", "slug"]
    search_fields = ["name"]
    ordering = ["name"]

    def is_used(self, tag: Tag | None) -> bool:
        return tag is not None and (
            TaggedArticle.objects.filter(tag=tag).exists()
            or Listing.objects.filter(shelf=tag_shelf(tag)).exists()
        )

    def has_change_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        return super().has_change_permission(request, obj) and not self.is_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not self.is_used(obj)


@admin.register(Route)
class RouteAdmin(KeptAdmin):
    list_display = ["kind", "steps_in_words"]
    fields = ["kind", "unit_review", "desk_review"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "kind":
            field.help_text = gettext_lazy(
                "A kind without a route of its own takes all three steps. The final review is never left out."
            )
            field.error_messages["unique"] = gettext_lazy("This kind has a route already; change that one.")
        return field

    @admin.display(description=gettext_lazy("steps"))
    def steps_in_words(self, route: Route) -> str:
        taken = {"unit_review": route.unit_review, "desk_review": route.desk_review, "final_review": True}
        names = {
            "unit_review": _("unit review"),
            "desk_review": _("desk review"),
            "final_review": _("final review"),
        }
        return " → ".join(names[step] for step, is_taken in taken.items() if is_taken)


class SiteProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SiteProfile
        exclude = ["singleton"]
        widgets = {"link_hosts": forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})}

    def clean_link_hosts(self) -> str:
        lines = list(
            dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["link_hosts"].splitlines())))
        )
        for line in lines:
            if not listed_host(line):
                raise forms.ValidationError(
                    _(
                        "“%(line)s” is no host that may be listed. Write its name only, as www.gov.cn or *.gov.cn."
                    )
                    % {"line": line[:80]},
                    code="no_host",
                )
        return "\n".join(lines)


@admin.register(SiteProfile)
class SiteProfileAdmin(KeptAdmin):
    """One row, so its list leads to it."""

    form = SiteProfileForm
    fieldsets = [
        (None, {"fields": ["name", "tagline", "about"]}),
        (
            gettext_lazy("At the foot of every page"),
            {
                "fields": [
                    "organiser", "contact", "corrections_email", "site_id_code", "icp_number", "police_record_number",
                    "accessibility_statement",
                ],
                "description": gettext_lazy("What is left empty is not printed."),
            },
        ),
        (
            gettext_lazy("For search engines and other machines"),
            {"fields": ["address", "may_be_indexed", "security_contact", "security_expires"]},
        ),
        (gettext_lazy("Numbers of articles"), {"fields": ["number_prefix"]}),
        (gettext_lazy("Checks before publication"), {"fields": ["stops_before", "link_hosts"]}),
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SiteProfile.objects.exists()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        profile = SiteProfile.objects.first()
        if profile and self.has_view_permission(request):
            return redirect("admin:bulletins_siteprofile_change", profile.pk)
        return super().changelist_view(request, extra_context)
