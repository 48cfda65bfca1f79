"""Lists of terms as files: chosen, looked at before anything is written, taken in; and the whole table taken out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import User
from bulletins.models import TermEntry
from bulletins.readiness import office_terms
from bulletins.readiness.term_files import MOST_BYTES, LeftOut, NoList, harmless, read, to_csv, to_xlsx
from bulletins.readiness.term_import import Plan, plan
from bulletins.records.entering import list_was_taken_in

SALT = "bulletins.desk.term_lists"
FOLDER = "term-lists"
KEPT_FOR = timedelta(days=1)
# So many of each are shown; the others are counted.
SHOWN = 50
EXPORTS = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class Gone(Exception):
    """There is no such upload (any more), or it is another person's."""


@dataclass(frozen=True)
class Upload:
    """A list that was sent and not taken in yet. Its token is worth something in the hands of `by` only."""

    file: str
    name: str
    by: int
    replaces: bool

    @classmethod
    def keep(cls, chosen: UploadedFile, *, by: User, replaces: bool) -> Upload:
        _forget_old_ones()
        file = default_storage.save(f"{FOLDER}/{uuid4().hex}", chosen)
        return cls(file, (chosen.name or "")[:100], by.pk, replaces)

    @classmethod
    def of(cls, request: HttpRequest) -> Upload:
        token = request.POST.get("upload") or request.GET.get("upload", "")
        try:
            upload = cls(**signing.loads(token, salt=SALT, max_age=KEPT_FOR))
        except signing.BadSignature as error:
            raise Gone from error
        if upload.by != request.user.pk or not default_storage.exists(upload.file):
            raise Gone
        return upload

    @property
    def token(self) -> str:
        return signing.dumps(vars(self), salt=SALT)

    def plan(self) -> Plan:
        """What it would change now. Raises `NoList`."""
        try:
            with default_storage.open(self.file) as file:
                data = file.read()
        except FileNotFoundError as error:
            # Another request has just taken it in.
            raise Gone from error
        return plan(read(self.name, data), replaces=self.replaces)

    def forget(self) -> None:
        default_storage.delete(self.file)


def _forget_old_ones() -> None:
    """Lists that were looked at and then left."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < timezone.now() - KEPT_FOR:
            default_storage.delete(f"{FOLDER}/{name}")


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 20 MB and 200,000 lines."),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("What to do with it"),
        choices=[
            (
                "add",
                gettext_lazy("Add to the table: new terms are added, those that stand there are updated"),
            ),
            (
                "replace",
                gettext_lazy("Replace the table: what is not in the file is removed"),
            ),
        ],
        initial="add",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> UploadedFile:
        chosen: UploadedFile = self.cleaned_data["file"]
        if (chosen.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Divide it."))
        return chosen


def choose(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The form, and on to the look at what the file would do."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = Upload.keep(
            form.cleaned_data["file"],
            by=request.user,  # type: ignore[arg-type]
            replaces=form.cleaned_data["way"] == "replace",
        )
        return redirect(f"{reverse('admin:terms_look')}?{urlencode({'upload': upload.token})}")
    return TemplateResponse(request, "desk/terms_import.html", context | {"form": form})


def look(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """What would be added, changed, removed and left out; sent as a form, it is done if the table is still that one."""
    try:
        upload = Upload.of(request)
        if request.method == "POST":
            return _take_in(request, upload, context)
        # Asked first: a change while the file is read makes the table another than the one that is shown.
        seen = office_terms.state()
        made = upload.plan()
    except Gone:
        return _gone(request)
    except NoList as refused:
        upload.forget()
        form = ListForm(initial={"way": "replace" if upload.replaces else "add"})
        context |= {"form": form, "refused": str(refused.args[0]), "name": upload.name}
        return TemplateResponse(request, "desk/terms_import.html", context, status=422)
    return _shown(request, upload, made, seen, context)


def _take_in(request: HttpRequest, upload: Upload, context: dict[str, Any]) -> HttpResponse:
    seen = request.POST.get("seen", "")
    # Read and compared before anything is locked: others wait only as long as it is written.
    made = upload.plan()
    try:
        with transaction.atomic():
            made.carry_out(
                by=request.user,  # type: ignore[arg-type]
                reason=_("List taken in: %(name)s") % {"name": upload.name},
                seen=seen,
            )
            list_was_taken_in(
                TermEntry,
                by=request.user,  # type: ignore[arg-type]
                name=upload.name,
                added=len(made.added),
                changed=len(made.changed),
                removed=len(made.removed),
            )
    except office_terms.TableChanged:
        now = office_terms.state()
        made = upload.plan()
        if not made.changes:
            # The same button twice: the first time did it.
            return _gone(request)
        messages.warning(request, _("The table was changed meanwhile. Look at this list once more."))
        return _shown(request, upload, made, now, context)
    transaction.on_commit(upload.forget)
    said = _("The list was taken in: %(added)s added, %(changed)s changed, %(removed)s removed.")
    counts = {"added": len(made.added), "changed": len(made.changed), "removed": len(made.removed)}
    messages.success(request, said % counts)
    return redirect("admin:bulletins_termentry_changelist")


def _gone(request: HttpRequest) -> HttpResponse:
    messages.info(
        request,
        _("This list was taken in already, or it was sent longer than a day ago. Nothing was changed now."),
    )
    return redirect("admin:bulletins_termentry_changelist")


def _shown(
    request: HttpRequest, upload: Upload, made: Plan, seen: str, context: dict[str, Any]
) -> HttpResponse:
    parts = [
        (_("Added"), made.added, "added"),
        (_("Changed"), [term for _key, term in made.changed[:SHOWN]], "changed"),
        (_("Removed"), [term for _key, term in made.removed[:SHOWN]], "removed"),
    ]
    counts = {"added": len(made.added), "changed": len(made.changed), "removed": len(made.removed)}
    context |= {
        "upload": upload,
        "seen": seen,
        "plan": made,
        "parts": [
            {
                "title": title,
                "kind": kind,
                "count": counts[kind],
                "terms": terms[:SHOWN],
                "more": counts[kind] - SHOWN,
            }
            for title, terms, kind in parts
            if counts[kind]
        ],
        "left_out": made.left_out[:SHOWN],
        "left_out_more": len(made.left_out) - SHOWN,
        "address": urlencode({"upload": upload.token}),
    }
    return TemplateResponse(request, "desk/terms_look.html", context)


def left_out(request: HttpRequest) -> HttpResponse:
    """Every line that would be left out, as a table."""
    try:
        made = Upload.of(request).plan()
    except (Gone, NoList):
        return _gone(request)
    return _file(_report(made.left_out), "text/csv; charset=utf-8", _("lines left out") + ".csv")


def _report(lines: Iterable[LeftOut]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_("line"), _("why it is left out"), _("how it begins")])
    writer.writerows((left.line, harmless(str(left.reason)), harmless(left.begins)) for left in lines)
    return out.getvalue().encode("utf-8-sig")


def export(kind: str) -> HttpResponse:
    """The whole table, as an import reads it."""
    if kind not in EXPORTS:
        raise Http404
    write, media_type = EXPORTS[kind]
    return _file(write(office_terms.table()), media_type, f"{_('terms')}-{roles.today()}.{kind}")


def _file(data: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
