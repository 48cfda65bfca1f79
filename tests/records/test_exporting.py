"""The log as a file: by period, line by line, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from bulletins.models import LogEntry, LogHead
from bulletins.records.exporting import in_period, lines
from tests.factories import Newsroom, make_user
from tests.records.conftest import columns


def exported(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_log", *arguments, stdout=out)
    return out.getvalue()


def test_whoever_has_the_file_alone_can_prove_the_chain(newsroom: Newsroom) -> None:
    newsroom.submitted()
    before = ""
    for line in exported().splitlines():
        told = json.loads(line)
        sealed = told.pop("hash")
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert told["before"] == before
        assert sealed == hashlib.sha256(text.encode()).hexdigest()
        before = sealed
    assert before == LogHead.objects.get().hash


def test_in_the_table_nothing_becomes_a_formula(newsroom: Newsroom) -> None:
    make_user(name="=cmd|' /C calc'!A0", username="@sum")
    rows = list(csv.reader(io.StringIO(exported("--format", "csv").removeprefix("\ufeff"))))
    assert len(rows) == LogEntry.objects.count() + 1
    assert any(cell.startswith("'=cmd") for cell in rows[-1])
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_period_has_the_days_that_bound_it_and_no_others(newsroom: Newsroom) -> None:
    first = LogEntry.objects.earliest("sequence")
    numbers = [1, 2, 3, 4]
    days = ["2031-01-01T15:59:59", "2031-01-01T16:00:00", "2031-01-02T15:59:59", "2031-01-02T16:00:00"]
    head = LogHead.objects.get()
    for day in days:  # in Shanghai: the last second of the first day, the whole second day, the third
        head.sequence += 1
        LogEntry(
            **(columns(first) | {"sequence": head.sequence, "at": f"{day}+00:00", "transition": None})
        ).save()
    later = [head.sequence - 4 + n for n in numbers]

    def of(since: date | None, until: date | None) -> list[int]:
        return list(in_period(LogEntry.objects.all(), since, until).values_list("sequence", flat=True))

    assert of(date(2031, 1, 2), date(2031, 1, 2)) == later[1:3]
    assert of(date(2031, 1, 3), None) == later[3:]
    assert of(date(2031, 1, 4), None) == []
    assert of(None, date(2031, 1, 1))[-1] == later[0]
    assert of(None, date.max)[-1] == later[3]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_it_is_written_as_it_is_read(newsroom: Newsroom, form: str) -> None:
    written = lines(LogEntry.objects.all(), form)
    first = next(written)
    assert first.startswith("\ufeff序号," if form == "csv" else '{"about"')
