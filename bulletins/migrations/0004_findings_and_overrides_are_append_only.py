"""On PostgreSQL the database itself refuses to change or delete what was found, and what was overridden."""

from typing import Any

from django.db import migrations

UNCHANGEABLE = ("bulletins_notedfinding", "bulletins_override")


def create_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
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


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0003_checks_before_publication")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
