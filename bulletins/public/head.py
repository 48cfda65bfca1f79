"""What machines read of a page: the meta tags of 国办发〔2017〕47号, one address, Open Graph, and schema.org.

None of it stands on a page that is not found, or of a story that was withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bulletins.models import CreditRole, Release, SiteProfile, renditions
from bulletins.models.excerpt import excerpt_of
from bulletins.public import pictures
from bulletins.public.about_page import About, Column, Story

DESCRIPTION = 120
LOCALES = {"zh-Hans": "zh_CN", "en": "en_US"}
# Signs by which a text could leave the element that it stands in, as JSON writes them.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}

Tags = Iterator[tuple[str, str]]


def base_address(request: HttpRequest, site: SiteProfile) -> str:
    """Scheme and host under which every page is to be known, without a slash."""
    return site.address or f"{request.scheme}://{request.get_host()}"


def canonical_query(request: HttpRequest, about: About) -> str:
    """What of the query says which page it is, always in the same order."""
    told = [(name, request.GET[name]) for name in about.told_by if request.GET.get(name)]
    return f"?{urlencode(told)}" if told else ""


@dataclass(frozen=True)
class Head:
    """`base`: scheme and host; `path`: the page's own address below it; `language`: as in `lang`."""

    about: About
    site: SiteProfile
    base: str
    path: str
    language: str

    @property
    def url(self) -> str:
        return self.absolute(self.path)

    def absolute(self, path: str) -> str:
        return iri_to_uri(self.base + path)

    # --- 国办发〔2017〕47号 ----------------------------------------------------------------------------------------

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Names and contents, in the order of the norm. What nobody has set is not said."""
        found = [*self._site_tags(), *self._column_tags(), *self._article_tags()]
        return [(name, content) for name, content in found if content]

    def _site_tags(self) -> Tags:
        yield "SiteName", self.site.name
        yield "SiteDomain", urlsplit(self.base).netloc
        yield "SiteIDCode", self.site.site_id_code
        if not isinstance(self.about, Column | Story):
            yield "Description", self.description

    def _column_tags(self) -> Tags:
        if isinstance(self.about, Column):
            yield "ColumnName", self.about.name
            yield "ColumnDescription", self.description
            yield "ColumnKeywords", ",".join([self.about.name, *self.about.keywords])
            yield "ColumnType", str(self.about.type or self.about.name)
            # For machines that know no norm.
            yield "Description", self.description
        elif isinstance(self.about, Story) and self.about.unit:
            yield "ColumnName", self.about.unit.name
            yield "ColumnType", _("Units")

    def _article_tags(self) -> Tags:
        release = self.release
        if release is None:
            return
        content = release.content
        yield "ArticleTitle", release.title
        yield "PubDate", timezone.localtime(release.published_at).strftime("%Y-%m-%d %H:%M")
        yield "ContentSource", content["source"] or content["unit"]["name"]
        yield "Keywords", ",".join(keywords_of(release))
        yield "Author", ",".join(authors_of(release))
        yield "Description", self.description
        yield "Image", self.image["url"] if self.image else ""
        yield "Url", self.url

    # --- What is said in more than one of them --------------------------------------------------------------------

    @property
    def release(self) -> Release | None:
        return self.about.release if isinstance(self.about, Story) else None

    @property
    def title(self) -> str:
        if self.release:
            return self.release.title
        return self.about.name if isinstance(self.about, Column) else self.site.name

    @property
    def description(self) -> str:
        if self.release:
            return excerpt_of(self.release.content, DESCRIPTION)
        if isinstance(self.about, Column):
            return self.about.description or _("%(column)s on %(site)s: news, listed by day.") % {
                "column": self.about.name,
                "site": self.site.name,
            }
        return self.site.tagline or self.site.about[:DESCRIPTION]

    @property
    def photo(self) -> dict[str, Any] | None:
        """The first picture that is there."""
        photos = self.release.content["photos"] if self.release else []
        return next((photo for photo in photos if photo["sha256"]), None)

    @property
    def image(self) -> dict[str, Any] | None:
        """The first picture, whole, as pages show it."""
        if not (photo := self.photo):
            return None
        width, height = renditions.shown_size(photo["width"], photo["height"])
        url = self.absolute(pictures.address(photo["sha256"]))
        return {"url": url, "width": width, "height": height}

    @property
    def card(self) -> dict[str, Any] | None:
        """The first picture, cut around its point to what those show who are sent a link."""
        if not (photo := self.photo):
            return None
        width, height = renditions.card_size(photo["width"], photo["height"])
        label = renditions.card(tuple(photo.get("focus", renditions.MIDDLE)))
        return {
            "url": self.absolute(pictures.address(photo["sha256"], label)),
            "width": width,
            "height": height,
            "alt": photo["alt"] or photo["caption"],
        }

    # --- Open Graph -------------------------------------------------------------------------------------------------

    @property
    def properties(self) -> list[tuple[str, str]]:
        found = [
            ("og:type", "article" if self.release else "website"),
            ("og:site_name", self.site.name),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", self.url),
            ("og:locale", LOCALES[self.language]),
        ]
        if card := self.card:
            found += [(f"og:image{part and ':'}{part}", str(card[part or "url"])) for part in _IMAGE_PARTS]
        if release := self.release:
            found.append(("article:published_time", moment(release.published_at)))
            if release.updated_at:
                found.append(("article:modified_time", moment(release.updated_at)))
            found.append(("article:section", str(release.get_kind_display())))
            found += [("article:tag", tag) for tag in release.content["tags"]]
        return [(name, content) for name, content in found if content]

    # --- schema.org -------------------------------------------------------------------------------------------------

    @property
    def data(self) -> SafeString:
        """JSON-LD, written so that no text in it can end the element it stands in. Empty if there is nothing to say."""
        graph = [part for part in (self._article_data(), self._crumbs_data()) if part]
        if not graph:
            return mark_safe("")
        written = json.dumps(
            {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
        )
        return mark_safe(written.translate(_ESCAPES))

    def _crumbs_data(self) -> dict[str, Any] | None:
        crumbs = self.about.crumbs
        if not crumbs:
            return None
        names = [str(crumb.name) for crumb in crumbs[:-1]] + [self.title]
        ways = [self.absolute(crumb.url) for crumb in crumbs[:-1]] + [self.url]
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": way}
                for position, (name, way) in enumerate(zip(names, ways, strict=True), start=1)
            ],
        }

    def _article_data(self) -> dict[str, Any] | None:
        release = self.release
        if release is None:
            return None
        publisher = {
            "@type": "Organization",
            "name": self.site.organiser or self.site.name,
            "url": self.absolute(reverse("public:home")),
            "logo": {"@type": "ImageObject", "url": self.absolute(static("public/icon-512.png"))},
        }
        told = {
            "@type": "NewsArticle",
            "@id": self.url,
            "mainEntityOfPage": self.url,
            "identifier": release.number,
            "headline": release.title[:110],
            "description": self.description,
            "inLanguage": "zh-Hans",
            "isAccessibleForFree": True,
            "datePublished": moment(release.published_at),
            "dateModified": moment(release.updated_at or release.published_at),
            "articleSection": str(release.get_kind_display()),
            "keywords": keywords_of(release),
            "author": [{"@type": "Person", "name": name} for name in authors_of(release)]
            or [{"@type": "Organization", "name": release.content["unit"]["name"]}],
            "publisher": publisher,
        }
        if corrections := release.corrections:
            told["correction"] = [
                {"@type": "CorrectionComment", "text": each.text, "datePublished": moment(each.at)}
                for each in corrections
            ]
        if image := self.image:
            told["image"] = [{"@type": "ImageObject", **image}]
        return told


_IMAGE_PARTS = ("", "width", "height", "alt")


def moment(at: Any) -> str:
    """To the second, with the site's own offset."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def keywords_of(release: Release) -> list[str]:
    content = release.content
    named = [
        *content["tags"],
        *(campaign["name"] for campaign in content["campaigns"]),
        content["unit"]["name"],
    ]
    return list(dict.fromkeys(named))


def authors_of(release: Release) -> list[str]:
    """Those who wrote it; for a photo story without a writer those who took the pictures."""
    credits = release.content["credits"]
    wrote = [credit["name"] for credit in credits if credit["role"] == CreditRole.TEXT]
    pictured = [
        credit["name"] for credit in credits if credit["role"] in {CreditRole.PHOTO, CreditRole.PICTURE}
    ]
    return list(dict.fromkeys(wrote or pictured))
