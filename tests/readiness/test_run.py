"""All checks in turn: what one of them does wrong is said, and so is what is left out."""

from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from django.utils import translation

from bulletins import readiness
from bulletins.readiness import (
    LONGEST,
    MOST_FIELDS,
    MOST_FINDINGS,
    Around,
    Finding,
    Passage,
    Severity,
    Subject,
    run,
)
from bulletins.readiness.wording import advice, sentence
from tests.readiness.asking import DAY, content, photo

AROUND = Around(DAY)
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO
TEXT = "甲乙丙丁" * 2_000


def saying(*severities: Severity) -> Callable[[Subject, Around], Iterator[Finding]]:
    """A check that says so much, one letter after the other."""

    def check(subject: Subject, around: Around) -> Iterator[Finding]:
        for at, severity in enumerate(severities):
            yield Finding("x", "term_to_reconsider", severity, "text", at, at + 1, TEXT[at])

    return check


def only(monkeypatch: pytest.MonkeyPatch, *checks: Callable) -> list[Finding]:
    monkeypatch.setattr(readiness, "CHECKS", tuple((f"check_{n}", check) for n, check in enumerate(checks)))
    return run(Subject.of_text(TEXT), AROUND)


def deeper(depth: int) -> int:
    return deeper(depth + 1) + 1


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), AssertionError(), MemoryError(), RecursionError()]
)
def test_a_check_that_raises_is_a_finding_that_blocks_and_the_others_go_on(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(subject: Subject, around: Around) -> NoReturn:
        raise error

    failed, said = only(monkeypatch, fails, saying(WARN))
    assert (failed.check, failed.key, failed.severity) == ("check_0", "check_failed", BLOCK)
    assert said.severity == WARN


def test_a_check_that_calls_itself_without_end_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    (failed,) = only(monkeypatch, lambda subject, around: [deeper(0)])
    assert failed.key == "check_failed"


def test_what_a_check_found_before_it_raised_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_late(subject: Subject, around: Around) -> Iterator[Finding]:
        yield from saying(WARN)(subject, around)
        raise ValueError

    assert [finding.key for finding in only(monkeypatch, fails_late)] == [
        "check_failed",
        "term_to_reconsider",
    ]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_who_stops_the_program_stops_it(stop: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    def is_stopped(subject: Subject, around: Around) -> NoReturn:
        raise stop

    with pytest.raises(stop):
        only(monkeypatch, is_stopped)


def test_as_many_as_may_be_shown_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = only(monkeypatch, saying(*[WARN] * MOST_FINDINGS))
    assert [finding.start for finding in found] == list(range(MOST_FINDINGS))


@pytest.mark.parametrize(
    ("severities", "key", "severity", "counted"),
    [
        ([INFO] * (MOST_FINDINGS + 1), "more_findings", INFO, ("2", "0")),
        ([WARN] * MOST_FINDINGS + [INFO], "more_findings", WARN, ("2", "0")),
        ([BLOCK] * (MOST_FINDINGS - 1) + [INFO] * 3, "more_findings", INFO, ("3", "0")),
        ([INFO] * 5_000 + [BLOCK] * MOST_FINDINGS, "more_that_block", BLOCK, ("5,001", "1")),
    ],
)  # fmt: skip
def test_what_is_left_out_is_counted_and_is_as_bad_as_the_worst_of_it(
    severities: list[Severity], key: str, severity: Severity, counted: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    more, *shown = only(monkeypatch, saying(*severities))
    assert len(shown) == MOST_FINDINGS - 1
    assert (more.key, more.severity, more.passage) == (key, severity, "")
    assert (more.context["more"], more.context["blocks"]) == counted
    with translation.override("en"):
        assert counted[0] in sentence(more) and advice(more)


def test_what_must_be_mended_is_shown_before_all_else_in_the_order_of_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    severities = [INFO, WARN, BLOCK] * MOST_FINDINGS
    _more, *shown = only(monkeypatch, saying(*severities))
    assert {finding.severity for finding in shown} == {BLOCK}
    assert [finding.start for finding in shown] == [2 + 3 * turn for turn in range(MOST_FINDINGS - 1)]


def test_what_a_photo_lacks_is_said_behind_what_is_wrong_in_the_text() -> None:
    bare = content(
        headline=["来电13812345678"], body="<p>样样版。。</p>", photos=[photo(caption="", alt="", credit="")]
    )
    passages = [finding.passage for finding in run(Subject.of_content(bare), AROUND)]
    assert "photos.0.alt" in passages
    assert passages == sorted(passages, key=lambda passage: passage.startswith("photos."))


def test_a_check_that_failed_is_said_however_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = only(monkeypatch, saying(*[BLOCK] * 2_000), lambda subject, around: [deeper(0)])
    assert "check_failed" in {finding.key for finding in found}
    assert len(found) == MOST_FINDINGS


def test_five_thousand_telephone_numbers_do_not_come_through() -> None:
    found = run(Subject.of_text("电话13812345678。" * 5_000), AROUND)
    assert len(found) == MOST_FINDINGS
    assert {finding.severity for finding in found} == {BLOCK}
    assert found[0].key == "more_that_block"


def test_a_text_that_is_too_long_is_refused_with_a_sentence() -> None:
    parts = (Passage("headline", "字" * 20), Passage("body", "字" * (LONGEST - 19)))
    (refused,) = run(Subject(parts), AROUND)
    assert (refused.key, refused.severity, refused.passage) == ("text_too_long", BLOCK, "headline")


def test_too_many_fields_are_refused_with_a_sentence() -> None:
    fields = tuple(Passage(f"credits.{n}.name", "张艳") for n in range(MOST_FIELDS + 1))
    (refused,) = run(Subject(fields), AROUND)
    assert (refused.key, refused.severity) == ("too_many_fields", BLOCK)
    assert run(Subject(fields[:-1]), AROUND) == []


def test_no_text_at_all_has_nothing_to_be_found() -> None:
    assert run(Subject(()), AROUND) == []
