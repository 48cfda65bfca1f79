"""Correction notes, and the proofs of withdrawals, which no database lets anybody change that can refuse it."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


UNCHANGEABLE = ("bulletins_proofdue", "bulletins_proof")


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
    dependencies = [
        ("bulletins", "0018_remarks_and_previews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="correction",
            field=models.TextField(
                blank=True,
                help_text="What was wrong and is right now. Readers see it, with the day on which this text becomes public.",
                max_length=500,
                verbose_name="correction",
            ),
        ),
        migrations.CreateModel(
            name="ProofDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs_due",
                        to="bulletins.article",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "transition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs_due",
                        to="bulletins.transition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("gone", "nothing shows it any more"),
                            ("shown", "it is still shown"),
                            ("unanswered", "not everything could be asked"),
                            ("public_again", "it is public again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("site", models.CharField(blank=True, max_length=120)),
                ("looked_for", models.JSONField(default=list)),
                ("elsewhere", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=list)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="bulletins.article",
                    ),
                ),
                (
                    "due",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proof",
                        to="bulletins.proofdue",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="proofdue",
            index=models.Index(fields=["due_at"], name="proof_due"),
        ),
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(fields=["article", "-id"], name="proof_of_article"),
        ),
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(
                condition=models.Q(("result__in", ["shown", "unanswered"])),
                fields=["result"],
                name="proof_alarming",
            ),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
