"""Remarks, answers, preview links and their ends are written once, and each says what it has to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bulletins.models import AppendOnlyError, Deed, PreviewEnding, PreviewLink, Remark, RemarkReply
from tests.factories import Newsroom
from tests.workflow.states import NOW

KEPT = {Remark: "text", RemarkReply: "text", PreviewLink: "seed", PreviewEnding: "at"}


@pytest.fixture(autouse=True)
def rows(newsroom: Newsroom) -> dict[Any, Any]:
    article, by = newsroom.draft(at=NOW), {"by": newsroom.chief, "at": NOW}
    revision = article.revisions.get()
    remark = Remark.objects.create(article=article, revision=revision, text="请核实", ticket="1", **by)
    link = PreviewLink.objects.create(
        revision=revision,
        token_hash="0",
        seed="1",
        made_by=newsroom.chief,
        made_at=NOW,
        until=NOW + timedelta(1),
    )
    return {
        Remark: remark,
        RemarkReply: RemarkReply.objects.create(remark=remark, deed=Deed.ANSWER, text="好", ticket="1", **by),
        PreviewLink: link,
        PreviewEnding: PreviewEnding.objects.create(link=link, **by),
    }


@pytest.mark.parametrize("model", KEPT)
def test_nothing_of_it_is_changed_or_deleted(rows: dict[Any, Any], model: Any) -> None:
    row, table = rows[model], model._meta.db_table
    for attempt in (row.save, row.delete, model.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            attempt()
    with pytest.raises(AppendOnlyError):
        model.objects.update(**{KEPT[model]: getattr(row, KEPT[model])})
    if connection.vendor == "postgresql":
        value = "'2001-01-01T00:00:00+00:00'" if model is PreviewEnding else "'x'"
        for statement in (f"UPDATE {table} SET {KEPT[model]} = {value}", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    assert model.objects.get() == row


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Remark, {"text": "", "ticket": "2"}),
        (Remark, {"field": "body", "ticket": "2"}),
        (Remark, {"quote": "民警", "ticket": "2"}),
        (Remark, {}),  # the same ticket again
        (RemarkReply, {"text": "", "ticket": "2"}),
        (RemarkReply, {}),
        (PreviewLink, {"token_hash": "1", "until": NOW}),
        (PreviewLink, {}),  # the same token again
        (PreviewEnding, {}),  # a second end
    ],
)
def test_the_database_takes_nothing_that_makes_no_sense(
    rows: dict[Any, Any], model: Any, fields: dict[str, Any]
) -> None:
    known = {field.attname: getattr(rows[model], field.attname) for field in model._meta.fields} | {
        "id": None
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**(known | fields))
