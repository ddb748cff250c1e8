from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0014_comparison_group")]

    operations = [
        migrations.AddField(
            model_name="comparisongroup",
            name="family",
            field=models.JSONField(default=dict),
        ),
    ]
