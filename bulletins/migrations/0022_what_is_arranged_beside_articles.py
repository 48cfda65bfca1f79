"""What is arranged about articles, and who arranged it when: on PostgreSQL the database itself keeps the second."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def create_trigger(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER bulletins_arranged_is_kept BEFORE UPDATE OR DELETE ON bulletins_arranged "
            "FOR EACH ROW EXECUTE FUNCTION bulletins_refuse_change()"
        )


def drop_trigger(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER bulletins_arranged_is_kept ON bulletins_arranged")


def create_catalogue(apps: Any, schema_editor: Any) -> None:
    """SQLite looks for a word in this index instead of reading every article with its text. PostgreSQL keeps long texts
    elsewhere and needs none; and there a long headline would not fit into an index. A table that is made anew loses it.
    """
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE INDEX article_catalogue ON bulletins_article "
            "(id DESC, headline, kicker, author_id, unit_id, number, stage, kind)"
        )


def drop_catalogue(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX article_catalogue")


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0021_notices_and_robots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arranged",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("handler", "handled by"),
                            ("due_at", "due"),
                            ("not_before", "under embargo until"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moment", models.DateTimeField(blank=True, null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("unit_review", "unit review"),
                            ("desk_review", "desk review"),
                            ("final_review", "final review"),
                            ("approved", "approved"),
                            ("returned", "returned"),
                            ("refused", "refused"),
                            ("settled", "signed off"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arranged",
                        to="bulletins.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["article", "at"], name="arranged_of_article")],
            },
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="arrangement",
                        serialize=False,
                        to="bulletins.article",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                (
                    "not_before",
                    models.DateTimeField(blank=True, null=True, verbose_name="under embargo until"),
                ),
                ("blocked_since", models.DateTimeField(blank=True, null=True)),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="in_hand",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="arrangement_due",
                    ),
                    models.Index(
                        condition=models.Q(("not_before__isnull", False)),
                        fields=["not_before"],
                        name="arrangement_embargo",
                    ),
                    models.Index(
                        condition=models.Q(("blocked_since__isnull", False)),
                        fields=["blocked_since"],
                        name="arrangement_blocked",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["stage", "-id"], name="article_by_stage"),
        ),
        migrations.RunPython(create_trigger, drop_trigger),
        migrations.RunPython(create_catalogue, drop_catalogue),
    ]
