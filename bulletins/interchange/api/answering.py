"""How every question is answered: counted, understood, from any origin, and whatever goes wrong as a problem."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from bulletins.interchange.api import limit
from bulletins.interchange.api.asking import LIMIT, PAGE_SIZE, Parameter, read
from bulletins.interchange.api.problems import Problem, problem_response
from bulletins.interchange.conditional import conditional
from bulletins.interchange.place import Site

METHODS = ("GET", "HEAD", "OPTIONS")
# Any page may ask, none may send who its reader is.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}

logger = logging.getLogger("bulletins.interchange")


@dataclass(frozen=True)
class Asked:
    """A question that was understood. `values` has the parameters that were given."""

    request: HttpRequest
    site: Site
    at: datetime
    values: Mapping[str, Any]

    @property
    def size(self) -> int:
        return self.values.get(LIMIT.name, PAGE_SIZE)

    def next_after(self, cursor: str) -> str:
        """The address of what comes after the item at `cursor`, with all else that was asked."""
        query = self.request.GET.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


Answer = Callable[..., HttpResponse | dict[str, Any]]


def said(data: dict[str, Any], content_type: str = "application/json") -> HttpResponse:
    body = json.dumps(data, ensure_ascii=False).encode(errors="replace")
    return HttpResponse(body, content_type=content_type)


def api_view(answer: Answer, parameters: tuple[Parameter, ...] | None = ()) -> Callable[..., HttpResponse]:
    """A view that answers by `answer(asked, **path)`: with data, or with a response of its own; it may raise Problem.

    With None for parameters, whatever is asked is passed over unread.
    """

    def respond(request: HttpRequest, **path: Any) -> HttpResponse:
        if request.method not in METHODS:
            raise Problem("method-not-allowed", _("Ask with GET or HEAD."))
        values = {} if parameters is None else read(request, parameters)
        found = answer(Asked(request, Site.of(request), timezone.now(), values), **path)
        response = said(found) if isinstance(found, dict) else found
        return conditional(request, response) if response.status_code == 200 else response

    @csrf_exempt  # what is sent here is refused as any method but reading, not as a form that lost its token
    def view(request: HttpRequest, **path: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=CORS | PREFLIGHT)
        allowance = limit.count(request)
        headers = CORS | (allowance.headers if allowance else {})
        try:
            if allowance and allowance.is_spent:
                raise Problem("too-many-requests", _("Ask again when the minute is over."))
            response = respond(request, **path)
        except Problem as problem:
            response = problem_response(problem)
        except SuspiciousOperation as refusal:
            logger.info("Refused: %s", refusal)
            response = problem_response(Problem("bad-request"))
        except Exception:
            logger.exception("The API broke at %s", request.path)
            response = problem_response(Problem("server-error"))
        if response.status_code == 405:
            response.headers["Allow"] = ", ".join(METHODS)
        for name, value in headers.items():
            response.headers[name] = value
        return response

    return view
