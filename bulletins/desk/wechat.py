"""A finished story for WeChat: what goes into which field of its editor, whether it fits, and the text to copy."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletins import wechat
from bulletins.desk.reading import finished, readable_article
from bulletins.models import Revision, SiteProfile


@dataclass(frozen=True)
class Field:
    """One field of WeChat's editor. `limit` in characters."""

    name: str
    label: str
    text: str
    limit: int

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > self.limit


def show(request: HttpRequest, number: str) -> HttpResponse:
    draft = _draft(request, number)
    fields = [
        Field(name, label, getattr(draft, name), wechat.LIMITS[name])
        for name, label in (("title", _("Title")), ("author", _("Author")), ("digest", _("Digest")))
    ]
    context = admin.site.each_context(request) | {
        "title": _("For WeChat"),
        "number": number,
        "headline": draft.title,
        "fields": fields,
        "content": Field("content", _("Text"), draft.content, wechat.LIMITS["content"]),
        "draft": draft,
        "notes": notes_on(draft),
    }
    return TemplateResponse(request, "desk/wechat.html", context)


def show_text(request: HttpRequest, number: str) -> HttpResponse:
    """The text alone, as WeChat will show it: to look at, and to select by hand where no script runs.

    The one page of this house with styles in its markup, since that is the form it has to be in; it runs no script and
    loads nothing but pictures of this site.
    """
    draft = _draft(request, number)
    page = render_to_string(
        "desk/wechat_text.html", {"headline": draft.title, "text": mark_safe(draft.content)}
    )
    response = HttpResponse(page)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {_base(request)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return response


def notes_on(draft: wechat.Draft) -> list[str]:
    """In sentences, what does not fit and what has to be done by hand."""
    too_long = {
        "title": _("The title has %(length)s characters; WeChat takes %(limit)s. Shorten it there."),
        "author": _(
            "The authors have %(length)s characters together; WeChat takes %(limit)s. Name fewer there."
        ),
        "digest": _("The digest has %(length)s characters; WeChat takes %(limit)s. Shorten it there."),
        "content": _(
            "The text has %(length)s characters with its markup; WeChat takes %(limit)s. Send it in parts."
        ),
    }
    found = [
        too_long[name] % {"length": f"{length:,}", "limit": f"{limit:,}"}
        for name, length, limit in draft.too_long
    ]
    if draft.links:
        found.append(
            ngettext(
                "%(count)s link was left out, its words stay: WeChat shows no links to other sites.",
                "%(count)s links were left out, their words stay: WeChat shows no links to other sites.",
                draft.links,
            )
            % {"count": draft.links}
        )
    if draft.pictures_to_add:
        found.append(
            ngettext(
                "%(count)s picture is not public yet: put it in by hand where the text says so.",
                "%(count)s pictures are not public yet: put them in by hand where the text says so.",
                draft.pictures_to_add,
            )
            % {"count": draft.pictures_to_add}
        )
    return found


def _draft(request: HttpRequest, number: str) -> wechat.Draft:
    """The finished story. 404 for what is not finished, or not theirs to read."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    at = timezone.now()
    releases = [(release, release.state(at=at)) for release in article.releases.order_by("-sequence")]
    content = finished(article, Revision.objects.current(article), releases)
    if content is None:
        raise Http404
    is_live = any(state == "live" for _release, state in releases)
    if not (is_live and settings.HAS_PUBLIC):
        return wechat.draft_of(content, picture_at=None)
    base = _base(request)
    return wechat.draft_of(content, picture_at=lambda sha256: _public_picture(base, sha256))


def _base(request: HttpRequest) -> str:
    """Scheme and host by which WeChat can read a picture: the site's own address, where one was set."""
    return SiteProfile.objects.current().address or f"{request.scheme}://{request.get_host()}"


def _public_picture(base: str, sha256: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return base + reverse("public:photo", args=[sha256, "jpg"])
