"""What the public search reads, and over it the index of either database: FTS5 on SQLite, GIN on PostgreSQL.

On SQLite triggers keep the index in step with the table. A later migration that lets Django make that table anew
has to make them again. Where there are releases already, `manage.py rebuild_search` enters them.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import bulletins.models.search

# `ascii` takes every character beyond ASCII as part of a token. Nothing is ranked by length, so no lengths are kept.
SQLITE = (
    """
    CREATE VIRTUAL TABLE bulletins_searchpairs USING fts5(
        tokens, content='bulletins_searchentry', content_rowid='place', tokenize='ascii', columnsize=0
    )
    """,
    """
    CREATE TRIGGER bulletins_searchentry_is_entered AFTER INSERT ON bulletins_searchentry BEGIN
        INSERT INTO bulletins_searchpairs (rowid, tokens) VALUES (new.place, new.tokens);
    END
    """,
    """
    CREATE TRIGGER bulletins_searchentry_is_removed AFTER DELETE ON bulletins_searchentry BEGIN
        INSERT INTO bulletins_searchpairs (bulletins_searchpairs, rowid, tokens)
        VALUES ('delete', old.place, old.tokens);
    END
    """,
    """
    CREATE TRIGGER bulletins_searchentry_is_kept BEFORE UPDATE ON bulletins_searchentry BEGIN
        SELECT RAISE(ABORT, 'an entry of the index is made anew, never changed');
    END
    """,
)
POSTGRESQL = (
    # What is searched is small beside the texts; kept apart, a common word is found without reading them.
    "ALTER TABLE bulletins_searchentry SET (toast_tuple_target = 256)",
    # Without a list that waits to be merged: an entry takes longer to write, and none to read.
    "CREATE INDEX searchentry_tokens ON bulletins_searchentry USING gin (tokens) WITH (fastupdate = off)",
    # How common each of millions of tokens is would take long to learn, and changes no plan.
    "ALTER TABLE bulletins_searchentry ALTER COLUMN tokens SET STATISTICS 0",
)


def make_index(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    """Indexes and triggers go with their table; the table of SQLite's index is one of its own."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE bulletins_searchpairs")


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0005_terms_in_the_table")]

    operations = [
        migrations.CreateModel(
            name="SearchRebuild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="bulletins.release",
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("shelves", models.TextField()),
                ("head", models.TextField()),
                ("text", models.TextField()),
                ("tokens", bulletins.models.search.TokensField()),
            ],
        ),
        migrations.RunPython(make_index, drop_index),
    ]
