"""What a browser would send back from a form of the desk that it was shown, with some fields filled in otherwise."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse


def _values(form: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if (
            field.field.widget.input_type == "checkbox"
            if hasattr(field.field.widget, "input_type")
            else False
        ):
            if value:
                found[field.html_name] = "on"
        elif value is not None:
            prepared = field.field.prepare_value(value)
            found[field.html_name] = (
                field.field.widget.format_value(prepared)
                if hasattr(prepared, "isoformat")
                else getattr(prepared, "pk", prepared)
            )
    return found


def as_shown(response: HttpResponse, **fields: Any) -> dict[str, Any]:
    """`fields` win; a field given as None is left out, as an unticked box is."""
    context: Any = response.context  # type: ignore[attr-defined]
    data = _values(context["adminform"].form)
    for inline in context.get("inline_admin_formsets", []):
        data |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= _values(form)
    return {name: value for name, value in (data | fields).items() if value is not None}


def sentences(response: HttpResponse) -> str:
    """Everything the form complains about, in one text."""
    context: Any = response.context  # type: ignore[attr-defined]
    said = [str(context["adminform"].form.errors)]
    for inline in context.get("inline_admin_formsets", []):
        said += [str(inline.formset.errors), str(inline.formset.non_form_errors())]
    return " ".join(said)


def error_of(response: HttpResponse, field: str) -> str:
    """What is said beside that field."""
    context: Any = response.context  # type: ignore[attr-defined]
    return " ".join(context["adminform"].form.errors.get(field, []))
