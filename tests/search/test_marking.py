"""What is shown of something found, and what of it is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.search.folding import fold
from bulletins.search.marking import LENGTH, marked, shown
from bulletins.search.query import read_query
from tests.factories import Newsroom


def bracketed(text: str, *words: str) -> str:
    return "".join(f"[{piece}]" if is_word else piece for piece, is_word in marked(text, words))


@pytest.mark.parametrize(
    ("text", "words", "seen"),
    [
        ("民警护送老人", ("老人",), "民警护送[老人]"),
        ("護學崗護送", ("护学岗",), "[護學崗]護送"),
        ("ＡＴＭ机与atm", ("atm",), "[ＡＴＭ]机与[atm]"),
        ("公安局安局", ("公安", "安局"), "[公安局][安局]"),
        ("安安安", ("安安",), "[安安]安"),
        ("13\u200b8号", ("138",), "[13\u200b8]号"),
        ("老人  遭遇", ("老人 遭遇",), "[老人  遭遇]"),
        ("㎡以内", ("m",), "[㎡]以内"),
        ("<b>粗</b>", ("b",), "<[b]>粗</[b]>"),
        ("没有", ("别的",), "没有"),
    ],
)
def test_words_are_marked_in_the_text_as_it_is(text: str, words: tuple[str, ...], seen: str) -> None:
    assert bracketed(text, *words).replace("][", "") == seen.replace("][", "")


@given(st.text(), st.text(min_size=1))
def test_marks_change_no_letter_and_every_marked_piece_holds_the_word(text: str, word: str) -> None:
    word = fold(word)
    if not word:
        return
    pieces = marked(text, (word,))
    assert "".join(piece for piece, _is_word in pieces) == text
    assert any(is_word for _piece, is_word in pieces) == (word in fold(text))


@pytest.mark.django_db
def test_a_passage_begins_near_the_word_and_each_word_is_shown_once() -> None:
    far = "，".join(f"第{n}句话说的是别的事情" for n in range(40))
    body = f"<p>{far}，这里有目标词出现。{far}</p><p>目标词又一次。</p><p>还有另一词。</p>"
    release = Newsroom().released(body=body)
    passages = shown(release, read_query("目标词 另一词")).passages
    texts = ["".join(piece for piece, _ in passage) for passage in passages]
    assert len(texts) == 2
    assert texts[0].startswith("……")
    assert texts[0].endswith("……")
    assert texts[0].index("目标词") < 40
    assert len(texts[0]) <= LENGTH + 4
    assert texts[1] == "还有另一词。"


@pytest.mark.django_db
def test_a_word_that_stands_in_a_name_is_shown_with_the_names() -> None:
    release = Newsroom().released(tags=["反诈宣传"])
    seen = shown(release, read_query("反诈"))
    assert (seen.passages, seen.names) == ([], [[("反诈", True), ("宣传", False)]])


@pytest.mark.django_db
def test_of_what_only_the_headline_holds_no_passage_is_shown() -> None:
    seen = shown(Newsroom().released(headline="独有标题"), read_query("独有标题"))
    assert (seen.passages, seen.names) == ([], [])
