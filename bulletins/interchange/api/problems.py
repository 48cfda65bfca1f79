"""What went wrong, as problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"
# Where each kind of problem is explained.
REFERENCE = "/api/v1/"


@dataclass(frozen=True)
class Kind:
    status: int
    title: str | Promise


KINDS = {
    "bad-request": Kind(400, _("This cannot be understood as a question")),
    "not-found": Kind(404, _("There is nothing at this address")),
    "method-not-allowed": Kind(405, _("Here one can only read")),
    "withdrawn": Kind(410, _("This item has been withdrawn")),
    "too-many-requests": Kind(429, _("Too many questions in one minute")),
    "server-error": Kind(500, _("Something broke on our side")),
}


class Problem(Exception):
    """Raised by whatever answers; `key` is one of KINDS, `more` are further members of the answer."""

    def __init__(self, key: str, detail: str | Promise = "", **more: Any) -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail
        self.more = more


def not_found(name: str) -> Problem:
    """Whatever was asked for by this name is not there, or not public: the answer is the same."""
    return Problem("not-found", _("Nothing public is found under: %(name)s") % {"name": name})


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> HttpResponse:
    kind = KINDS[problem.key]
    said: dict[str, Any] = {
        "type": f"{REFERENCE}#{problem.key}",
        "title": str(kind.title),
        "status": kind.status,
    }
    if problem.detail:
        said["detail"] = str(problem.detail)
    body = json.dumps(said | problem.more, ensure_ascii=False).encode(errors="replace")
    response = HttpResponse(body, status=kind.status, content_type=CONTENT_TYPE, headers=headers)
    response.headers["Cache-Control"] = "no-cache" if kind.status in {404, 410} else "no-store"
    return response
