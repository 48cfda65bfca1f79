import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0007_release_withdrawn_lately")]

    operations = [
        migrations.AddField(
            model_name="historicalsiteprofile",
            name="accessibility_statement",
            field=models.CharField(
                blank=True,
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(https?://|/(?![/\\\\]))\\S+\\Z",
                        "Write a whole address that begins with https://, or one of this site that begins with a slash.",
                    )
                ],
                verbose_name="address of the accessibility statement",
            ),
        ),
        migrations.AddField(
            model_name="historicalsiteprofile",
            name="address",
            field=models.CharField(
                blank=True,
                help_text="Under which search engines are to know every page. Empty: the one by which the page was asked for.",
                max_length=120,
                validators=[
                    django.core.validators.RegexValidator(
                        "^https?://[a-z0-9-]+(\\.[a-z0-9-]+)*(:[0-9]{1,5})?\\Z",
                        "Write it as https://www.example.gov.cn, in small letters and without a slash at the end.",
                    )
                ],
                verbose_name="address of this site",
            ),
        ),
        migrations.AddField(
            model_name="historicalsiteprofile",
            name="may_be_indexed",
            field=models.BooleanField(
                default=True,
                help_text="Without it, robots.txt and every page ask them not to.",
                verbose_name="search engines may list this site",
            ),
        ),
        migrations.AddField(
            model_name="historicalsiteprofile",
            name="security_contact",
            field=models.CharField(
                blank=True,
                help_text="As mailto:security@example.gov.cn. Printed in /.well-known/security.txt, not on pages.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(https://|tel:\\+?[0-9]|mailto:[^@\\s]+@)\\S+\\Z",
                        "Begin it with mailto:, https:// or tel:.",
                    )
                ],
                verbose_name="where a weak point of this site is reported",
            ),
        ),
        migrations.AddField(
            model_name="historicalsiteprofile",
            name="security_expires",
            field=models.DateField(
                blank=True,
                help_text="At most a year ahead. Without a day, or after it, there is no security.txt.",
                null=True,
                verbose_name="this holds until",
            ),
        ),
        migrations.AddField(
            model_name="siteprofile",
            name="accessibility_statement",
            field=models.CharField(
                blank=True,
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(https?://|/(?![/\\\\]))\\S+\\Z",
                        "Write a whole address that begins with https://, or one of this site that begins with a slash.",
                    )
                ],
                verbose_name="address of the accessibility statement",
            ),
        ),
        migrations.AddField(
            model_name="siteprofile",
            name="address",
            field=models.CharField(
                blank=True,
                help_text="Under which search engines are to know every page. Empty: the one by which the page was asked for.",
                max_length=120,
                validators=[
                    django.core.validators.RegexValidator(
                        "^https?://[a-z0-9-]+(\\.[a-z0-9-]+)*(:[0-9]{1,5})?\\Z",
                        "Write it as https://www.example.gov.cn, in small letters and without a slash at the end.",
                    )
                ],
                verbose_name="address of this site",
            ),
        ),
        migrations.AddField(
            model_name="siteprofile",
            name="may_be_indexed",
            field=models.BooleanField(
                default=True,
                help_text="Without it, robots.txt and every page ask them not to.",
                verbose_name="search engines may list this site",
            ),
        ),
        migrations.AddField(
            model_name="siteprofile",
            name="security_contact",
            field=models.CharField(
                blank=True,
                help_text="As mailto:security@example.gov.cn. Printed in /.well-known/security.txt, not on pages.",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(https://|tel:\\+?[0-9]|mailto:[^@\\s]+@)\\S+\\Z",
                        "Begin it with mailto:, https:// or tel:.",
                    )
                ],
                verbose_name="where a weak point of this site is reported",
            ),
        ),
        migrations.AddField(
            model_name="siteprofile",
            name="security_expires",
            field=models.DateField(
                blank=True,
                help_text="At most a year ahead. Without a day, or after it, there is no security.txt.",
                null=True,
                verbose_name="this holds until",
            ),
        ),
    ]
