"""A log that is whole is found whole; whatever is deleted, altered or put elsewhere is found and named."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bulletins.models import LogEntry, LogHead, Stage, Transition
from bulletins.records import entering
from bulletins.records.verifying import Log, altered_texts, faults
from tests.factories import Newsroom
from tests.records.conftest import columns

Tamper = Callable[..., None]
ENTRY, STEP = "bulletins_logentry", "bulletins_transition"


@pytest.fixture(autouse=True)
def story(newsroom: Newsroom) -> None:
    newsroom.at_stage(Stage.SETTLED)


def found() -> list[tuple[str, int]]:
    return [(fault.key, fault.place) for fault in faults(Log())]


def end() -> int:
    return LogHead.objects.get().sequence


def verified(*arguments: str) -> tuple[int, str, str]:
    """The code it ends with, and what it says on either channel."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_log", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_log_that_is_whole_is_found_whole_and_its_last_hash_is_told() -> None:
    code, out, err = verified()
    assert (code, err) == (0, "")
    assert "日志完整" in out and LogHead.objects.get().hash in out


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_deleted_entry_is_named(tamper: Tamper, which: str) -> None:
    number = {"first": 1, "middle": 5, "last": end()}[which]
    entry = LogEntry.objects.get(pk=number)
    tamper(f"DELETE FROM {ENTRY} WHERE sequence = {number}")
    untold = [("step_untold", entry.transition)] if entry.transition else []
    assert found() == [("missing", number), *untold]
    code, _out, err = verified()
    assert code == 1 and f"缺少第 {number} 条" in err


def test_the_last_entry_deleted_together_with_the_head_is_found_by_what_it_told(tamper: Tamper) -> None:
    before = LogEntry.objects.get(pk=end() - 1)
    gone = LogEntry.objects.get(pk=end())
    tamper(f"DELETE FROM {ENTRY} WHERE sequence = {end()}")
    LogHead.objects.update(sequence=before.sequence, hash=before.hash)
    assert found() == [("step_untold", gone.transition)]


@pytest.mark.parametrize(
    "column", sorted({f.attname for f in LogEntry._meta.fields} - {"sequence", "transition"})
)
def test_an_altered_entry_is_named_whichever_column_it_is(tamper: Tamper, column: str) -> None:
    other = {"at": "'2001-01-01 00:00:00+00:00'", "actor_id": "NULL"}.get(column, "'x'")
    number = LogEntry.objects.filter(actor__isnull=False).earliest("sequence").pk
    tamper(f"UPDATE {ENTRY} SET {column} = {other} WHERE sequence = {number}")
    assert ("altered", number) in found()
    code, _out, err = verified()
    assert code == 1 and f"第 {number} 条被改动" in err


def test_an_entry_that_was_altered_together_with_its_hash_is_found_by_the_next(tamper: Tamper) -> None:
    entry = LogEntry.objects.get(pk=5)
    entry.about = "别人"
    tamper(f"UPDATE {ENTRY} SET about = '别人', hash = '{entry.seal()}' WHERE sequence = 5")
    assert found() == [("replaced", 6)]


def test_reordered_entries_are_named(tamper: Tamper) -> None:
    tamper(
        f"UPDATE {ENTRY} SET sequence = 0 WHERE sequence = 4",
        f"UPDATE {ENTRY} SET sequence = 4 WHERE sequence = 7",
        f"UPDATE {ENTRY} SET sequence = 7 WHERE sequence = 0",
    )
    assert [one for one in found() if one[0] == "reordered"] == [("reordered", 4), ("reordered", 7)]
    code, _out, err = verified()
    assert code == 1 and "第 4 条的位置上是第 7 条" in err


def test_an_entry_that_was_slipped_in_is_found(tamper: Tamper) -> None:
    last = LogEntry.objects.get(pk=end())
    forged = LogEntry(**(columns(last) | {"sequence": end() + 1, "before": last.hash, "transition": None}))
    forged.hash = forged.seal()
    forged.save()
    assert found() == [("other_head", last.sequence)]


def test_a_step_that_was_deleted_altered_or_added_past_the_workflow_is_named(
    newsroom: Newsroom, tamper: Tamper
) -> None:
    steps = list(Transition.objects.order_by("pk"))
    tamper(f"UPDATE {STEP} SET reason = 'x' WHERE id = {steps[0].pk}", table=STEP)
    tamper(f"UPDATE {STEP} SET actor_id = {newsroom.auditor.pk} WHERE id = {steps[1].pk}", table=STEP)
    Transition.objects.create(
        article=steps[0].article, verb="pass", actor=newsroom.chief, at=steps[0].at, to_stage="approved"
    )
    added = Transition.objects.latest("pk")
    with connection.constraint_checks_disabled():
        tamper(
            f"DELETE FROM bulletins_notedfinding WHERE transition_id = {steps[2].pk}",
            table="bulletins_notedfinding",
        )
        tamper(f"DELETE FROM {STEP} WHERE id = {steps[2].pk}", table=STEP)
    assert found() == [
        ("step_altered", steps[0].pk),
        ("step_altered", steps[1].pk),
        ("step_gone", steps[2].pk),
        ("step_untold", added.pk),
    ]
    assert verified()[0] == 1


def test_two_steps_that_changed_places_are_named(tamper: Tamper) -> None:
    one, other = Transition.objects.order_by("pk")[:2]
    told = {one.pk: (other.verb, other.to_stage), other.pk: (one.verb, one.to_stage)}
    for key, (verb, stage) in told.items():
        tamper(f"UPDATE {STEP} SET verb = '{verb}', to_stage = '{stage}' WHERE id = {key}", table=STEP)
    assert found() == [("step_altered", one.pk), ("step_altered", other.pk)]


def test_a_hash_of_the_text_that_was_altered_is_found_and_so_is_the_text(tamper: Tamper) -> None:
    tamper("UPDATE bulletins_revision SET content = '{}'", table="bulletins_revision")
    assert found() == [] and [fault.key for fault in altered_texts()] == ["text_altered"]
    assert verified("--texts")[0] == 1
    tamper("UPDATE bulletins_revision SET content_hash = 'x'", table="bulletins_revision")
    assert {key for key, _place in found()} == {"step_altered"}


def test_a_noted_hash_is_found_again_until_the_log_is_rewritten(newsroom: Newsroom, tamper: Tamper) -> None:
    noted, number = LogHead.objects.get().hash, end()
    newsroom.draft()
    code, out, _err = verified("--expect", f" {noted.upper()} ")
    assert code == 0 and f"第 {number} 条" in out
    # Whoever owns the database writes the whole chain anew from an entry that was changed: it is whole in itself.
    entries = list(LogEntry.objects.order_by("sequence"))
    entries[2].about, before = "别人", ""
    for entry in entries:
        entry.before, before = before, ""
        entry.hash = before = entry.seal()
        tamper(
            f"UPDATE {ENTRY} SET about = '{entry.about}', before = '{entry.before}', hash = '{entry.hash}' "
            f"WHERE sequence = {entry.sequence}"
        )
    LogHead.objects.update(hash=before)
    assert verified()[0] == 0
    code, _out, err = verified("--expect", noted)
    assert code == 1 and "改写" in err
    with pytest.raises(CommandError):
        call_command("verify_log", "--expect", "no hash")


def test_what_was_there_before_the_log_is_entered_when_it_begins(tamper: Tamper) -> None:
    tamper(f"DELETE FROM {ENTRY}")
    LogHead.objects.all().delete()
    entering.begin()
    assert LogEntry.objects.earliest("sequence").what == "begun"
    assert LogEntry.objects.filter(transition__isnull=False).count() == Transition.objects.count()
    assert found() == []
    number = end()
    entering.begin()
    assert end() == number


def test_it_reads_as_it_goes_whatever_the_number_of_entries(monkeypatch: Any) -> None:
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr("bulletins.records.verifying.CHUNK", 2)
    assert list(faults(Log(), progress=lambda done, number: seen.append((done, number)))) == []
    assert len(seen) > 10 and seen[-1] == (2 * end(), 2 * end()) and seen == sorted(seen)
