"""PostgreSQL asks the index era by era: what is entered already gets the token of its own.

Texts stand in their row again where they are short enough. Kept apart, a common word was found without reading them; now
only the rows of an era are read, and whether a phrase stands in a text is seen without looking for the text elsewhere.
"""

from typing import Any

from django.db import migrations

ENTER_ERAS = (
    "ALTER TABLE bulletins_searchentry RESET (toast_tuple_target)",
    "UPDATE bulletins_searchentry SET text = text || '', tokens = tokens || ('era／' || (place >> 51))",
)
LEAVE_ERAS = ("ALTER TABLE bulletins_searchentry SET (toast_tuple_target = 256)",)


def on_postgresql(statements: tuple[str, ...]) -> Any:
    def work(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return work


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0012_focus_of_photos")]

    operations = [migrations.RunPython(on_postgresql(ENTER_ERAS), on_postgresql(LEAVE_ERAS))]
