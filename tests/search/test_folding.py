"""What counts as the same letter, and how a text is taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.search.folding import fold, fold_with_places
from bulletins.search.pairs import BREAK, tokens_of, tokens_of_word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ１１０", "abc110"),
        ("Ｑ群：８８", "q群:88"),
        ("護學崗", "护学岗"),
        ("電動車被盜，民警快速破案", "电动车被盗，民警快速破案"),
        ("臺灣 裏面 裡面", "台湾 里面 里面"),
        ("看著", "看着"),
        ("①㎡", "1m2"),
        ("张　三", "张 三"),
        ("13\u200b8\ufeff0013\u00ad8000", "13800138000"),
        (" \t两个\u00a0\u3000词\n", "两个 词"),
        ("\0\ud800", ""),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("像", "象"), ("坏", "坯"), ("沈", "沉"), ("。", "."), ("“", '"')]
)
def test_these_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_each_letter_knows_where_it_came_from(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)
    assert all(letter in fold(f"x{text[place]}x") for letter, place in zip(folded, places, strict=True))


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_word_stands_in_a_line_if_its_tokens_stand_in_a_row(line: str, word: str) -> None:
    line, word = fold(line), fold(word)
    wanted, there = tokens_of_word(word), tokens_of([], [line], [])
    in_a_row = any(there[n : n + len(wanted)] == wanted for n in range(len(there)))
    assert not word or in_a_row == (word in line)


@given(st.text(min_size=1))
def test_no_token_has_a_sign_that_a_database_would_read(text: str) -> None:
    for token in tokens_of([fold(text)], [fold(text)], ["unit/7"]):
        assert token.isalnum() or not set(token) & set(map(chr, range(0x30)))
        assert '"' not in token
        assert " " not in token


def test_two_lines_are_kept_apart() -> None:
    assert tokens_of([], ["甲乙", "丙"], []) == ["甲乙", BREAK, BREAK, "甲", "乙", "丙"]
