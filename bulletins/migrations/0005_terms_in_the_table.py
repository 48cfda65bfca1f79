"""The terms that come with the program stand in the office's table, and the database says when that table changed.

A later migration that remakes the table of terms on SQLite (most do that alter it) must call `create_triggers` again.
"""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bulletins.readiness.term_files import shipped

ACTS = ("INSERT", "UPDATE", "DELETE")
# Of all terms together: who changes some waits until whoever changed some before has finished.
ON_POSTGRESQL = """
CREATE FUNCTION bulletins_terms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bulletins_termtable (id, state) VALUES (1, gen_random_uuid()::text)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state;
    RETURN NULL;
END
$$;
CREATE TRIGGER bulletins_terms_changed BEFORE INSERT OR UPDATE OR DELETE ON bulletins_termentry
    FOR EACH STATEMENT EXECUTE FUNCTION bulletins_terms_changed()
"""
ON_SQLITE = """
CREATE TRIGGER bulletins_terms_{act} AFTER {act} ON bulletins_termentry BEGIN
    INSERT INTO bulletins_termtable (id, state) VALUES (1, lower(hex(randomblob(16))))
        ON CONFLICT (id) DO UPDATE SET state = excluded.state;
END
"""


def create_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ON_POSTGRESQL, params=None)
        return
    for act in ACTS:
        schema_editor.execute(ON_SQLITE.format(act=act), params=None)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER bulletins_terms_changed ON bulletins_termentry")
        schema_editor.execute("DROP FUNCTION bulletins_terms_changed()")
        return
    for act in ACTS:
        schema_editor.execute(f"DROP TRIGGER bulletins_terms_{act}")


def load_shipped_terms(apps: Any, schema_editor: Any) -> None:
    """Those that are not there yet, each with the first line of its history."""
    entries, records = (apps.get_model("bulletins", name) for name in ("TermEntry", "HistoricalTermEntry"))
    # `migrate` itself speaks no language, and an office reads this in its own.
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Came with the program.")
    there = set(entries.objects.values_list("match", flat=True))
    for term in shipped():
        if term.match in there:
            continue
        columns = {
            "match": term.match,
            "suggestion": term.suggestion,
            "severity": term.severity.value,
            "exceptions": "\n".join(term.exceptions),
            "note": term.note,
            "valid_from": term.valid_from,
            "valid_to": term.valid_to,
        }
        entry = entries.objects.create(**columns)
        records.objects.create(
            id=entry.pk,
            **columns,
            history_date=timezone.now(),
            history_type="+",
            history_change_reason=reason,
        )


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0004_findings_and_overrides_are_append_only")]

    operations = [
        migrations.CreateModel(
            name="TermTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=36)),
            ],
        ),
        migrations.RunPython(create_triggers, drop_triggers),
        # What an office made of these terms is its own: going back leaves them.
        migrations.RunPython(load_shipped_terms, migrations.RunPython.noop),
    ]
