"""Who has an article open, and which version of it they saw."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0016_search_by_era"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(verbose_name="at")),
                ("is_open", models.BooleanField(default=True)),
                ("is_writing", models.BooleanField(default=False)),
                ("revision_number", models.PositiveIntegerField()),
                ("revision_before", models.PositiveIntegerField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="looks",
                        to="bulletins.article",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "look at an article",
                "verbose_name_plural": "looks at articles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "user"), name="look_is_one_a_person_and_article"
                    )
                ],
            },
        ),
    ]
