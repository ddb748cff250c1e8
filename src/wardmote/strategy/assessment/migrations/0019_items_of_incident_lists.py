from django.db import migrations, models

ITEMS = [
    "finding",
    "change",
    "when",
    "usual",
    "where",
    "share",
    "rate",
    "harm",
    "hotspots",
    "concentration",
    "comparison",
    "season",
    "forecast",
    "hours",
    "repeats",
    "near-repeats",
]


class Migration(migrations.Migration):
    dependencies = [("assessment", "0018_chosen_wards")]

    operations = [
        migrations.RemoveConstraint("profilesentence", "assessment_sentence_item_known"),
        migrations.AlterField(
            "profilesentence", "item", models.CharField(choices=[(item, item) for item in ITEMS], max_length=16)
        ),
        migrations.AddConstraint(
            "profilesentence",
            models.CheckConstraint(condition=models.Q(item__in=ITEMS), name="assessment_sentence_item_known"),
        ),
    ]
