"""The record of a proof is written once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from bulletins.models import AppendOnlyError, Proof, ProofDue
from tests.proof.conftest import Withdrawn


@pytest.mark.usefixtures("quickly")
def test_nobody_changes_what_was_written_down(story: Withdrawn) -> None:
    story.withdraw()
    proof = story.proved()
    for row, column, value in ((proof, "result", "gone"), (proof.due, "due_at", proof.ended_at)):
        model: Any = type(row)
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            row.delete()
        with pytest.raises(AppendOnlyError):
            model.objects.update(**{column: value})
    if connection.vendor == "postgresql":
        for statement in ("UPDATE {} SET article_id = article_id + 1", "DELETE FROM {}"):
            for model in (Proof, ProofDue):
                refused = pytest.raises(DatabaseError, match="append-only")
                with refused, transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement.format(model._meta.db_table))
