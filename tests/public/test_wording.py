"""What of a story is said where."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from bulletins.models.excerpt import excerpt_of
from bulletins.public import tags, wording


@pytest.fixture(autouse=True)
def in_chinese() -> Any:
    with translation.override("zh-hans"):
        yield


def content(**fields: Any) -> dict[str, Any]:
    return {
        "headline": [],
        "headline_join": "space",
        "summary": "",
        "body": "",
        "credits": [],
        "photos": [],
    } | fields


def credit(
    name: str, role: str = "text", capacity: str = "correspondent", slug: str | None = None
) -> dict[str, Any]:
    return {"name": name, "role": role, "capacity": capacity, "correspondent": slug, "unit": ""}


def test_the_summary_is_said_where_there_is_one() -> None:
    assert excerpt_of(content(summary="提要。", body="<p>正文。</p>"), 90) == "提要。"


def test_else_whole_sentences_from_the_beginning() -> None:
    text = content(body="<p>第一句。“第二句！”他说。</p><p>第三句很长很长。</p>")
    assert excerpt_of(text, 14) == "第一句。“第二句！”他说。"


def test_a_heading_does_not_run_into_the_sentence_below_it() -> None:
    text = content(body="<p>第一句。</p><h2>一本<em>日记</em></h2><p>第二句。</p>")
    assert excerpt_of(text, 90) == "第一句。第二句。"


def test_a_text_of_headings_alone_begins_with_them() -> None:
    assert excerpt_of(content(body="<h2>公告</h2>"), 90) == "公告"


def test_a_very_long_first_sentence_is_cut() -> None:
    assert excerpt_of(content(body=f"<p>{'甲' * 20}，{'乙' * 200}。</p>"), 21) == "甲" * 20 + "……"


def test_a_text_without_a_full_stop_is_said_as_it_is() -> None:
    assert excerpt_of(content(body="<p>没有句号</p>"), 90) == "没有句号"


def test_an_empty_text_has_no_beginning() -> None:
    assert excerpt_of(content(), 90) == ""


def byline(*credits: dict[str, Any]) -> list[str]:
    return [str(line) for line in wording.byline(list(credits), lambda credit: credit["name"])]


def test_correspondents_stand_together_in_their_order() -> None:
    assert byline(credit("侯宪锋"), credit("徐明波"), credit("李斌")) == ["通讯员 侯宪锋 徐明波 李斌"]


@pytest.mark.parametrize(
    ("role", "capacity", "line"),
    [
        ("photo", "correspondent", "卢飞 摄"),
        ("picture", "", "卢飞 图"),
        ("video", "reporter", "卢飞 视频"),
        ("editor", "", "编辑 卢飞"),
        ("proof", "", "校对 卢飞"),
        ("text", "reporter", "记者 卢飞"),
        ("text", "", "卢飞"),
    ],
)
def test_each_part_in_the_work_is_said_its_way(role: str, capacity: str, line: str) -> None:
    assert byline(credit("卢飞", role, capacity)) == [line]


def test_reporters_and_correspondents_are_told_apart() -> None:
    assert byline(credit("甲"), credit("乙", capacity="reporter"), credit("丙")) == [
        "通讯员 甲 丙",
        "记者 乙",
    ]


def test_a_name_is_text_and_never_markup() -> None:
    [line] = tags.byline(content(credits=[credit("<script>alert(1)</script>")]))
    assert "<script>" not in line


def test_a_known_name_leads_to_its_page() -> None:
    [line] = tags.byline(content(credits=[credit("侯宪锋", slug="houxianfeng")]))
    assert 'href="/correspondents/houxianfeng/"' in line


def test_a_day_is_said_in_chinese() -> None:
    assert wording.day_text(date(2021, 12, 5)) == "2021年12月5日"


def test_a_day_that_is_only_inferred_says_so() -> None:
    assert wording.day_text(date(2021, 12, 31), is_approximate=True) == "2021年12月31日前后"


def test_a_moment_is_a_day_in_shanghai() -> None:
    assert tags.day(datetime(2021, 12, 30, 16, 30, tzinfo=UTC)) == (
        '<time datetime="2021-12-31">2021年12月31日</time>'
    )


def test_days_are_said_in_english_too() -> None:
    with translation.override("en"):
        assert wording.day_text(date(2021, 12, 31), is_approximate=True) == "about 31 December 2021"


@pytest.mark.parametrize(
    ("join", "seen"), [("nothing", "严打非法运输燃放烟花爆竹"), ("space", "严打非法运输 燃放烟花爆竹")]
)
def test_a_headline_is_joined_as_stored(join: str, seen: str) -> None:
    lines = ["严打非法运输", "燃放烟花爆竹"]
    html = tags.headline(content(headline=lines, headline_join=join))
    assert html.replace('<span class="line">', "").replace("</span>", "") == seen


def test_on_its_own_page_a_headline_keeps_its_lines() -> None:
    html = tags.headline_lines(content(headline=["上句", "下句"]))
    assert html == (
        '<span class="set-line"><span class="line">上句</span></span>'
        '<span class="set-line"><span class="line">下句</span></span>'
    )


def test_a_headline_is_text_and_never_markup() -> None:
    assert "<b>" not in tags.headline(content(headline=["<b>粗</b>"]))


def test_section_headings_stand_below_the_headline_of_their_page() -> None:
    text = content(body="<h2>一</h2><p>甲</p><h3>二</h3>")
    assert tags.body(text) == "<h2>一</h2><p>甲</p><h3>二</h3>"
    assert tags.body(text, heading=3) == "<h3>一</h3><p>甲</p><h4>二</h4>"


def test_a_picture_that_the_release_does_not_know_leaves_nothing_behind() -> None:
    assert tags.body(content(body=f'<p>甲</p><img src="photo:{"0" * 64}">')) == "<p>甲</p>"


def test_a_photographer_named_in_the_byline_is_not_named_twice() -> None:
    photo = {
        "sha256": "",
        "is_missing": True,
        "caption": "",
        "alt": "",
        "credit": "卢飞",
        "width": 0,
        "height": 0,
    }
    assert "卢飞 摄" in tags.figure(photo)
    assert "卢飞" not in tags.figure(photo, content(credits=[credit("卢飞", "photo")]))
    # Whoever wrote the text took the photo as well: the byline does not say that.
    assert "卢飞 摄" in tags.figure(photo, content(credits=[credit("卢飞", "text")]))
