"""The page of the search: what it finds, how it is narrowed down and paged, and whatever one may type into it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from bulletins.models import Campaign, Kind
from bulletins.search import PAGE_SIZE, SAMPLE
from tests.factories import make_campaign, make_unit
from tests.public.test_lists import numbers
from tests.public.world import THEN, Site
from units.models import FormerSlug


def asked(reader: Client, words: str, more: str = "") -> str:
    answer = reader.get(f"/search/?q={quote(words)}{more}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def found(reader: Client, words: str, more: str = "") -> list[str]:
    return numbers(asked(reader, words, more))


class TestWords:
    @pytest.fixture(autouse=True)
    def stories(self, site: Site, reader: Client) -> None:
        self.reader = reader
        self.talk = site.released(at=THEN, headline="反诈讲座进社区", body="<p>民警讲解。</p>").number
        self.market = site.released(
            at=THEN + timedelta(hours=1), headline="夜市巡逻", body="<p>反诈宣传，社区安宁。</p>"
        ).number

    def test_several_words_are_all_wanted(self) -> None:
        assert found(self.reader, "反诈 社区") == [self.talk, self.market]
        assert found(self.reader, "反诈 夜市") == [self.market]

    def test_words_in_quotation_marks_stand_side_by_side(self) -> None:
        assert found(self.reader, '"反诈宣传，社区"') == [self.market]
        assert found(self.reader, "“讲座进社区”") == [self.talk]

    def test_a_word_with_a_hyphen_is_not_wanted(self) -> None:
        assert found(self.reader, "反诈 -讲座") == [self.market]
        assert found(self.reader, "反诈 -安宁") == [self.talk]
        assert found(self.reader, "反诈 -讲座 -巡") == []

    def test_a_headline_that_has_them_comes_before_what_is_newer(self) -> None:
        assert found(self.reader, "反诈") == [self.talk, self.market]
        assert found(self.reader, "反诈", "&order=newest") == [self.market, self.talk]

    def test_they_are_marked_where_they_stand(self) -> None:
        text = asked(self.reader, "反诈")
        assert "<mark>反诈</mark>讲座进社区" in text
        assert "<mark>反诈</mark>宣传，社区安宁。" in text

    def test_without_a_word_that_is_wanted_it_says_so(self) -> None:
        assert "请至少写一个要找的词" in asked(self.reader, "-讲座")

    def test_where_nothing_is_found_each_word_alone_is_offered(self) -> None:
        text = asked(self.reader, "反诈 没有这个")
        assert "没有找到“反诈 没有这个”" in text
        assert f'href="?q={quote("反诈")}"' in text


class TestNarrowing:
    def test_a_unit_holds_what_is_below_it(self, site: Site, reader: Client) -> None:
        one = site.released(at=THEN).number
        assert found(reader, "民警", "&unit=shiju") == [one]
        assert found(reader, "民警", "&unit=hubin") == [one]
        assert found(reader, "民警", "&unit=shanqian") == []

    def test_choices_are_offered_with_how_many_they_leave(self, site: Site, reader: Client) -> None:
        for n, kind in enumerate((Kind.NEWS, Kind.NEWS, Kind.BRIEF)):
            site.released(at=THEN + timedelta(days=n), kind=kind, campaigns=[site.campaign] if n else [])
        text = asked(reader, "民警")
        offered = re.findall(
            r'<a href="\?q=[^"]*&(\w+=[^"]+)"><span[^>]*>[^<]*</span> <span class="number">(\d+)', text
        )
        # Everything is of one unit and the one above it: to choose either would leave all.
        assert offered == [
            ("campaign=winter", "2"), ("kind=news", "2"), ("kind=brief", "1"), ("year=2022", "2"), ("year=2021", "1"),
        ]  # fmt: skip
        for choice, number in offered:
            assert len(found(reader, "民警", f"&{choice}")) == int(number)

    def test_a_choice_that_was_made_can_be_taken_back(self, site: Site, reader: Client) -> None:
        site.released(at=THEN)
        text = asked(reader, "民警", "&unit=hubin&kind=news")
        assert f'href="?q={quote("民警")}&kind=news"' in text
        assert f'href="?q={quote("民警")}&unit=hubin"' in text
        assert '<input type="hidden" name="unit" value="hubin">' in text

    def test_a_renamed_unit_is_still_found_by_its_old_address(self, site: Site, reader: Client) -> None:
        release = site.released(at=THEN)
        FormerSlug.remember(site.station, "former")
        assert found(reader, "民警", "&unit=former") == [release.number]

    @pytest.mark.parametrize(
        "more",
        [
            "unit=none", "unit=%00", "unit=" + "a" * 5000, "campaign=none", "campaign=%00", "kind=poetry", "kind=%00",
            "year=1", "year=%00", "year=２０２１", "year=0000", "year=99999", "before=", "before=x", "before=h",
            "before=%00", "before=1-1", "before=" + "9" * 19, "before=" + "9" * 500, "before=１",
        ],
    )  # fmt: skip
    def test_what_is_no_choice_is_not_found(self, site: Site, reader: Client, more: str) -> None:
        assert reader.get(f"/search/?q=a&{more}").status_code == 404

    def test_a_campaign_that_readers_do_not_see_is_no_choice(self, site: Site, reader: Client) -> None:
        site.released(at=THEN, campaigns=[site.campaign])
        site.released(at=THEN)
        Campaign.objects.filter(pk=site.campaign.pk).update(is_public=False)
        assert reader.get("/search/?q=a&campaign=winter").status_code == 404
        assert "campaign=winter" not in asked(reader, "民警")


class TestPaging:
    @pytest.mark.parametrize("order", ["", "&order=newest"])
    def test_pages_follow_each_other_and_keep_their_meaning(
        self, site: Site, reader: Client, order: str
    ) -> None:
        """Some have the word in their headline, more have not; half were published at one moment."""
        for n in range(PAGE_SIZE + 5):
            headline = "民警巡逻" if n % 4 == 0 else "夜市平安"
            site.released(
                at=THEN + timedelta(minutes=n // 2), headline=headline, body="<p>民警接到求助。</p>"
            )
        first = asked(reader, "民警", order)
        [onward] = re.findall(r'rel="next" href="([^"]+)"', first)
        second = reader.get(f"/search/{onward}").content.decode()
        seen = numbers(first) + numbers(second)
        assert len(seen) == len(set(seen)) == PAGE_SIZE + 5
        site.released(at=THEN + timedelta(days=1))
        assert numbers(reader.get(f"/search/{onward}").content.decode()) == numbers(second)
        assert 'rel="next"' not in second

    def test_beyond_the_end_there_is_a_way_back(self, site: Site, reader: Client) -> None:
        site.released(at=THEN)
        text = asked(reader, "民警", "&before=1")
        assert "后面没有了" in text
        assert f'href="?q={quote("民警")}"' in text

    def test_of_very_many_no_number_is_made_up(
        self, site: Site, reader: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bulletins.search.finding.SAMPLE", 3)
        for _ in range(4):
            site.released(at=THEN)
        assert "超过 3 条" in asked(reader, "民警")
        assert SAMPLE > PAGE_SIZE


BAD = [
    "%00", "%00%00民警", "a" * 10_000, "民" * 10_000, "%22", "%22%22", "%27", "%27%27--", "*", "%", "%25", "_", "\\",
    "AND", "OR", "NOT", "NEAR(a b)", "a AND", "(", ")", "{}", "a:b", "tokens:a", "^", "-", "--", "- -", "+", "|", "&", "%26",
    "!", "%3A*", "<->", "🚓", "👨‍👩‍👧", "%F0%9F%9A%93", "%ED%A0%80", "%ED%B0%80民", "%FF%FE", "%C3", "%E2%80%8B",
    "'; DROP TABLE bulletins_release; --", "<script>alert(1)</script>", "%3Cscript%3Ealert(1)%3C/script%3E",
    "%22%3E%3Cimg src=x onerror=alert(1)%3E", "{{7*7}}", "${7*7}", "%0D%0ASet-Cookie: x=1", "\u202e民警", "ﷺ", "ß", "İ",
    "a " * 5000, "%20", "+" * 300, "“", "」", "『", "1" * 400, "-民警 -a", "%22a", "a%22b%22c", "\u0301", "%EF%BF%BD",
]  # fmt: skip


@pytest.mark.parametrize("address", ["/search/", "/search/suggest/", "/en/search/"])
@pytest.mark.parametrize("typed", BAD, ids=range(len(BAD)))
def test_whatever_is_typed_is_answered_with_an_ordinary_page(
    kept_site: Site, reader: Client, address: str, typed: str
) -> None:
    answer = reader.get(f"{address}?q={typed}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>" not in text
    assert "<img src=x" not in text
    assert "\0" not in text
    assert "Set-Cookie" not in answer.headers


def test_a_search_page_is_not_for_other_search_engines(kept_site: Site, reader: Client) -> None:
    assert '<meta name="robots" content="noindex">' in reader.get("/search/?q=a").content.decode()


class TestSuggestions:
    @pytest.fixture(autouse=True)
    def known(self, site: Site, reader: Client) -> None:
        self.site, self.reader = site, reader
        make_campaign("护学专项", slug="huxue")
        make_campaign("秘密护学", slug="secret", is_public=False)
        make_unit("护学中队", slug="squad", aliases=["校园队"])

    def suggested(self, words: str, language: str = "") -> list[tuple[str, str]]:
        answer = self.reader.get(f"{language}/search/suggest/?q={quote(words)}")
        return [(entry["name"], entry["url"]) for entry in json.loads(answer.content)["found"]]

    def test_units_and_campaigns_are_suggested_by_a_part_of_a_name(self) -> None:
        both = [("护学中队", "/units/squad/"), ("护学专项", "/campaigns/huxue/")]
        assert self.suggested("护学") == self.suggested("護學") == both
        assert self.suggested("校园") == both[:1]
        assert self.suggested("护 专项") == both[1:]
        assert self.suggested("") == self.suggested("没有的") == []

    def test_in_english_they_lead_to_the_english_pages(self) -> None:
        assert self.suggested("校园", "/en") == [("护学中队", "/en/units/squad/")]

    def test_without_script_the_page_of_what_was_found_names_them(self) -> None:
        text = asked(self.reader, "护学")
        assert 'href="/units/squad/"' in text
        assert 'href="/campaigns/huxue/"' in text
        assert "秘密护学" not in text
