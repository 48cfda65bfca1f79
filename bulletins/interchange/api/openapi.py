"""The OpenAPI 3.1 document, made from the table of endpoints."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from bulletins.interchange.api.answering import Asked
from bulletins.interchange.api.endpoints import ENDPOINTS, Endpoint
from bulletins.interchange.api.problems import CONTENT_TYPE, KINDS
from bulletins.interchange.api.shapes import NUMBER, SHAPES
from bulletins.models import SiteProfile

VERSION = "1.0.0"
# What may happen at any address.
EVERYWHERE = ("bad-request", "method-not-allowed", "too-many-requests", "server-error")
WHOLE_NUMBER: dict[str, Any] = {"schema": NUMBER}


def document(asked: Asked) -> dict[str, Any]:
    """One query, for the name of the site."""
    return described(SiteProfile.objects.current().name, asked.site.root)


def described(name: str, root: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name} API",
            "version": VERSION,
            "description": _("What is public on this site, for other machines. No key is needed."),
        },
        "servers": [{"url": root}],
        "paths": {endpoint.template: {"get": operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": SHAPES, "responses": {key: problem(key) for key in KINDS}},
    }


def operation(endpoint: Endpoint) -> dict[str, Any]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": shape}
        for name, shape in endpoint.path_parameters.items()
    ]
    in_query = [
        {
            "name": parameter.name,
            "in": "query",
            "required": parameter.is_needed,
            "schema": parameter.schema,
            "description": str(parameter.description),
        }
        for parameter in endpoint.parameters
    ]
    return {
        "operationId": endpoint.name,
        "summary": str(endpoint.summary),
        "parameters": in_path + in_query,
        "responses": responses(endpoint),
    }


def responses(endpoint: Endpoint) -> dict[str, Any]:
    found = {
        "description": str(endpoint.summary),
        "headers": {"ETag": {"schema": {"type": "string"}}, "RateLimit-Remaining": WHOLE_NUMBER},
        "content": {
            media_type: {"schema": {"$ref": f"#/components/schemas/{shape}"}}
            for media_type, shape in endpoint.forms.items()
        },
    }
    problems = {
        str(KINDS[key].status): {"$ref": f"#/components/responses/{key}"}
        for key in (*EVERYWHERE, *endpoint.problems)
    }
    # Where a slug was renamed, the old address leads on to the new one.
    moved = (
        {"301": {"description": _("It has another address now.")}}
        if "slug" in endpoint.path_parameters
        else {}
    )
    return {"200": found, **moved, "304": {"description": _("You have it already.")}, **problems}


def problem(key: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": str(KINDS[key].title),
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if key == "too-many-requests":
        described["headers"] = {"Retry-After": WHOLE_NUMBER}
    return described
