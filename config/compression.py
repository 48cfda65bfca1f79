"""What is sent compressed without a proxy's help. (Assets are compressed once, when they are collected.)"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = re.compile(r"text/\w+|(application|image)/(\w+\+)?(json|xml)|application/manifest\+json")


class CompressionMiddleware(GZipMiddleware):
    """Texts for readers and for other machines. Not what the desk answers: secrets there could be guessed by its length."""

    # Such a guess is what Django's own pads its answers against; the same page is the same bytes here.
    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if request.path.startswith("/desk/") or not TEXT.fullmatch(kind):
            return response
        return super().process_response(request, response)
