"""What may enter the table: nothing that leads in a circle, on and on, or twice."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from bulletins.models import OldAddress
from bulletins.old_addresses import MOST_LINES, MOST_PATTERNS, Book, Fault, NoList, plan, to_csv
from bulletins.old_addresses.files import LeftOut, rows

pytestmark = pytest.mark.django_db


def entry(old: str, target: str) -> OldAddress:
    made = OldAddress(old=old, target=target)
    made.prepare()
    return made


def book(*pairs: tuple[str, str]) -> Book:
    return Book(entry(*pair) for pair in pairs)


def refusal(there: list[tuple[str, str]], old: str, target: str) -> str:
    with translation.override("en"), pytest.raises(Fault) as fault:
        book(*there).add(entry(old, target))
    with translation.override("en"):
        return str(fault.value.reason)


@pytest.mark.parametrize(
    ("there", "old", "target", "sentence"),
    [
        ([("/a", "/b")], "/A/", "/c", "stands in the table already"),
        ([("/a/{id}", "/b/{id}")], "/a/{number}", "/c/{number}", "stands in the table already"),
        ([], "/a", "/a", "back to itself"),
        ([], "/a", "/a/?x=1", "back to itself"),
        ([], "/a/*", "/a/b/*", "back to itself"),
        ([], "/a/{id}", "/a/{id}/", "back to itself"),
        ([("/b", "/a")], "/a", "/b", "in a circle: “/b”"),
        ([("/b/{id}", "/a/{id}")], "/a/{id}", "/b/{id}", "in a circle: “/b/{id}”"),
        ([("/b", "/c")], "/a", "/b", "“/b” is an old address itself and leads on to “/c”"),
        ([("/b?id=1", "/c")], "/a", "/b?id=1&x=2", "“/b?id=1” is an old address itself"),
        ([("/b/*", "/c")], "/a", "/b/x", "“/b/*” is an old address itself"),
        ([("/articles/{year}-{id}", "/c")], "/a", "JN-2021-000001", "is an old address itself"),
        ([("/articles/{a}-{b}-{c}", "/c")], "/a", "JN-2021-000001", "is an old address itself"),
        ([("/a", "/b")], "/b", "/c", "“/a” leads here already. Let it lead to “/c” first."),
        ([("/a", "/b/x")], "/b/{id}", "/c/{id}", "“/a” leads here already"),
        ([("/a/{id}", "/b/{id}")], "/b/7", "/c", "“/a/{id}” leads here already"),
    ],
)
def test_what_may_not_stand_beside_the_others(
    there: list[tuple[str, str]], old: str, target: str, sentence: str
) -> None:
    assert sentence in refusal(there, old, target)


@pytest.mark.parametrize(
    ("there", "old", "target"),
    [
        ([("/a/1", "/b")], "/a/2", "/b"),
        ([("/a/{id}.html", "/a/{id}/")], "/c", "/a/x/"),
        ([("/*", "/")], "/a", "/"),
        ([("/news.asp?id=1", "/units/")], "/news.asp?id=2", "/units/"),
        ([("/b?id=1", "/c")], "/a", "/b"),
    ],
)
def test_what_may(there: list[tuple[str, str]], old: str, target: str) -> None:
    made = book(*there)
    made.add(entry(old, target))
    assert len(made.by_key) == 2


def test_an_entry_takes_its_own_place() -> None:
    OldAddress.objects.create(old="/a", target="/b")
    mine = OldAddress.objects.get()
    mine.target = "/c"
    Book.of_the_table().add(mine)
    other = OldAddress.objects.create(old="/d", target="/e")
    other.old = "/a"
    other.prepare()
    there = Book.of_the_table()
    with pytest.raises(Fault):
        there.add(other)
    assert set(there.by_key) == {"/a", "/d"}


@pytest.mark.parametrize(
    ("old", "target"),
    [
        ("/a", ""), ("/a", "b"), ("/a", "//evil.example"), ("/a", "/\\evil.example"), ("/a", "https://evil.example/"),
        ("/a", "/b/{id}"), ("/a", "/b/*"), ("/a/*", "/b*"), ("/a/*", "/*/*"), ("/a", "javascript:x"), ("/a", "/b c"),
        ("/a", "JN-1-1"), ("/", "/b"), ("a", "/b"), ("/a", "/b\n/c"), ("/a", "/b\0"), ("/a", "/{x"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_saved(old: str, target: str) -> None:
    with pytest.raises(ValidationError):
        OldAddress.objects.create(old=old, target=target)
    assert not OldAddress.objects.exists()


def test_there_are_only_so_many_patterns() -> None:
    there = book(*((f"/{n}/*", "/") for n in range(MOST_PATTERNS)))
    there.add(entry("/exact", "/"))
    with pytest.raises(Fault):
        there.add(entry("/more/*", "/"))


def test_a_list_is_taken_line_by_line_and_each_broken_one_is_told() -> None:
    OldAddress.objects.create(old="/kept", target="/units/")
    OldAddress.objects.create(old="/moved", target="/units/")
    data = (
        "旧地址,新地址\n"
        "/news.asp?id=1,JN-2021-000001\n"
        "/kept,/units/\n"
        "/MOVED/,/tags/\n"
        "\n"
        "news.asp,/units/\n"
        "/x,https://evil.example/\n"
        "/loop/a,/loop/b\n"
        "/loop/b,/loop/a\n"
        "/news.asp?ID=1,/about/\n"
        "/only\n"
        '"/open,/units/\n'
        "/unit/{name}.html,/units/{name}/\n"
    )
    with translation.override("en"):
        made = plan(data.encode("gb18030"))
        told = {left.line: str(left.reason) for left in made.left_out}
    assert [one.old for one in made.added] == ["/news.asp?id=1", "/loop/a", "/unit/{name}.html"]
    assert [(one.old, one.target) for one in made.changed] == [("/MOVED/", "/tags/")]
    assert made.unchanged == 1
    assert set(told) == {6, 7, 9, 10, 11, 12}
    assert "begin with a slash" in told[6]
    assert "circle" in told[9]
    assert "line 2" in told[10]
    assert OldAddress.objects.count() == 2
    made.carry_out(by=None, reason="旧站.csv")
    assert OldAddress.objects.count() == 5
    assert OldAddress.objects.get(key="/moved").target == "/tags/"
    assert OldAddress.history.filter(history_change_reason="旧站.csv").count() == 4
    again = plan(to_csv(OldAddress.objects.all()))
    assert (again.added, again.changed, again.left_out, again.unchanged) == ([], [], [], 5)


def test_a_list_that_is_too_long_is_taken_up_to_there() -> None:
    data = "".join(f"/old/{n},/units/\n" for n in range(MOST_LINES + 3)).encode()
    with translation.override("en"):
        *taken, (line, left) = rows(data)
        assert isinstance(left, LeftOut)
        assert f"at most {MOST_LINES:,} lines" in str(left.reason)
    assert line == MOST_LINES + 1
    assert len(taken) == MOST_LINES
    assert not any(isinstance(row, LeftOut) for _line, row in taken)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"old,target\n"[:0], b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_list(data: bytes) -> None:
    with pytest.raises(NoList):
        plan(data)


def test_nul_and_noise_break_nothing() -> None:
    made = plan(b"/a\0,/b\n\xff\xfe\n,,,\n/\xf0\x9f\x9a\x93,/units/\n")
    assert [one.old for one in made.added] == ["/🚓"]
