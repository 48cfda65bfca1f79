"""On PostgreSQL the database itself refuses to change or delete history, whoever asks.

Writing the very same row again passes, so that fixtures can be loaded twice.
"""

from typing import Any

from django.db import migrations

UNCHANGEABLE = ("bulletins_revision", "bulletins_review", "bulletins_transition")

CREATE = """
CREATE FUNCTION bulletins_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD IS DISTINCT FROM NEW THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION bulletins_refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signed bulletins_release := NEW;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a release is withdrawn, never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    signed.public_until := OLD.public_until;
    signed.withdrawn_at := OLD.withdrawn_at;
    signed.notice := OLD.notice;
    IF OLD IS DISTINCT FROM signed THEN
        RAISE EXCEPTION 'what was released stays as it was signed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER bulletins_release_is_kept BEFORE UPDATE OR DELETE ON bulletins_release
    FOR EACH ROW EXECUTE FUNCTION bulletins_refuse_release_change();
"""

DROP = """
DROP TRIGGER bulletins_release_is_kept ON bulletins_release;
DROP FUNCTION bulletins_refuse_release_change();
"""


def create_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(CREATE, params=None)  # without parameters, a % is just a %
    for table in UNCHANGEABLE:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION bulletins_refuse_change()"
        )


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in UNCHANGEABLE:
        schema_editor.execute(f"DROP TRIGGER {table}_is_kept ON {table}")
    schema_editor.execute(DROP + "DROP FUNCTION bulletins_refuse_change();")


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
