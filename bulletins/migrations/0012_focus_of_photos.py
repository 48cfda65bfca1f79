from django.db import migrations, models

STEPS = list(range(0, 101, 5))


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0011_old_addresses")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="focus_x",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="across, in percent"),
        ),
        migrations.AddField(
            model_name="photo",
            name="focus_y",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="down, in percent"),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("focus_x", None), ("focus_y", None)),
                    models.Q(
                        ("focus_x__in", STEPS),
                        ("focus_x__isnull", False),
                        ("focus_y__in", STEPS),
                        ("focus_y__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="photo_is_cut_around_a_known_point",
            ),
        ),
    ]
