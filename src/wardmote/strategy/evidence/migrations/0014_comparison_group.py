import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0013_boundary_choice"),
        ("members", "0003_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComparisonGroup",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("codes", models.JSONField()),
                ("why", models.TextField()),
                ("chosen_at", models.DateTimeField()),
                ("chosen_by_key", models.UUIDField()),
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparison_group",
                        to="members.partnership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="evidence_comparisongroup_says_why"
                    )
                ],
            },
        ),
    ]
