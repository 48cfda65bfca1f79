"""Who else has an article open: pages ask every few seconds, and say by that that they are open themselves."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from bulletins.desk.acting import seen_number
from bulletins.desk.reading import readable_article
from bulletins.desk.tags import moment
from bulletins.models import Article, Look, Revision

# So many names are told.
MOST = 8


@require_POST
def tell(request: HttpRequest, number: str) -> HttpResponse:
    """POST `seen_revision`, `is_writing` (empty: reads) or `leaves`. Answers {others: [sentence], moved: sentence}."""
    user: User = request.user  # type: ignore[assignment]
    article = readable_article(user, number)
    at = timezone.now()
    if request.POST.get("leaves"):
        Look.objects.filter(article=article, user=user).update(is_open=False)
        return HttpResponse(status=204)
    seen = seen_number(request)
    if 1 <= seen <= article.revision_number:
        is_writing = bool(request.POST.get("is_writing"))
        Look.objects.note(article, user, revision=seen, is_writing=is_writing, at=at)
    return JsonResponse({"others": _others(article, user, at), "moved": _moved(article, seen)})


def _others(article: Article, user: User, at: datetime) -> list[str]:
    looks = Look.objects.here(article, at=at).exclude(user=user)[:MOST]
    writes, reads = _("%(who)s has it open for writing"), _("%(who)s is reading it")
    return [(writes if look.is_writing else reads) % {"who": look.user} for look in looks]


def _moved(article: Article, seen: int) -> str:
    """Said to a page that shows an older version."""
    if not 1 <= seen < article.revision_number:
        return ""
    current = Revision.objects.filter(article=article, number=article.revision_number).defer("content")
    newest = current.select_related("created_by").get()
    return _("%(who)s saved version %(number)s: %(when)s.") % {
        "who": newest.created_by,
        "number": newest.number,
        "when": moment(newest.created_at),
    }


def reached(request: HttpRequest) -> JsonResponse:
    """By the answer a page learns, before it sends a long text, that the network is there, and who is signed in.

    The token is that of this session, for a form that was opened in an earlier one of the same person.
    """
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})
