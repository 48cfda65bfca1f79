"""What machines read of a page: the tags of the norm, one address, Open Graph, schema.org; and nothing of what is gone."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from bulletins.models import SiteProfile
from tests.public.world import ADDRESSES, Site

pytestmark = pytest.mark.django_db

COLUMNS = sorted(
    set(ADDRESSES) - {"home", "article"} - {name for name in ADDRESSES if name.startswith("search")}
)
NORM = [
    "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
    "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url",
]  # fmt: skip


class Head(HTMLParser):
    """The head of a page, read as a machine would."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.properties: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.data = ""
        self.is_data = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in said:
            self.metas.append((said["name"], said["content"]))
        if tag == "meta" and "property" in said:
            self.properties.append((said["property"], said["content"]))
        if tag == "link":
            self.links.append(said)
        self.is_data = tag == "script" and said.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        self.data += data if self.is_data else ""

    def handle_endtag(self, tag: str) -> None:
        self.is_data = False

    def meta(self, name: str) -> str | None:
        return dict(self.metas).get(name)

    def alternates(self) -> dict[str, str]:
        return {
            link["hreflang"]: link["href"]
            for link in self.links
            if link["rel"] == "alternate" and "hreflang" in link
        }

    @property
    def canonical(self) -> str:
        [link] = [link for link in self.links if link["rel"] == "canonical"]
        return link["href"]

    def graph(self) -> dict[str, Any]:
        return {part["@type"]: part for part in json.loads(self.data)["@graph"]}


def head(reader: Client, address: str, status: int = 200) -> Head:
    answer = reader.get(address)
    assert answer.status_code == status
    return Head(answer.content.decode())


@pytest.fixture
def profile() -> SiteProfile:
    return SiteProfile.objects.create(
        name="济宁公安",
        site_id_code="3708000001",
        address="https://www.jnga.example",
        organiser="济宁市公安局",
    )


@pytest.mark.parametrize("name", ["home", "article", *COLUMNS])
def test_the_tags_of_the_norm_stand_in_its_order(
    public: dict[str, str], reader: Client, profile: SiteProfile, name: str
) -> None:
    metas = head(reader, public[name]).metas
    names = [meta for meta, _content in metas if meta in NORM]
    assert names == sorted(names, key=NORM.index)
    assert len(names) == len(set(names))
    assert metas[1:4] == [
        ("SiteName", "济宁公安"), ("SiteDomain", "www.jnga.example"), ("SiteIDCode", "3708000001"),
    ]  # fmt: skip
    assert all(content for _meta, content in metas)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_says_what_it_is(public: dict[str, str], reader: Client, name: str) -> None:
    page = head(reader, public[name])
    for tag in NORM[3:7]:
        assert page.meta(tag), tag
    assert not page.meta("ArticleTitle")


def test_a_unit_s_column(public: dict[str, str], reader: Client, kept_site: Site) -> None:
    page = head(reader, public["unit"])
    assert page.meta("ColumnName") == kept_site.station.name
    assert kept_site.station.short_name in (page.meta("ColumnKeywords") or "").split(",")


def test_an_article_s_tags(public: dict[str, str], reader: Client, kept_site: Site) -> None:
    page = head(reader, public["article"])
    assert page.meta("ArticleTitle") == "公开之标题"
    assert page.meta("PubDate") == "2021-12-31 00:30"
    assert page.meta("ContentSource") == kept_site.station.name
    assert set((page.meta("Keywords") or "").split(",")) >= {"平安", "公开之标签", "冬季行动"}
    assert "张三丰" in (page.meta("Author") or "")
    assert page.meta("Description") == "公开之正文。"  # its summary is too short to say what it is about
    assert page.meta("Url") == page.canonical == f"http://testserver{public['article']}"
    assert page.meta("Image") is None
    assert page.meta("SiteIDCode") is None


def test_every_page_has_one_address(public: dict[str, str], reader: Client, profile: SiteProfile) -> None:
    base = "https://www.jnga.example"
    assert head(reader, "/units/hubin/?from=weixin&scope=all").canonical == f"{base}/units/hubin/"
    assert head(reader, "/units/hubin/?x=1&before=99-1&scope=own").canonical == (
        f"{base}/units/hubin/?scope=own&before=99-1"
    )
    assert head(reader, "/about/?before=99-1").canonical == f"{base}/about/"
    assert head(reader, f"{public['article']}?utm_source=x").canonical == base + public["article"]


@pytest.mark.parametrize("name", ["home", "article", *COLUMNS])
def test_each_language_names_the_other_and_itself(public: dict[str, str], reader: Client, name: str) -> None:
    here, there = head(reader, public[name]), head(reader, f"/en{public[name]}")
    assert here.alternates() == there.alternates()
    assert here.canonical == here.alternates()["zh-Hans"]
    assert there.canonical == there.alternates()["en"]
    assert here.canonical != there.canonical


@pytest.mark.parametrize("name", ["home", "article", *COLUMNS])
def test_open_graph(public: dict[str, str], reader: Client, name: str) -> None:
    page = head(reader, public[name])
    said = dict(page.properties)
    assert said["og:type"] == ("article" if name == "article" else "website")
    assert said["og:url"] == page.canonical
    assert said["og:title"]
    assert said["og:locale"] == "zh_CN"
    assert dict(head(reader, f"/en{public[name]}").properties)["og:locale"] == "en_US"
    if name == "article":
        assert said["article:published_time"] == "2021-12-31T00:30:00+08:00"


@pytest.mark.parametrize("name", COLUMNS)
def test_breadcrumbs_are_the_way_that_readers_see(public: dict[str, str], reader: Client, name: str) -> None:
    page = head(reader, public[name])
    steps = page.graph()["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0]["item"] == "http://testserver/"
    assert steps[-1]["item"] == page.canonical
    text = reader.get(public[name]).content.decode()
    crumbs = text[text.index('<nav class="crumbs"') :]
    assert all(f">{step['name']}</a>" in crumbs for step in steps[:-1])


def test_an_article_as_schema_org_has_it(
    public: dict[str, str], reader: Client, profile: SiteProfile
) -> None:
    told = head(reader, public["article"]).graph()["NewsArticle"]
    assert told["headline"] == "公开之标题"
    assert told["datePublished"] == told["dateModified"] == "2021-12-31T00:30:00+08:00"
    assert told["publisher"]["name"] == "济宁市公安局"
    assert told["publisher"]["logo"]["url"].startswith("https://www.jnga.example/static/")
    assert {"@type": "Person", "name": "张三丰"} in told["author"]


def test_what_is_not_found_is_not_listed(public: dict[str, str], reader: Client) -> None:
    page = head(reader, "/nothing/", 404)
    assert page.meta("robots") == "noindex"
    assert not page.properties


def test_an_office_may_ask_not_to_be_listed(public: dict[str, str], reader: Client) -> None:
    assert head(reader, public["home"]).meta("robots") is None
    SiteProfile.objects.create(may_be_indexed=False)
    for name in ("home", "article", "unit"):
        assert head(reader, public[name]).meta("robots") == "noindex"
    assert reader.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
