"""What an article still lacks."""

from datetime import date
from typing import Any

import pytest

from bulletins.readiness import Severity
from bulletins.readiness.checks.completeness import check
from tests.readiness.asking import content, findings, keys, photo

CREDIT = content()["credits"][0]


def test_a_complete_article_lacks_nothing() -> None:
    assert keys(check, content(photos=[photo()])) == []


def test_bare_text_lacks_nothing() -> None:
    assert keys(check, "近日，民警走访辖区企业。") == []


@pytest.mark.parametrize(
    ("fields", "key", "severity", "passage"),
    [
        ({"headline": []}, "headline_missing", Severity.BLOCK, "headline"),
        ({"headline": [" "]}, "headline_missing", Severity.BLOCK, "headline"),
        ({"body": "<p> </p>"}, "body_missing", Severity.BLOCK, "body"),
        ({"unit": {"slug": "", "name": ""}}, "unit_missing", Severity.BLOCK, "unit"),
        ({"credits": []}, "credit_missing", Severity.WARN, "credits"),
        ({"credits": [{**CREDIT, "name": " "}]}, "credit_missing", Severity.WARN, "credits"),
        ({"summary": "护" * 121}, "summary_too_long", Severity.WARN, "summary"),
        ({"kicker": "", "headline": ["荣膺“全国一级”称号"]}, "kicker_missing", Severity.INFO, "kicker"),
        ({"campaigns": []}, "campaign_missing", Severity.INFO, "campaigns"),
        ({"kind": "photo"}, "photo_story_without_photo", Severity.WARN, "photos"),
        ({"photos": [photo(caption="")]}, "photo_without_caption", Severity.WARN, "photos.0.caption"),
        ({"photos": [photo(), photo(alt=" ")]}, "photo_without_alt", Severity.WARN, "photos.1.alt"),
        ({"photos": [photo(credit="")]}, "photo_without_credit", Severity.WARN, "photos.0.credit"),
        ({"photos": [photo(is_missing=True, alt="")]}, "photo_not_kept", Severity.INFO, "photos.0.caption"),
    ],
)
def test_what_is_lacking_is_said_at_its_field(
    fields: dict[str, Any], key: str, severity: Severity, passage: str
) -> None:
    (finding,) = findings(check, content(**fields))
    assert (finding.key, finding.severity, finding.passage) == (key, severity, passage)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "photo", "headline": [], "photos": [photo(caption="")]},
        {"kind": "incident", "credits": []},
        {"kicker": "", "headline": ["张某电动车被盗", "民警快速破案"]},
        {"kicker": "", "headline": ["老人遭遇诈骗", "民警劝阻止损"]},
        {"kicker": "洸河派出所", "headline": ["荣膺“全国一级公安派出所”"]},
        {"summary": "护" * 120},
    ],
)
def test_what_may_be_lacking_is_let_pass(fields: dict[str, Any]) -> None:
    assert keys(check, content(**fields)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 12, 22), ["campaign_not_running"]),
        (date(2021, 12, 23), []),
        (date(2022, 3, 5), []),
        (date(2022, 3, 6), ["campaign_not_running"]),
    ],
)
def test_a_campaign_that_does_not_run_on_the_day_is_mentioned(day: date, expected: list[str]) -> None:
    dates = {"xiaofang": (date(2021, 12, 23), date(2022, 3, 5))}
    assert [key for key, _ in keys(check, content(), day=day, campaigns=dates)] == expected


def test_a_campaign_without_an_end_runs_on() -> None:
    dates = {"xiaofang": (date(2021, 12, 23), None)}
    assert keys(check, content(), day=date(2031, 1, 1), campaigns=dates) == []
