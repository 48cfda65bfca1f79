"""The newspaper page: its items where they stood, with their whole text, in the order of reading."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from bulletins.models import Page, Placement
from bulletins.models.page import COLUMNS, ROWS
from bulletins.public.views.pages import PAGES
from tests.public.world import THEN, Site

PAGE = "/pages/2021-12-31/1/"
SHEET = Path(settings.BASE_DIR) / "static" / "public" / "placements.css"


@pytest.mark.parametrize(
    "name",
    [
        f"{letter}{n}"
        for letter, last in (("c", COLUMNS), ("w", COLUMNS), ("r", ROWS), ("h", ROWS))
        for n in range(1, last + 1)
    ],
)
def test_the_style_sheet_knows_every_cell(name: str) -> None:
    assert f".{name} {{" in SHEET.read_text()


def test_an_item_stands_in_its_cells(site: Site, reader: Client) -> None:
    release = site.released(at=THEN)
    Placement.objects.create(
        page=site.page, article=release.article, column=9, row=2, width=4, height=3, weight=3, text_columns=2
    )
    assert 'class="placed c9 w4 r2 h3 weight3 text2' in reader.get(PAGE).content.decode()


def test_items_stand_in_the_order_of_reading(site: Site, reader: Client) -> None:
    first, second = site.released(at=THEN), site.released(at=THEN + timedelta(hours=1))
    Placement.objects.create(page=site.page, article=second.article, position=2, row=1)
    Placement.objects.create(page=site.page, article=first.article, position=1, row=2)
    found = re.findall(r'<article class="placed[^>]+id="([^"]+)"', reader.get(PAGE).content.decode())
    assert found == [first.number, second.number]


def test_an_item_has_its_whole_text_and_leads_to_its_own_page(site: Site, reader: Client) -> None:
    release = site.released(at=THEN, body="<p>第一段。</p><h2>小标题</h2><p>最后一段。</p>")
    Placement.objects.create(page=site.page, article=release.article)
    text = reader.get(PAGE).content.decode()
    assert "<p>第一段。</p><h3>小标题</h3><p>最后一段。</p>" in text
    assert f'href="/articles/{release.number}/"' in text


def test_the_place_of_a_withdrawn_item_stays_empty(site: Site, reader: Client) -> None:
    release = site.withdrawn(at=THEN)
    Placement.objects.create(page=site.page, article=release.article)
    answer = reader.get(PAGE)
    assert answer.status_code == 200
    assert "placed" not in answer.content.decode()


def test_an_article_says_where_it_stood(site: Site, reader: Client) -> None:
    release = site.released(at=THEN)
    Placement.objects.create(page=site.page, article=release.article)
    assert f'href="{PAGE}"' in reader.get(f"/articles/{release.number}/").content.decode()


def test_pages_of_one_day_lead_to_each_other(site: Site, reader: Client) -> None:
    Page.objects.create(date=site.page.date, number=2, is_public=True)
    assert 'href="/pages/2021-12-31/2/"' in reader.get(PAGE).content.decode()


def test_the_list_of_pages_goes_on_where_it_ended(site: Site, reader: Client) -> None:
    for n in range(PAGES + 2):
        Page.objects.create(date=date(2020, 1, 1) + timedelta(days=n), number=1, is_public=True)
    text = reader.get("/pages/").content.decode()
    assert f'href="{PAGE}"' in text
    assert 'href="/pages/2020-01-01/1/"' not in text
    [onward] = re.findall(r'rel="next" href="(\?until=[^"]+)"', text)
    rest = reader.get(f"/pages/{onward}").content.decode()
    assert f'href="{PAGE}"' not in rest
    assert 'href="/pages/2020-01-01/1/"' in rest
    assert 'rel="next"' not in rest


def addresses(text: str) -> list[str]:
    return re.findall(r'<li><a href="(/pages/[^"]+)"', text)


def test_a_day_is_never_cut_in_two(site: Site, reader: Client) -> None:
    for n in range(2, PAGES):
        Page.objects.create(date=site.page.date, number=n, is_public=True)
    for n in range(1, 4):
        Page.objects.create(date=date(2021, 12, 30), number=n, is_public=True)
    newest = addresses(reader.get("/pages/").content.decode())
    assert newest == [f"/pages/2021-12-31/{n}/" for n in range(1, PAGES)]
    rest = addresses(reader.get("/pages/?until=2021-12-30").content.decode())
    assert rest == [f"/pages/2021-12-30/{n}/" for n in range(1, 4)]


def test_a_day_of_more_pages_than_a_list_has_stands_as_a_whole(site: Site, reader: Client) -> None:
    for n in range(2, PAGES + 5):
        Page.objects.create(date=site.page.date, number=n, is_public=True)
    Page.objects.create(date=date(2021, 12, 1), number=1, is_public=True)
    text = reader.get("/pages/").content.decode()
    assert len(addresses(text)) == PAGES + 4
    assert 'rel="next" href="?until=2021-12-01"' in text


def test_the_list_names_months_days_and_years(site: Site, reader: Client) -> None:
    Page.objects.create(date=date(2019, 6, 3), number=1, title="副刊", is_public=True)
    text = reader.get("/pages/").content.decode()
    headings = re.findall(r"<h[23][^>]*>(.+?)</h[23]>", text)
    assert [re.sub("<[^>]+>", "", heading).strip() for heading in headings[:4]] == [
        "2021年12月",
        "2021年12月31日 星期五",
        "2019年6月",
        "2019年6月3日 星期一",
    ]
    assert re.findall(r'href="\?until=(\d{4}-12-31)"', text) == ["2021-12-31", "2020-12-31", "2019-12-31"]


def test_from_a_day_before_the_first_page_one_is_led_back(site: Site, reader: Client) -> None:
    text = reader.get("/pages/?until=2001-01-01").content.decode()
    assert "这一天及以前没有版面" in text
    assert '<a href="/pages/">' in text


def test_a_page_leads_to_those_around_it(site: Site, reader: Client) -> None:
    for day, number in ((30, 1), (30, 2), (31, 2), (31, 3)):
        Page.objects.create(date=date(2021, 12, day), number=number, is_public=True)
    for number in (1, 2):
        Page.objects.create(date=date(2022, 1, 3), number=number, is_public=True)
    Page.objects.create(date=date(2022, 1, 1), number=1)  # of this one readers know nothing
    text = reader.get("/pages/2021-12-31/2/").content.decode()
    ways = text[text.index('class="page-ways"') :].partition("</nav>")[0]
    assert re.findall(r'href="(/pages/[^"]+/)"', ways) == [
        "/pages/2021-12-30/1/",
        "/pages/2021-12-31/1/",
        "/pages/2021-12-31/1/",
        "/pages/2021-12-31/2/",
        "/pages/2021-12-31/3/",
        "/pages/2021-12-31/3/",
        "/pages/2022-01-03/1/",
    ]
    assert 'rel="prev" href="/pages/2021-12-31/1/"' in ways
    assert 'rel="next" href="/pages/2021-12-31/3/"' in ways
