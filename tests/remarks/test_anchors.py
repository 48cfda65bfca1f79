"""A passage is found again while the text around it changes, and nowhere else when it is gone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bulletins.remarks.anchors import LONGEST, Anchor, NotThere, Span, anchored, chosen, find

TEXT = (
    "近日，湖滨派出所民警接到群众求助，称有一位老人在雪夜走失。\n"
    "民警立即赶到现场，沿路寻找两个多小时，终于在一处公交站台找到老人。\n"
    "老人的家属向民警表示感谢，民警提醒大家冬季多关心身边的老人。"
)
# Letters that repeat themselves often, so that passages look alike.
writing = st.text("民警老人的，。\n现场夜雪", max_size=60)
whatever = st.text(max_size=200)


def anchor_of(quote: str, text: str = TEXT) -> Anchor:
    return anchored(text, chosen(text, quote, 0))


def found(anchor: Anchor, text: str) -> str | None:
    span = find(anchor, text)
    return None if span is None else text[span.start : span.end]


@given(writing, st.data())
def test_in_an_unchanged_text_every_passage_is_where_it_was(text: str, data: st.DataObject) -> None:
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert find(anchored(text, Span(start, end)), text) == Span(start, end)


@given(whatever, whatever)
def test_a_passage_of_some_length_is_found_whatever_is_written_around_it(before: str, after: str) -> None:
    quote = "沿路寻找两个多小时，终于在一处公交站台"
    assume(quote not in before + after)
    assert found(anchor_of(quote), before + quote + after) == quote


@given(whatever)
def test_a_short_passage_is_found_if_either_neighbour_stayed(other: str) -> None:
    text = f"{other}\n民警立即赶到现场，沿路寻找了很久。"
    assume("立即" not in other)
    assert found(anchor_of("立即"), text) == "立即"


@given(writing, whatever, whatever)
def test_what_is_found_lies_within_the_text_and_holds_something(text: str, quote: str, around: str) -> None:
    span = find(Anchor(quote or "民", around[:40], around[40:80], 5), text)
    assert span is None or 0 <= span.start < span.end <= len(text)


def test_of_two_like_passages_the_one_with_its_neighbours_is_meant() -> None:
    last = anchored(TEXT, chosen(TEXT, "民警", len(TEXT)))
    text = TEXT.replace("近日，", "近日，民警、民警和民警说，")
    span = find(last, text)
    assert span is not None and text[span.end : span.end + 6] == "提醒大家冬季"


def test_a_passage_that_was_mended_is_found_by_what_is_left_of_it() -> None:
    anchor = anchor_of("沿路寻找两个多小时，终于在一处公交站台找到老人")
    text = TEXT.replace("两个多小时", "近三个小时").replace("民警立即赶到现场", "值班民警随即赶到")
    assert found(anchor, text) == "沿路寻找近三个小时，终于在一处公交站台找到老人"


def test_a_passage_that_was_moved_to_another_paragraph_goes_along() -> None:
    first, second, third = TEXT.split("\n")
    assert found(anchor_of("终于在一处公交站台"), f"{second}\n{third}\n{first}") == "终于在一处公交站台"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        (
            "沿路寻找两个多小时，终于在一处公交站台",
            TEXT.replace("沿路寻找两个多小时，终于在一处公交站台", ""),
        ),
        # The same two letters stand elsewhere, among other words.
        ("立即", "值班领导要求立即上报。"),
        ("终于在一处公交站台", ""),
        ("终于在一处公交站台", "\n \n"),
        ("终于在一处公交站台", "市公安局召开作风建设会议，要求把纪律挺在前面。"),
    ],
)
def test_a_passage_that_is_gone_is_found_nowhere(quote: str, text: str) -> None:
    assert find(anchor_of(quote), text) is None


def test_words_that_do_not_stand_there_cannot_be_chosen() -> None:
    for quote in ("", "\n", "没有这句话", "\ud800", "\0"):
        with pytest.raises(NotThere):
            chosen(TEXT, quote, 0)


def test_the_nearest_of_like_words_is_chosen() -> None:
    places = [n for n in range(len(TEXT)) if TEXT.startswith("老人", n)]
    assert len(places) > 2
    assert [chosen(TEXT, "老人", near).start for near in places] == places


def test_of_a_long_passage_the_beginning_is_kept() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(3 * LONGEST))
    anchor = anchored(text, Span(7, 3 * LONGEST))
    assert anchor.quote == text[7 : 7 + LONGEST]
    assert find(anchor, text) == Span(7, 7 + LONGEST)
