"""The log of the house, which no one changes: on PostgreSQL the database itself refuses, as with the other histories."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("log", "the log itself"), ("sign_in", "sign-ins"), ("role", "role"), ("person", "person"), ("unit", "unit"),
    ("setting", "setting"), ("article", "article"),
]  # fmt: skip


def create_trigger(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER bulletins_logentry_is_kept BEFORE UPDATE OR DELETE ON bulletins_logentry "
            "FOR EACH ROW EXECUTE FUNCTION bulletins_refuse_change()"
        )


def drop_trigger(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER bulletins_logentry_is_kept ON bulletins_logentry")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("bulletins", "0019_correction_and_proof_of_withdrawal"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.BigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="entry")),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                ("kind", models.CharField(choices=KINDS, max_length=10, verbose_name="kind")),
                ("what", models.CharField(max_length=30, verbose_name="what")),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="who")),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="about what")),
                ("number", models.CharField(blank=True, max_length=24, verbose_name="article")),
                ("details", models.TextField(default="{}", verbose_name="details")),
                ("transition", models.BigIntegerField(blank=True, null=True, unique=True)),
                ("before", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "log entry",
                "verbose_name_plural": "log",
                "ordering": ["sequence"],
                "indexes": [
                    models.Index(fields=["kind", "-sequence"], name="log_of_kind"),
                    models.Index(fields=["actor", "-sequence"], name="log_of_person"),
                    models.Index(fields=["number", "-sequence"], name="log_of_article"),
                    models.Index(fields=["about", "-sequence"], name="log_about"),
                ],
            },
        ),
        migrations.RunPython(create_trigger, drop_trigger),
    ]
