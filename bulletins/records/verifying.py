"""Whether the log is whole, and whether the steps of articles are those that it tells of. Reads row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from bulletins.models import Revision, Transition
from bulletins.models.log import LogEntry, LogHead
from bulletins.models.revision import hash_of
from bulletins.records.entering import digest_of, steps

CHUNK = 2000
# Of so many entries that were tampered with it is asked whether they only changed places.
MOST_COMPARED = 200

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written; `key` is its kind, `place` where (an entry's number, a step's key)."""

    key: str
    place: int
    sentence: str


@dataclass
class Log:
    """What a reading of the log found, besides its faults."""

    entries: int = 0
    steps: int = 0
    hash: str = ""
    # The number of the entry whose hash was noted elsewhere; 0 if none has it.
    expected: int = 0


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within it was so at one moment, while the house goes on working."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not `atomic`, which would take the right to write from everybody else.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def faults(log: Log, *, expect: str = "", progress: Progress = lambda done, number: None) -> Iterator[Fault]:
    """Every fault, with `log` filled in on the way. Twice through the log: by its chain, and beside the steps."""
    with one_moment():
        head = LogHead.objects.filter(pk=LogHead.ONLY).first()
        number = 2 * (head.sequence if head else 0)
        yield from _chain(log, head, expect, lambda: progress(min(log.entries, number), number))
        yield from _steps(log, lambda: progress(min(log.entries + log.steps, number), number))
        progress(number, number)


def _chain(log: Log, head: LogHead | None, expect: str, progress: Callable[[], None]) -> Iterator[Fault]:
    last = 0
    tampered: list[LogEntry] = []
    for entry in LogEntry.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        if entry.sequence != last + 1:
            yield _missing(last + 1, entry.sequence - 1)
        if entry.seal() != entry.hash:
            if len(tampered) < MOST_COMPARED:
                tampered.append(entry)
            else:
                yield _altered(entry)
        elif entry.sequence == last + 1 and entry.before != log.hash:
            yield Fault(
                "replaced",
                entry.sequence,
                _("Entry %(number)s does not go with the one before it: that one was replaced.")
                % {"number": entry.sequence},
            )
        elif entry.hash == expect:
            log.expected = entry.sequence
        last, log.hash = entry.sequence, entry.hash
        log.entries += 1
        if log.entries % CHUNK == 0:
            progress()
    yield from _told_apart(tampered)
    yield from _end(log, head, last)


def _missing(first: int, last: int) -> Fault:
    said = (
        _("Entry %(number)s is missing.")
        if first == last
        else _("Entries %(number)s to %(last)s are missing.")
    )
    return Fault("missing", first, said % {"number": first, "last": last})


def _altered(entry: LogEntry) -> Fault:
    return Fault("altered", entry.sequence, _("Entry %(number)s was altered.") % {"number": entry.sequence})


def _told_apart(tampered: list[LogEntry]) -> Iterator[Fault]:
    """An entry that would be right in the place of another one was moved; any other was altered."""
    places = [entry.sequence for entry in tampered]
    for entry in tampered:
        sealed = entry.sealed()
        was = next((place for place in places if hash_of(sealed | {"sequence": place}) == entry.hash), None)
        if was is None:
            yield _altered(entry)
            continue
        said = _("Entries were reordered: in the place of %(number)s stands entry %(was)s.")
        yield Fault("reordered", entry.sequence, said % {"number": entry.sequence, "was": was})


def _end(log: Log, head: LogHead | None, last: int) -> Iterator[Fault]:
    if head is None:
        if log.entries:
            yield Fault("no_head", 0, _("The row that says where the log ends is missing."))
    elif head.sequence > last:
        yield _missing(last + 1, head.sequence)
    elif (head.sequence, head.hash) != (last, log.hash):
        yield Fault(
            "other_head",
            head.sequence,
            _("The log ends with entry %(last)s, but its head says %(number)s.")
            % {"last": last, "number": head.sequence},
        )


def _steps(log: Log, progress: Callable[[], None]) -> Iterator[Fault]:
    """Beside each other, both by the key of the step: what is written in the log, and what the table of steps says."""
    told = (
        LogEntry.objects.filter(transition__isnull=False)
        .order_by("transition")
        .values_list("transition", "sequence", "number", "details")
        .iterator(chunk_size=CHUNK)
    )
    line = next(told, None)
    for step in steps().iterator(chunk_size=CHUNK):
        while line and line[0] < step.pk:
            yield _gone(line)
            line = next(told, None)
        if line is None or line[0] != step.pk:
            yield _untold(step)
        else:
            if _digest_in(line[3]) != digest_of(step):
                yield _step_altered(step, line[1])
            line = next(told, None)
        log.steps += 1
        if log.steps % CHUNK == 0:
            progress()
    while line:
        yield _gone(line)
        line = next(told, None)


def _digest_in(details: str) -> Any:
    try:
        return json.loads(details).get("digest")
    except (ValueError, AttributeError):  # it was altered, which is said of the entry
        return None


def _gone(line: tuple[int, int, str, str]) -> Fault:
    said = _("Step %(step)s of %(article)s, told in entry %(number)s, was deleted.")
    return Fault("step_gone", line[0], said % {"step": line[0], "article": line[2], "number": line[1]})


def _untold(step: Transition) -> Fault:
    said = _("Step %(step)s of %(article)s (%(verb)s) stands in no entry.")
    return Fault(
        "step_untold", step.pk, said % {"step": step.pk, "article": step.article.number, "verb": step.verb}
    )


def _step_altered(step: Transition, number: int) -> Fault:
    said = _("Step %(step)s of %(article)s is not as entry %(number)s tells it.")
    return Fault(
        "step_altered", step.pk, said % {"step": step.pk, "article": step.article.number, "number": number}
    )


def altered_texts() -> Iterator[Fault]:
    """Versions whose text is not the one that their hash names. Reads every text that was ever saved."""
    texts = Revision.objects.select_related("article").only(
        "article__number", "number", "content", "content_hash"
    )
    for revision in texts.order_by("pk").iterator(chunk_size=100):
        if hash_of(revision.content) != revision.content_hash:
            said = _("The text of %(article)s, version %(version)s, is not the one that its hash names.")
            names = {"article": revision.article.number, "version": revision.number}
            yield Fault("text_altered", revision.pk, said % names)
