"""Whether this process lives, and whether it can work. For proxies and container engines, not for people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from bulletins.models import Release


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the tables that readers need can be read, else 503 with the part that fails."""
    try:
        Release.objects.exists()
    except DatabaseError:
        connection.close()
        return JsonResponse(
            {"status": "unavailable", "database": "does not answer, or is not migrated"}, status=503
        )
    return JsonResponse({"status": "ok", "database": "ok"})
