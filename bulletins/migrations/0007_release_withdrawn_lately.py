from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0006_search")]

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
