"""What machines read of a story that is hostile, withdrawn or replaced."""

from __future__ import annotations

import pytest
from django.test import Client

from bulletins import workflow
from bulletins.models import Release
from tests.public.test_head import NORM, Head, head
from tests.public.world import NOW, Site

HOSTILE = "</script><script>alert(1)</script>\u2028\"'&"

pytestmark = pytest.mark.django_db


def test_no_headline_gets_out_of_its_place(
    site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = site.text
    # A body is sanitised on its way into the database; all else is kept as it was written.
    monkeypatch.setattr(site, "text", lambda mark: plain(mark) | {"body": "<p>正文。</p>"})
    release = site.published(HOSTILE)
    text = reader.get(f"/articles/{release.number}/").content.decode()
    assert "<script>alert" not in text
    page = Head(text)
    assert page.graph()["NewsArticle"]["headline"] == release.title
    assert page.meta("ArticleTitle") == release.title
    assert HOSTILE.split("<")[0] in release.title


def test_a_withdrawn_story_says_nothing_to_machines(site: Site, reader: Client) -> None:
    release = site.published("撤下之")
    site.withdraw(release)
    page = head(reader, f"/articles/{release.number}/", 410)
    assert page.meta("robots") == "noindex"
    assert not [name for name, _content in page.metas if name in NORM]
    assert not page.properties
    assert not page.data
    # The feeds of the site are named there as everywhere; nothing else says that this page is elsewhere too.
    assert not [link for link in page.links if link["rel"] == "canonical" or "hreflang" in link]


def test_a_story_that_was_replaced_says_when(site: Site, reader: Client) -> None:
    release = site.published("先前的")
    article = site.revised(release, "后来的")
    workflow.perform("release", article, actor=site.chief, at=NOW)
    told = head(reader, f"/articles/{release.number}/").graph()["NewsArticle"]
    assert Release.objects.filter(number=release.number).count() == 2
    assert (told["datePublished"][:10], told["dateModified"][:10]) == ("2021-12-31", "2022-01-10")
