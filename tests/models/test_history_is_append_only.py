"""Revisions, reviews and transitions are written once; of a release only its end and its withdrawal may change."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from bulletins import arranging, workflow
from bulletins.models import (
    AppendOnlyError,
    Arranged,
    Article,
    NotedFinding,
    Override,
    Release,
    Review,
    Revision,
    Stage,
    Transition,
)
from tests.factories import Newsroom
from tests.workflow.states import a_finding

HISTORY = [Revision, Review, Transition, NotedFinding, Override, Arranged]
# A column of each that somebody might want to touch up.
COLUMN = {
    Revision: "content_hash",
    Review: "reason",
    Transition: "reason",
    NotedFinding: "severity",
    Override: "reason",
    Arranged: "stage",
    Release: "content_hash",
}
everything = pytest.mark.parametrize("model", [*HISTORY, Release])


@pytest.fixture(autouse=True)
def released(newsroom: Newsroom) -> Release:
    article = newsroom.at_stage(Stage.FINAL_REVIEW)
    workflow.perform(
        "override", article, actor=newsroom.desk_editor, finding=a_finding(article), reason="无专栏"
    )
    arranging.claim(article, actor=newsroom.chief, seen_stage=article.stage)
    workflow.perform("pass", article, actor=newsroom.chief)
    workflow.perform("release", article, actor=newsroom.chief)
    return article.releases.get()


def first(model: Any) -> Any:
    return model.objects.order_by("pk").first()


def rows(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


@everything
def test_a_saved_row_cannot_be_saved_again(model: Any) -> None:
    row = first(model)
    setattr(row, COLUMN[model], "touched up")
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.save(update_fields=[COLUMN[model]])


@everything
def test_a_row_cannot_be_deleted(model: Any) -> None:
    with pytest.raises(AppendOnlyError):
        first(model).delete()
    with pytest.raises(AppendOnlyError):
        model.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        model.objects.filter(pk=first(model).pk).delete()


@everything
def test_rows_cannot_be_changed_in_bulk(model: Any) -> None:
    column, row = COLUMN[model], first(model)
    with pytest.raises(AppendOnlyError):
        model.objects.update(**{column: "touched up"})
    with pytest.raises(AppendOnlyError):
        model.objects.bulk_update([row], [column])
    with pytest.raises(AppendOnlyError):
        model.objects.bulk_create([row], update_conflicts=True, update_fields=[column], unique_fields=["id"])
    with pytest.raises(AppendOnlyError):
        model.objects.update_or_create(pk=row.pk, defaults={column: "touched up"})


@everything
def test_rows_cannot_be_changed_through_what_they_hang_on(model: Any, released: Release) -> None:
    related = {
        Revision: released.article.revisions,
        Review: released.article.reviews,
        Transition: released.article.transitions,
        NotedFinding: released.article.transitions.get(verb="release").findings,
        Override: released.article.overrides,
        Arranged: released.article.arranged,
        Release: released.article.releases,
    }[model]
    with pytest.raises(AppendOnlyError):
        related.update(**{COLUMN[model]: "touched up"})
    with pytest.raises(AppendOnlyError):
        related.all().delete()


@everything
def test_a_new_object_under_an_old_key_does_not_replace_the_old_row(model: Any) -> None:
    before = rows(model)
    impostor = model(**{field.attname: getattr(first(model), field.attname) for field in model._meta.fields})
    setattr(impostor, COLUMN[model], "touched up")
    with pytest.raises(DatabaseError), transaction.atomic():
        impostor.save()
    assert rows(model) == before


def test_an_article_with_a_history_cannot_be_deleted(released: Release) -> None:
    with pytest.raises(models.ProtectedError):
        released.article.delete()
    with pytest.raises(models.ProtectedError):
        Article.objects.all().delete()


def test_somebody_whom_the_history_names_cannot_be_deleted(newsroom: Newsroom) -> None:
    with pytest.raises(models.ProtectedError):
        newsroom.desk_editor.delete()


def test_of_a_release_the_end_and_the_withdrawal_may_change(released: Release) -> None:
    released.withdrawn_at, released.notice = timezone.now(), "已撤下"
    released.save(update_fields=["withdrawn_at", "notice"])
    Release.objects.filter(pk=released.pk).update(public_until=timezone.now())
    assert rows(Release)[0]["notice"] == "已撤下"
    assert rows(Release)[0]["public_until"] is not None


def write_past_the_models(statement: str, *values: Any) -> bool:
    """Whether the database itself let somebody write who comes with SQL."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        assert "append-only" in str(error) or "signed" in str(error) or "never deleted" in str(error)
        return False
    return True


# SQLite has no triggers of ours: it is one file, and whoever can write it can replace it.
GUARDED = {"postgresql": True, "sqlite": False}


@everything
def test_on_postgresql_the_database_refuses_to_change_a_row(model: Any) -> None:
    table, column = model._meta.db_table, COLUMN[model]
    assert write_past_the_models(f"UPDATE {table} SET {column} = 'x'") != GUARDED[connection.vendor]


SIGNED = sorted(
    {str(field.column) for field in Release._meta.fields} - {"public_until", "withdrawn_at", "notice", "id"}
)
# What to write into a column so that it differs and no other constraint speaks up first.
OTHERWISE = {
    "article_id": "article_id + 100000",
    "revision_id": "revision_id + 100000",
    "unit_id": "unit_id + 100000",
    "sequence": "sequence + 1",
    "content": "'{}'",
    "date_is_approximate": "NOT date_is_approximate",
    "published_at": "'2001-01-01T00:00:00+00:00'",
    "public_from": "'2001-01-01T00:00:00+00:00'",
}


@pytest.mark.parametrize("column", SIGNED)
def test_no_signed_column_of_a_release_can_be_changed(column: str) -> None:
    before = rows(Release)
    with pytest.raises(AppendOnlyError):
        Release.objects.update(**{column: before[0][column]})
    if connection.vendor == "postgresql":
        value = OTHERWISE.get(column, "'x'")
        assert not write_past_the_models(f"UPDATE bulletins_release SET {column} = {value}")
    assert rows(Release) == before


@everything
def test_on_postgresql_the_database_refuses_to_delete_a_row(model: Any) -> None:
    table, last = model._meta.db_table, model.objects.order_by("pk").last()
    if connection.vendor == "postgresql":
        assert not write_past_the_models(f"DELETE FROM {table} WHERE id = %s", last.pk)
    else:
        with pytest.raises(AppendOnlyError):
            last.delete()
    assert model.objects.filter(pk=last.pk).exists()


def test_the_database_lets_a_release_end_and_be_withdrawn(released: Release) -> None:
    end = timezone.now()
    assert write_past_the_models(
        "UPDATE bulletins_release SET public_until = %s, withdrawn_at = %s, notice = %s", end, end, "已撤下"
    )


def test_the_database_takes_the_same_row_again_as_fixtures_write_it(released: Release) -> None:
    for model in (*HISTORY, Release):
        row = first(model)
        row.save_base(raw=True)
        assert rows(model)[0]["id"] == row.pk
