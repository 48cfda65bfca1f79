"""Preview links of an article: made, listed and ended by those who may read it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import segno
from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from bulletins.desk.acting import seen_number
from bulletins.desk.reading import readable_article
from bulletins.models import Article, PreviewEnding, PreviewLink, Revision
from bulletins.models.release import title_of

HOURS = {"1": gettext_lazy("1 hour"), "24": gettext_lazy("1 day"), "72": gettext_lazy("3 days")}
# As many links that are over are listed.
PAST = 20
_SEED = re.compile(r"[A-Za-z0-9_-]{16,40}")


class LinkForm(forms.Form):
    hours = forms.ChoiceField(
        label=gettext_lazy("Valid for"), choices=list(HOURS.items()), initial="24", widget=forms.RadioSelect
    )


def token_of(seed: str, revision_id: int, user_id: int) -> str:
    """40 letters that follow from these by the secret key of the house: whoever has the tables alone cannot tell them."""
    made_of = f"{seed}:{revision_id}:{user_id}"
    return salted_hmac("bulletins.preview", made_of, algorithm="sha256").hexdigest()[:40]


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@dataclass(frozen=True)
class Shown:
    """A living link as its page lists it. `address`: empty for everybody but its maker."""

    link: PreviewLink
    address: str

    @property
    def code(self) -> SafeString:
        """The QR code: a quiet zone of four modules (ISO/IEC 18004), black on white also at night."""
        drawn = segno.make_qr(self.address, error="m").svg_inline(
            border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
        )
        return mark_safe(drawn)


def show(request: HttpRequest, number: str) -> HttpResponse:
    """The links of an article, and the form for a new one: to the version asked for (`?version=3`), or to the newest."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    if request.method == "POST":
        return _make(request, article)
    wanted = request.GET.get("version", "")
    revision = _version(
        article, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else article.revision_number
    )
    return _page(request, article, revision, LinkForm())


def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The link leads nowhere from now on; once ended it stays ended."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    link = get_object_or_404(PreviewLink, pk=pk, revision__article=article)
    if request.method == "POST":
        PreviewEnding.objects.get_or_create(link=link, defaults={"by": request.user, "at": timezone.now()})
        messages.success(request, _("Ended. The link leads nowhere any more."))
    return redirect("admin:article_preview", number)


def _version(article: Article, number: int) -> Revision:
    return get_object_or_404(Revision, article=article, number=number)


def _make(request: HttpRequest, article: Article) -> HttpResponse:
    revision = _version(article, seen_number(request))
    form, seed = LinkForm(request.POST), request.POST.get("seed", "")
    if not _SEED.fullmatch(seed):
        raise Http404
    if not form.is_valid():
        return _page(request, article, revision, form, status=422)
    user: User = request.user  # type: ignore[assignment]
    at = timezone.now()
    # The same form sent twice makes one link.
    PreviewLink.objects.get_or_create(
        token_hash=hash_of(token_of(seed, revision.pk, user.pk)),
        defaults={
            "revision": revision,
            "seed": seed,
            "made_by": user,
            "made_at": at,
            "until": at + timedelta(hours=int(form.cleaned_data["hours"])),
        },
    )
    return redirect("admin:article_preview", article.number)


def _page(
    request: HttpRequest, article: Article, revision: Revision, form: LinkForm, *, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    links = PreviewLink.objects.of(article)
    living = list(links.living(at=at))
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": _("Preview on a phone"),
        "article": article,
        "revision": revision,
        "headline": title_of(revision.content),
        "form": form,
        "seed": secrets.token_urlsafe(16),
        "links": list(_shown(request, living)),
        "past": links.exclude(pk__in=[link.pk for link in living]).select_related("ending__by")[:PAST],
        "now": at,
    }
    return TemplateResponse(request, "desk/preview_links.html", context, status=status)


def _shown(request: HttpRequest, links: list[PreviewLink]) -> Iterator[Shown]:
    for link in links:
        token = token_of(link.seed, link.revision_id, link.made_by_id)
        # With another secret key than when it was made, the address is not known here any more; it leads on all the same.
        is_mine = link.made_by_id == request.user.pk and hash_of(token) == link.token_hash
        address = request.build_absolute_uri(reverse("admin:preview", args=[token])) if is_mine else ""
        yield Shown(link, address)


def living_link(token: str, *, at: datetime) -> PreviewLink | None:
    """The link of that token, if it leads anywhere: not over, and its maker may still read the article."""
    links = PreviewLink.objects.living(at=at).filter(token_hash=hash_of(token))
    link: PreviewLink | None = links.select_related("made_by", "revision__article__unit").first()
    if link is None:
        return None
    readable = Article.objects.readable_by(link.made_by, on=timezone.localdate(at))
    return link if readable.filter(pk=link.revision.article_id).exists() else None
