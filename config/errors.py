"""What is said when something is wrong before any view is asked, or where none is: to machines as they read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views import defaults

from bulletins.interchange.api.problems import Problem, problem_response
from bulletins.public import views

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path_info.startswith(API):
        return problem_response(Problem("bad-request"))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_response(Problem("not-found"))
    return views.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(API):
        return problem_response(Problem("server-error"))
    return views.server_error(request)
