"""What is entered in the log of a step, of a change of what the office keeps, and of a sign-in. Called by subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation

from accounts.models import Correspondent, Membership, User
from bulletins.models import Transition
from bulletins.models.log import BATCH, LogEntry, LogKind, canonical, instant
from bulletins.models.revision import hash_of
from units.models import Unit
from units.telling import Changed

KINDS: dict[type[models.Model], LogKind] = {
    Membership: LogKind.ROLE,
    User: LogKind.PERSON,
    Correspondent: LogKind.PERSON,
    Unit: LogKind.UNIT,
}
ACTS = {"+": "added", "~": "changed", "-": "removed"}
# Nobody audits an address of mail, and nothing in the log can ever be taken out of it.
UNTOLD = frozenset({"email"})
LONGEST = 200


def named(user: Any) -> str:
    return f"{user.name}（{user.username}）"[:LONGEST] if user is not None and user.pk else ""


def entry(kind: LogKind, what: str, *, by: User | None, **columns: Any) -> LogEntry:
    details = canonical(columns.pop("details", {}))
    actor = by if by is not None and by.pk else None
    return LogEntry(kind=kind, what=what, actor=actor, who=named(by), details=details, **columns)


# --- Steps of articles -----------------------------------------------------------------------------------------------


def digest_of(step: Transition) -> str:
    """SHA-256 of the row of a step, and through the hash of its version of the text that was judged."""
    revision, release = step.revision, step.release
    return hash_of(
        {
            "id": step.pk,
            "article": [step.article_id, step.article.number],
            "verb": step.verb,
            "actor": step.actor_id,
            "at": instant(step.at),
            "stages": [step.from_stage, step.to_stage],
            "reason": [step.reason_code, step.reason],
            "revision": [revision.pk, revision.number, revision.content_hash] if revision else None,
            "release": [release.pk, release.sequence, release.content_hash] if release else None,
        }
    )


def steps() -> models.QuerySet[Transition]:
    """All that `digest_of` reads, in the order of their keys, without the texts."""
    return (
        Transition.objects.select_related("article", "actor", "revision", "release")
        .only(
            "article__number", "verb", "actor__name", "actor__username", "at", "from_stage", "to_stage", "reason",
            "reason_code", "revision__number", "revision__content_hash", "release__sequence", "release__content_hash",
        )
        .order_by("pk")
    )  # fmt: skip


def _of_step(step: Transition, *, was_there: bool = False) -> LogEntry:
    """Numbers and names only, never the text nor the reason: they stand in the step, whose digest is here."""
    details = {
        "at": instant(step.at),
        "from": step.from_stage,
        "to": step.to_stage,
        "revision": step.revision.number if step.revision else None,
        "content_hash": step.revision.content_hash if step.revision else None,
        "release": step.release.sequence if step.release else None,
        "digest": digest_of(step),
    } | ({"was_there": True} if was_there else {})
    return entry(
        LogKind.ARTICLE,
        step.verb,
        by=step.actor,
        about=step.article.number,
        number=step.article.number,
        details=details,
        transition=step.pk,
    )


def step_was_taken(step: Transition) -> None:
    LogEntry.objects.append([_of_step(step)])


def steps_were_there(found: models.QuerySet[Transition]) -> int:
    """Enter what came past the workflow (a fixture, the time before the log); what is entered already is not twice."""
    entered = LogEntry.objects.filter(transition=models.OuterRef("pk"))
    missing = found.filter(~models.Exists(entered))
    count = 0
    batch: list[LogEntry] = []
    for step in missing.iterator(chunk_size=BATCH):
        batch.append(_of_step(step, was_there=True))
        if len(batch) == BATCH:
            LogEntry.objects.append(batch)
            count, batch = count + len(batch), []
    LogEntry.objects.append(batch)
    return count + len(batch)


def fixtures_were_loaded(names: Iterable[str], count: int) -> None:
    """What a fixture holds of people and settings is written past them: that it was loaded is told instead."""
    said = "、".join(str(name).rpartition("/")[2] for name in names)[:LONGEST]
    LogEntry.objects.append([entry(LogKind.LOG, "loaded", by=None, about=said, details={"things": count})])


@transaction.atomic
def begin() -> None:
    """The first entry, and one for every step that was taken before there was a log."""
    if LogEntry.objects.exists():
        return
    LogEntry.objects.append([entry(LogKind.LOG, "begun", by=None)])
    steps_were_there(steps())


# --- What the office keeps -------------------------------------------------------------------------------------------


def _value(record: Any, instance: models.Model, column: Any) -> Any:
    """As JSON can say it; what it points at by its name."""
    value = getattr(record, column.attname)
    if column.is_relation and value is not None:
        same = getattr(instance, column.attname) == value
        target = getattr(instance, column.name) if same else None
        target = target or column.related_model._base_manager.filter(pk=value).first()
        return str(target)[:LONGEST] if target else f"#{value}"
    if isinstance(value, str):
        return value[:LONGEST]
    return value if value is None or isinstance(value, bool | int | list) else str(value)


def _changes(record: Any, instance: models.Model) -> dict[str, Any]:
    """`changed`: each column with what it was and is; or, of a first or last record, `set`: whatever is set."""
    columns = [column for column in record.tracked_fields if not column.primary_key]
    before = record.prev_record if record.history_type == "~" else None
    found: dict[str, Any] = {}
    for column in columns:
        new = getattr(record, column.attname)
        if before is not None and getattr(before, column.attname) == new:
            continue
        if before is None and new in (None, "", []):
            continue
        if column.name in UNTOLD:
            found[column.name] = None
        elif before is not None:
            found[column.name] = [_value(before, instance, column), _value(record, instance, column)]
        else:
            found[column.name] = _value(record, instance, column)
    return {"set" if before is None else "changed": found}


def _called(instance: models.Model) -> str:
    try:
        return str(instance)
    except (TypeError, ValueError):  # made with a text where a day belongs: as it is once it is read back
        return str(type(instance)._base_manager.get(pk=instance.pk))


def _of_change(record: Any, instance: models.Model) -> LogEntry:
    model = type(instance)
    with translation.override(settings.LANGUAGE_CODE):  # the log has one language, whoever writes it
        about = named(instance.user) if isinstance(instance, Membership) else _called(instance)
        changes = _changes(record, instance)
    what = ACTS[record.history_type]
    if isinstance(instance, User) and changes == {"changed": {}}:
        what = "password_set"
    return entry(
        KINDS.get(model, LogKind.SETTING),
        what,
        by=record.history_user,
        about=about[:LONGEST],
        details={"model": model._meta.label_lower, "id": record.id} | changes,
    )


def kept_things_changed(changes: Iterable[Changed]) -> None:
    LogEntry.objects.append(_of_change(record, instance) for record, instance in changes)


def list_was_taken_in(model: type[models.Model], *, by: User | None, name: str, **counts: int) -> None:
    """A whole list at once: how much it changed. The lines themselves stand in the history of each thing."""
    details = {"model": model._meta.label_lower, "counts": counts}
    LogEntry.objects.append(
        [entry(LogKind.SETTING, "list_taken_in", by=by, about=name[:LONGEST], details=details)]
    )


# --- Sign-ins --------------------------------------------------------------------------------------------------------


def signed(what: str, *, by: User | None, address: str, about: str = "") -> None:
    LogEntry.objects.append([entry(LogKind.SIGN_IN, what, by=by, about=about, details={"address": address})])


def sign_in_failed(typed: Any, *, address: str) -> None:
    """Whose account it was, if there is such an account; nothing of what was typed else: it may be a password."""
    is_name = isinstance(typed, str) and 0 < len(typed) <= 150 and "\0" not in typed
    known = User.objects.filter(username=typed).only("name", "username").first() if is_name else None
    signed("sign_in_failed", by=None, address=address, about=named(known))
