import uuid

import django.db.models.deletion
from django.db import migrations, models

import wardmote.strategy.evidence.rules.pairs


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0006_own_releases"),
        ("members", "0003_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourcePair",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("problem", models.SlugField(max_length=80)),
                ("dataset", models.CharField(max_length=120)),
                ("measure", models.CharField(max_length=200)),
                ("areas", models.JSONField()),
                ("reasons", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                (
                    "chosen",
                    models.CharField(
                        choices=[
                            (
                                wardmote.strategy.evidence.rules.pairs.Chosen["OPEN"],
                                wardmote.strategy.evidence.rules.pairs.Chosen["OPEN"],
                            ),
                            (
                                wardmote.strategy.evidence.rules.pairs.Chosen["PARTNER"],
                                wardmote.strategy.evidence.rules.pairs.Chosen["PARTNER"],
                            ),
                        ],
                        max_length=7,
                    ),
                ),
                ("why", models.TextField()),
                ("chosen_at", models.DateTimeField()),
                ("chosen_by_key", models.UUIDField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source_pairs",
                        to="members.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["problem"],
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "problem"), name="evidence_sourcepair_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "chosen__in",
                                [
                                    wardmote.strategy.evidence.rules.pairs.Chosen["OPEN"],
                                    wardmote.strategy.evidence.rules.pairs.Chosen["PARTNER"],
                                ],
                            )
                        ),
                        name="evidence_sourcepair_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="evidence_sourcepair_says_why"
                    ),
                ],
            },
        ),
    ]
