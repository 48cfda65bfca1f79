from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0004_findings_and_overrides_are_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                fields=["-withdrawn_at"],
                condition=models.Q(withdrawn_at__isnull=False),
                name="release_withdrawn_lately",
            ),
        ),
    ]
