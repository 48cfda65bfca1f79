"""What a preview link shows, without a sign-in: one version as its public page would be, and its pictures.

A link that is wrong, expired or ended answers the same page, which tells of no story.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bulletins.desk.preview import readers_addresses
from bulletins.desk.preview_links import living_link
from bulletins.models import Article, Kind, PreviewLink, Release, Revision, SiteProfile
from bulletins.models.present import campaigns_of, placement_of, tags_of
from bulletins.models.renditions import LARGE_JPEG, Rendition, content_type

View = Callable[..., HttpResponse | None]


def by_link(view: View) -> Callable[..., HttpResponse]:
    """Answers whoever has the address, in the language of the public site; nobody keeps, lists or passes on the answer."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, **asked: Any) -> HttpResponse:
        at = timezone.now()
        with translation.override(settings.LANGUAGE_CODE):
            link = living_link(token, at=at)
            response = view(request, link, token, at=at, **asked) if link else None
            response = response or _page("desk/preview_over.html", {}, status=404)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return require_safe(answer)


@by_link
def show(request: HttpRequest, link: PreviewLink, token: str, *, at: datetime) -> HttpResponse:
    """The version by the template of the public site, with a bar that says what it is and until when."""
    article, revision = link.revision.article, link.revision
    release = _as_released(article, revision, at)
    is_public = Release.objects.visible(at=at).filter(revision=revision).exists()
    # Below this very address: `…/photos/`.
    below = reverse("admin:preview", args=[token]) + "photos/"
    content = release.content
    release.content = content | {"photos": [photo | {"below": below} for photo in content["photos"]]}
    context = {
        "release": release,
        "link": link,
        "is_public": is_public,
        "campaigns": campaigns_of(content),
        "tags": tags_of(content),
        "placement": placement_of(release),
    }
    with readers_addresses():
        context["crumbs"] = _crumbs(release)
    return _page("desk/preview_of_story.html", context)


@by_link
def photo(
    request: HttpRequest, link: PreviewLink, token: str, *, at: datetime, file: Rendition
) -> HttpResponse | None:
    """A picture that this version shows; where a rendition was never made, the large JPEG."""
    if all(shown["sha256"] != file.sha256 for shown in link.revision.content["photos"]):
        return None
    kept = link.revision.article.photos.filter(sha256=file.sha256).exclude(web="")
    large = kept.values_list("web", flat=True).first() or f"photos/{file.sha256[:2]}/{file.sha256}.web.jpg"
    for name in [large] if file.label == LARGE_JPEG else [file.file_name, large]:
        try:
            with default_storage.open(name) as found:
                return HttpResponse(found.read(), content_type=content_type(name))
        except FileNotFoundError:
            continue
    return None


def _as_released(article: Article, revision: Revision, at: datetime) -> Release:
    """The release that was made of this version, or the one that would be made of it now. It is not saved."""
    releases = list(article.releases.select_related("unit").order_by("sequence"))
    made = next((release for release in reversed(releases) if release.revision_id == revision.pk), None)
    if made:
        return made
    first = next((release for release in releases if release.public_until != release.public_from), None)
    return Release(
        article=article,
        revision=revision,
        number=article.number,
        sequence=len(releases) + 1,
        kind=revision.content["kind"],
        unit=article.unit,
        content=revision.content,
        content_hash=revision.content_hash,
        published_at=first.published_at if first else at,
        public_from=at,
    )


def _crumbs(release: Release) -> list[dict[str, Any]]:
    """The way to the story, as the public page has it above the text."""
    units = [
        {"name": unit.short_name, "url": reverse("public:unit", args=[unit.slug]), "is_chinese": True}
        for unit in release.unit.lineage()
    ]
    return [{"name": _("Home"), "url": reverse("public:home")}, *units, {"name": _("Text")}]


def _page(template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page with the public site around it, which sees no request and hence no user."""
    around = {"site": SiteProfile.objects.current(), "kinds": Kind.choices, "language": "zh-Hans"}
    with readers_addresses():
        return HttpResponse(render_to_string(template, around | context), status=status)
