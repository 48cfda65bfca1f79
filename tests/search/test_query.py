"""What is typed into the box, and what is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.search.query import LONGEST, MOST_WORDS, Query, read_query


@pytest.mark.parametrize(
    ("typed", "words", "without"),
    [
        ("民警", ("民警",), ()),
        ("反诈 社区", ("反诈", "社区"), ()),
        ("反诈\u3000社区", ("反诈", "社区"), ()),
        ("反诈 反诈 反詐", ("反诈",), ()),
        ('"老人遭遇诈骗 民警劝阻"', ("老人遭遇诈骗 民警劝阻",), ()),
        ("“护学岗”织密校园安全网", ("护学岗", "织密校园安全网"), ()),
        ("「护学岗」 『校园』", ("护学岗", "校园"), ()),
        ('"没有合上 的引号', ("没有合上 的引号",), ()),
        ("反诈 -讲座", ("反诈",), ("讲座",)),
        ("反诈 －讲座", ("反诈",), ("讲座",)),
        ('反诈 -"社区 讲座"', ("反诈",), ("社区 讲座",)),
        ("-讲座", (), ("讲座",)),
        ("鲁H-12345", ("鲁h-12345",), ()),
        ("2021-12-31", ("2021-12-31",), ()),
        ("反诈 - 社区 --", ("反诈", "社区"), ()),
        ("AND OR NOT NEAR(", ("and", "or", "not", "near("), ()),
        ("警* ^民 a:b", ("警*", "^民", "a:b"), ()),
        ('""', (), ()),
        ("   ", (), ()),
        ("」』”", (), ()),
        ("\0民\0警\0", ("民警",), ()),
        ("\ud800", (), ()),
        ("🚓", ("🚓",), ()),
        ("'; DROP TABLE x; --", ("';", "drop", "table", "x;"), ()),
    ],
)
def test_what_is_understood(typed: str, words: tuple[str, ...], without: tuple[str, ...]) -> None:
    assert read_query(typed) == Query(words, without)


def test_there_is_something_to_look_for_only_if_a_word_is_wanted() -> None:
    assert read_query("民警")
    assert not read_query("-民警")
    assert not read_query("")


def test_of_too_much_the_beginning_is_read() -> None:
    long = read_query("民" * 10_000)
    assert long.is_cut
    assert [len(word) for word in long.words] == [LONGEST]
    many = read_query(" ".join(f"{n}号" for n in range(MOST_WORDS + 1)))
    assert many.is_cut
    assert len(many.words) == MOST_WORDS


@given(st.text())
def test_whatever_is_typed_is_understood_somehow(text: str) -> None:
    query = read_query(text)
    assert all(query.words)
    assert all(query.without)
