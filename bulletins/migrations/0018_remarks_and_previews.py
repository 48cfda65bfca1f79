"""Remarks with their answers, and preview links with their ends; on PostgreSQL the database refuses to change either."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


UNCHANGEABLE = (
    "bulletins_remark",
    "bulletins_remarkreply",
    "bulletins_previewlink",
    "bulletins_previewending",
)


def create_triggers(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in UNCHANGEABLE:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION bulletins_refuse_change()"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0017_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("seed", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("until", models.DateTimeField(verbose_name="until")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bulletins.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "preview link",
                "verbose_name_plural": "preview links",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PreviewEnding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ending",
                        to="bulletins.previewlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "end of a preview link",
                "verbose_name_plural": "ends of preview links",
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=20)),
                ("quote", models.TextField(blank=True, max_length=500)),
                ("before", models.CharField(blank=True, max_length=40)),
                ("after", models.CharField(blank=True, max_length=40)),
                ("start", models.PositiveIntegerField(default=0)),
                ("text", models.TextField(max_length=2000, verbose_name="remark")),
                (
                    "must_be_answered",
                    models.BooleanField(default=False, verbose_name="must be answered before the next step"),
                ),
                ("mentioned", models.JSONField(default=list)),
                ("at", models.DateTimeField(verbose_name="at")),
                ("ticket", models.CharField(max_length=40)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="bulletins.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bulletins.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RemarkReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("answer", "answer"),
                            ("resolve", "resolved"),
                            ("reopen", "opened again"),
                            ("demand", "asked for an answer before the next step"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("mentioned", models.JSONField(default=list)),
                ("at", models.DateTimeField(verbose_name="at")),
                ("ticket", models.CharField(max_length=40)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "remark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="bulletins.remark",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a remark",
                "verbose_name_plural": "answers to remarks",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("made_at"))), name="preview_ends_after_it_begins"
            ),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["article", "at", "id"], name="remark_of_article"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.UniqueConstraint(fields=("by", "ticket"), name="remark_is_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="remark_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("field", ""), ("quote", "")),
                    models.Q(models.Q(("field", ""), _negated=True), models.Q(("quote", ""), _negated=True)),
                    _connector="OR",
                ),
                name="remark_quotes_its_passage",
            ),
        ),
        migrations.AddConstraint(
            model_name="remarkreply",
            constraint=models.UniqueConstraint(fields=("by", "ticket"), name="remark_reply_is_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="remarkreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deed", "answer"), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="remark_answer_says_something",
            ),
        ),
        # The triggers go with their tables.
        migrations.RunPython(create_triggers, migrations.RunPython.noop),
    ]
