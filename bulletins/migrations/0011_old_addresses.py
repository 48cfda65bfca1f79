import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0010_what_machines_read"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalOldAddress",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                (
                    "old",
                    models.CharField(
                        help_text="As /news.asp?id=123, or for many at once /news/{id}.html or /photos/*.",
                        max_length=500,
                        verbose_name="old address",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        help_text="The number of an article, as JN-2021-000123, or an address of this site, as /units/hubin/. What stands in braces in the old address may stand here again.",
                        max_length=500,
                        verbose_name="leads to",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical old address",
                "verbose_name_plural": "historical old addresses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old",
                    models.CharField(
                        help_text="As /news.asp?id=123, or for many at once /news/{id}.html or /photos/*.",
                        max_length=500,
                        verbose_name="old address",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        help_text="The number of an article, as JN-2021-000123, or an address of this site, as /units/hubin/. What stands in braces in the old address may stand here again.",
                        max_length=500,
                        verbose_name="leads to",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=600, unique=True)),
                ("lead", models.CharField(editable=False, max_length=600)),
                (
                    "is_pattern",
                    models.BooleanField(default=False, editable=False, verbose_name="for many at once"),
                ),
                ("weight", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "old address",
                "verbose_name_plural": "old addresses",
                "ordering": ["old", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_pattern", True)), fields=["lead"], name="old_address_pattern"
                    )
                ],
            },
        ),
    ]
