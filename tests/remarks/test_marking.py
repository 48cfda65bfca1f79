"""Passages are marked in a body without changing what it says or how it is built."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bulletins.models.body import clean, reader_text
from bulletins.remarks.anchors import Span
from bulletins.remarks.marking import Block, mark_body, mark_text

OWN = re.compile(r'<mark class="remarked-text"[^>]*>|</mark>|<a class="remark-sign"[^>]*></a>')
MARKED = re.compile(r"<mark [^>]*>([^<]*)</mark>")
BODY = (
    "<p>近日，民警<strong>接到</strong>求助 &amp; 报案。</p><h2>小标题</h2>"
    "<ul><li>其一</li><li>其二</li></ul><p>见<a href='https://a.example/'>这里的说明</a>。</p>"
)

pieces = st.sampled_from(
    ["<p>", "</p>", "<h2>", "</h2>", "<ul><li>", "</li></ul>", "<strong>", "</strong>", "<br>", "<hr>", "民警", " 到场 ",
     "&amp;", "&lt;", "&nbsp;", "🚓", "<table><tbody><tr><td>", "</td></tr></tbody></table>", "<a href='https://a.example'>",
     "</a>", "<blockquote>", "</blockquote>"]
)  # fmt: skip
bodies = st.lists(pieces, max_size=25).map("".join).map(clean)


def joined(blocks: list[Block]) -> str:
    return "".join(block.html for block in blocks)


def marked(body: str, text: str) -> list[Block]:
    start = reader_text(body).index(text)
    return mark_body(body, [(1, Span(start, start + len(text)))])


@given(bodies, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=4))
def test_without_its_marks_the_body_is_what_it_was(body: str, places: list[tuple[int, int]]) -> None:
    passages = [(n, Span(start, start + length)) for n, (start, length) in enumerate(places, start=1)]
    blocks = mark_body(body, passages)
    assert OWN.sub("", joined(blocks)) == body
    begun = [number for block in blocks for number in block.begins]
    assert len(begun) == len(set(begun))


@given(bodies, st.integers(0, 40), st.integers(1, 30))
def test_what_is_marked_is_the_passage(body: str, start: int, length: int) -> None:
    text = reader_text(body)[start : start + length]
    shown = "".join(MARKED.findall(joined(mark_body(body, [(1, Span(start, start + length))]))))
    assert re.sub(r"\s", "", reader_text(shown)) == re.sub(r"\s", "", text)


def test_a_passage_across_markup_is_marked_in_parts_and_signed_once() -> None:
    html = joined(marked(BODY, "民警接到求助 & 报"))
    assert MARKED.findall(html) == ["民警", "接到", "求助 ", "&amp;", " 报"]
    assert html.count("remark-sign") == 1
    assert html.index("remark-sign") > html.index(" 报</mark>")


def test_the_thread_stands_with_the_block_in_which_its_passage_begins() -> None:
    blocks = marked(BODY, "其二\n见这里")
    assert [block.begins for block in blocks] == [[], [], [1], []]
    assert joined(blocks).count("remark-sign") == 1


def test_a_sign_does_not_stand_within_a_link() -> None:
    html = joined(marked(BODY, "这里的"))
    assert "这里的</mark>说明</a><a class=" in html


def test_a_field_without_markup_is_escaped_and_its_lines_are_kept() -> None:
    html = mark_text("<b>民警\n雪夜", [(1, Span(3, 7)), (2, Span(4, 5))])
    first, second = html.split("\n")
    assert first.startswith("&lt;b&gt;<mark") and first.count("<mark") == first.count("</mark>") == 2
    assert 'data-remarks="1 2"' in first and second.startswith("<mark")
    assert mark_text("", []) == ""
