"""Agreed scores beside the first ones."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import wardmote.strategy.assessment.rules


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0003_session"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreedScore",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("criterion", models.SlugField(max_length=60)),
                ("value", models.SmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("matrix", models.SlugField(max_length=60)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            (
                                wardmote.strategy.assessment.rules.Confidence["HIGH"],
                                wardmote.strategy.assessment.rules.Confidence["HIGH"],
                            ),
                            (
                                wardmote.strategy.assessment.rules.Confidence["MEDIUM"],
                                wardmote.strategy.assessment.rules.Confidence["MEDIUM"],
                            ),
                            (
                                wardmote.strategy.assessment.rules.Confidence["LOW"],
                                wardmote.strategy.assessment.rules.Confidence["LOW"],
                            ),
                        ],
                        max_length=6,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("agreed_at", models.DateTimeField()),
                ("recorded_by_key", models.UUIDField()),
            ],
        ),
        migrations.AddField(
            model_name="agreement",
            name="problem",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="assessment.assessedproblem"
            ),
        ),
        migrations.AddField(
            model_name="agreedscore",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="assessment.agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("problem", "matrix"), name="assessment_agreement_once"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "confidence__in",
                        [
                            wardmote.strategy.assessment.rules.Confidence["HIGH"],
                            wardmote.strategy.assessment.rules.Confidence["MEDIUM"],
                            wardmote.strategy.assessment.rules.Confidence["LOW"],
                        ],
                    )
                ),
                name="assessment_agreement_confidence_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="assessment_agreement_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreedscore",
            constraint=models.UniqueConstraint(fields=("agreement", "criterion"), name="assessment_agreedscore_once"),
        ),
    ]
