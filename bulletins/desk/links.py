"""The desk has the links of a text tried, when somebody who may edit it asks for that."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletins import workflow
from bulletins.desk.reading import readable_article
from bulletins.models import Revision
from bulletins.readiness import link_answers


def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Try the links of the stored version and come back to the form; for a script 204, which then asks the checks."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    if request.method != "POST":
        return redirect("admin:article", number)
    if workflow.refusals("edit", article, actor=request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    current = Revision.objects.current(article)
    tried = link_answers.ask(current.content) if current else {}
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    if tried:
        said = ngettext("%(count)s link was tried.", "%(count)s links were tried.", len(tried))
        messages.success(request, said % {"count": len(tried)})
    else:
        messages.info(request, _("All links that may be called were tried a short while ago."))
    return redirect("admin:article_edit", number)
