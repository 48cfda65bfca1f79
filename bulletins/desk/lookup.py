"""What a choice in a form offers while somebody types: asked of the roles by another name than reading a list."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest


class LookupView(AutocompleteJsonView):
    """Everybody with a role finds units, campaigns, correspondents and tags; people and stories are not for all."""

    def has_perm(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = getattr(self.model_admin, "has_lookup_permission", self.model_admin.has_view_permission)
        return bool(allowed(request))

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        term, *rest = super().process_request(request)
        return (term.replace("\0", "")[:80], *rest)

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "lookup_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}
