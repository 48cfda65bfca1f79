"""What the form offers while somebody types a name or a tag."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from taggit.models import Tag

from accounts.models import Correspondent

LIMIT = 8


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:40]


def people(request: HttpRequest) -> JsonResponse:
    """Correspondents by a part of their name, each with the unit that tells namesakes apart."""
    asked = _asked(request)
    found = Correspondent.objects.filter(Q(name__startswith=asked) | Q(name__contains=asked))
    rows = found.select_related("unit").order_by("name", "pk")[:LIMIT] if asked else []
    return JsonResponse(
        {
            "found": [
                {"id": person.pk, "name": person.name, "note": person.unit.name if person.unit else ""}
                for person in rows
            ]
        }
    )


def tags(request: HttpRequest) -> JsonResponse:
    """Tags in use that contain what was typed."""
    asked = _asked(request)
    rows = Tag.objects.filter(name__icontains=asked).order_by("name")[:LIMIT] if asked else []
    return JsonResponse({"found": [{"name": tag.name} for tag in rows]})
