"""How old addresses are written, what is meant by them, and that none can run long."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.models.address_language import (
    NoAddress,
    filled,
    keys,
    match,
    meets,
    pairs_of,
    parts_of,
    plain,
    read,
)


def found(old: str, asked: str) -> dict[str, str] | None:
    path, _sign, query = asked.partition("?")
    return match(read(old), parts_of(plain(path)), pairs_of(query))


@pytest.mark.parametrize(
    ("old", "asked", "names"),
    [
        ("/news.asp?id=123", "/news.asp?id=123", {}),
        ("/news.asp?id=123", "/News.ASP?ID=123&page=2", {}),
        ("/show.asp?class=3&id=9", "/show.asp?id=9&class=3", {}),
        ("http://old.example/a/b.html#top", "/a/b.html", {}),
        ("/a/", "/a", {}),
        ("/新闻/{id}.html", "/%E6%96%B0%E9%97%BB/7.html", {"id": "7"}),
        ("/news/{id}.html", "/news/Abc-1_2.html", {"id": "Abc-1_2"}),
        ("/{year}-{id}.html", "/2021-12-5.html", {"year": "2021", "id": "12-5"}),
        ("/art_{year}_{id}.shtml", "/art_2021_88.shtml", {"year": "2021", "id": "88"}),
        ("/news.asp?id={id}", "/news.asp?id=45&from=weixin", {"id": "45"}),
        ("/photos/*", "/photos/2020/a.b/c.jpg", {"*": "2020/a.b/c.jpg"}),
        ("/photos/*", "/photos/", {"*": ""}),
        ("/{unit}/*", "/hubin/x/y", {"unit": "hubin", "*": "x/y"}),
        ("/%D6%D0.htm", "/%d6%d0.htm", {}),  # the letters of an older encoding
        ("/a?q=%D6%D0", "/a?q=%D6%D0", {}),
        ("/index.php?c={a}.{b}", "/index.php?c=x.y", {"a": "x", "b": "y"}),
    ],
)
def test_what_is_meant(old: str, asked: str, names: dict[str, str]) -> None:
    assert found(old, asked) == names


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("/news.asp?id=123", "/news.asp"),
        ("/news.asp?id=123", "/news.asp?id=1234"),
        ("/news.asp?id=123", "/news.asp?id=12&id=123"),
        ("/news/{id}.html", "/news/.html"),
        ("/news/{id}.html", "/news/a/b.html"),
        ("/news/{id}.html", "/news/a.b.html"),
        ("/news/{id}", "/news/5.html"),
        ("/a{id}a", "/aa"),
        ("/{a}-{b}", "/-x"),
        ("/photos/*", "/photo/1"),
        ("/a/b", "/a"),
    ],
)
def test_what_is_not(old: str, asked: str) -> None:
    assert found(old, asked) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "/?id=1", "news.asp", "//other.example/x", "/a*", "/*/a", "/a?x=*", "/{a}{b}", "/{a}/{a}", "/{A}", "/{",
        "/a}", "/" + "a" * 500, "/a\0", "/a%00", "/" + "/".join(f"{{{letter}}}" for letter in "abcdefghi"), "/x?a=1&a=2",
        "/" + "ﬃ" * 300,
    ],
)  # fmt: skip
def test_what_is_no_old_address(text: str) -> None:
    with pytest.raises(NoAddress) as refused:
        read(text)
    assert str(refused.value.args[0])


LETTERS = st.text("ab-.", max_size=7)
PIECES = st.lists(st.sampled_from(["a", "b", "-", ".", "{}"]), min_size=1, max_size=6)


@given(PIECES, LETTERS)
def test_a_part_is_meant_exactly_where_a_regular_expression_says_so(pieces: list[str], text: str) -> None:
    names = iter("xyzuvw")
    written = "".join(f"{{{next(names)}}}" if piece == "{}" else piece for piece in pieces)
    try:
        old = read(f"/s{written}e")
    except NoAddress:
        return
    rule = "".join(r"([-\w]+)" if piece == "{}" else re.escape(piece) for piece in pieces)
    expected = re.fullmatch(f"s{rule}e", f"s{text}e")
    assert (match(old, [f"s{text}e"], []) is not None) == (expected is not None)


@given(PIECES, PIECES, LETTERS)
def test_two_patterns_that_one_address_can_mean_are_found_to_meet(
    one: list[str], other: list[str], text: str
) -> None:
    def address(pieces: list[str]) -> str:
        names = iter("xyzuvw")
        return "/s" + "".join(f"{{{next(names)}}}" if piece == "{}" else piece for piece in pieces)

    try:
        first, second = read(address(one)), read(address(other))
    except NoAddress:
        return
    asked = [f"s{text}"]
    if match(first, asked, []) is not None and match(second, asked, []) is not None:
        assert meets(first, second)
        assert meets(second, first)


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("/articles/{id}/", "/{a}/{b}.html", False),
        ("/articles/{id}/", "/{a}/{b}", True),
        ("/news/{id}", "/news/{id}.html", False),
        ("/a/*", "/a/b/c", True),
        ("/a/b/c", "/a/*", True),
        ("/a", "/a?id=1", False),
        ("/a?id=1", "/a", True),
        ("/a?id={n}", "/a?id=5", True),
        ("/x{a}", "/{b}y", True),
    ],
)
def test_whether_two_can_mean_the_same(one: str, other: str, do: bool) -> None:
    assert meets(read(one), read(other)) is do


def test_nothing_runs_long() -> None:
    """What makes a regular expression try for years is gone through once."""
    old = read("/" + "-".join(f"{{{letter}}}" for letter in "abcdefgh") + ".html")
    began = time.perf_counter()
    assert match(old, ["a-" * 50_000 + "!"], []) is None
    assert match(old, ["-" * 100_000], []) is None
    assert meets(old, read("/" + "-".join(f"{{{letter}}}" for letter in "ijklmnop") + ".htm")) is False
    assert time.perf_counter() - began < 1


def test_what_stands_for_a_name_stays_one_part_of_the_new_address() -> None:
    assert filled("/units/{name}/", {"name": "湖滨"}) == "/units/%E6%B9%96%E6%BB%A8/"
    assert filled("/x/*", {"*": "a/b?c#d\r\n"}) == "/x/a/b%3Fc%23d%0D%0A"


def test_an_address_with_many_parameters_is_looked_up_under_few_keys() -> None:
    assert len(keys(["a"], [(f"p{n}", "1") for n in range(6)])) == 64
    assert len(keys(["a"], [(f"p{n}", "1") for n in range(5000)])) == 64
    assert "/a?p3=1" in keys(["a"], [(f"p{n}", "1") for n in range(9)])
