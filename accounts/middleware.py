"""What a request to the desk knows of its user: the language they chose, and their roles, asked for once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class DeskLanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/desk/") and request.user.is_authenticated:
            request.user.asks_once = True
            request.user.only_looks = request.method in {"GET", "HEAD"}
            request.LANGUAGE_CODE = request.user.language
            with translation.override(request.user.language):
                return self.get_response(request)
        return self.get_response(request)
