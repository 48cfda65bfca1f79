"""Old addresses in the desk: the list, the form, one to try, and whole lists as files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from bulletins.models import OldAddress
from bulletins.old_addresses import MOST_BYTES, Book, Fault, NoList, Plan, plan, to_csv
from bulletins.records.entering import list_was_taken_in
from units.desk import KeptAdmin

# So many of each are shown; the others are counted.
SHOWN = 100


class OldAddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """Holds an entry to the very rules by which a line of a list is taken or left out."""

    class Meta:
        model = OldAddress
        fields = ["old", "target"]
        widgets = {
            "old": forms.TextInput(attrs={"class": "vLargeTextField", "spellcheck": "false"}),
            "target": forms.TextInput(attrs={"class": "vLargeTextField", "spellcheck": "false"}),
        }

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            Book.of_the_table().add(self.instance)
        except Fault as fault:
            self.add_error(fault.field, str(fault.reason))


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV, at most 10 MB and 10,000 lines."),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("What to do with it"),
        choices=[
            ("look", gettext_lazy("Only look what it would change")),
            ("take", gettext_lazy("Take it in: lines that can stand are taken, the others are listed")),
        ],
        initial="look",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> UploadedFile:
        chosen: UploadedFile = self.cleaned_data["file"]
        if (chosen.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Divide it."))
        return chosen


@admin.register(OldAddress)
class OldAddressAdmin(KeptAdmin):
    form = OldAddressForm
    change_list_template = "desk/old_addresses_list.html"
    list_display = ["old", "target", "many_sign"]
    list_filter = ["is_pattern"]
    search_fields = ["old", "target"]
    search_help_text = gettext_lazy("A part of the old or the new address")
    fields = ["old", "target"]

    @admin.display(description=gettext_lazy("for many at once"), ordering="is_pattern")
    def many_sign(self, entry: OldAddress) -> str:
        """A word where it stands for many, nothing where it stands for one."""
        return _("many") if entry.is_pattern else ""

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"old_addresses_{name}")

        return [
            at("import/", self.import_view, "import"),
            at("old-addresses.csv", self.export_view, "export"),
            *super().get_urls(),
        ]

    def may_change_all(self, request: HttpRequest) -> bool:
        """A list adds and changes whatever it names."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"may_change_all": self.may_change_all(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """The form, and below it what the file would change or has changed."""
        if not self.may_change_all(request):
            raise PermissionDenied
        form = ListForm(request.POST or None, request.FILES or None)
        context = self.admin_site.each_context(request) | {
            "title": _("Import old addresses"),
            "opts": self.opts,
            "form": form,
        }
        status = 200
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data["file"]
            context |= {"name": chosen.name}
            try:
                made = self._done(request, chosen, takes=form.cleaned_data["way"] == "take")
                context |= _reported(made, was_taken=form.cleaned_data["way"] == "take")
            except NoList as refused:
                context |= {"refused": str(refused.args[0])}
                status = 422
        return TemplateResponse(request, "desk/old_addresses_import.html", context, status=status)

    def _done(self, request: HttpRequest, chosen: UploadedFile, *, takes: bool) -> Plan:
        with transaction.atomic():
            made = plan(chosen.read())
            if takes:
                reason = _("Old addresses taken in: %(name)s") % {"name": chosen.name}
                made.carry_out(by=request.user, reason=reason)  # type: ignore[arg-type]
                list_was_taken_in(
                    OldAddress,
                    by=request.user,  # type: ignore[arg-type]
                    name=chosen.name or "",
                    added=len(made.added),
                    changed=len(made.changed),
                )
        if takes:
            said = _("The list was taken in: %(added)s added, %(changed)s changed, %(left)s left out.")
            counts = {"added": len(made.added), "changed": len(made.changed), "left": len(made.left_out)}
            messages.success(request, said % counts)
        return made

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The whole table, as an import reads it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = HttpResponse(
            to_csv(OldAddress.objects.iterator(chunk_size=2000)), content_type="text/csv; charset=utf-8"
        )
        name = f"{_('old addresses')}-{roles.today()}.csv"
        response["Content-Disposition"] = content_disposition_header(True, name) or ""
        return response


def _reported(made: Plan, *, was_taken: bool) -> dict[str, Any]:
    return {
        "plan": made,
        "was_taken": was_taken,
        "left_out": made.left_out[:SHOWN],
        "left_out_more": len(made.left_out) - SHOWN,
        "shown": [*made.added, *made.changed][:SHOWN],
        "shown_more": len(made.added) + len(made.changed) - SHOWN,
    }
