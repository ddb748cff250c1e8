"""An agency may take part by running the session alone."""

from django.db import migrations, models

import wardmote.strategy.assessment.rules


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0005_outline_and_approval"),
        ("members", "0003_places"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attendance",
            name="assessment_attendance_presence_known",
        ),
        migrations.AlterField(
            model_name="attendance",
            name="presence",
            field=models.CharField(
                choices=[
                    (
                        wardmote.strategy.assessment.rules.Presence["ROOM"],
                        wardmote.strategy.assessment.rules.Presence["ROOM"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Presence["REMOTE"],
                        wardmote.strategy.assessment.rules.Presence["REMOTE"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Presence["PAPER"],
                        wardmote.strategy.assessment.rules.Presence["PAPER"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Presence["SENT"],
                        wardmote.strategy.assessment.rules.Presence["SENT"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Presence["RUNS"],
                        wardmote.strategy.assessment.rules.Presence["RUNS"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Presence["ABSENT"],
                        wardmote.strategy.assessment.rules.Presence["ABSENT"],
                    ),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "presence__in",
                        [
                            wardmote.strategy.assessment.rules.Presence["ROOM"],
                            wardmote.strategy.assessment.rules.Presence["REMOTE"],
                            wardmote.strategy.assessment.rules.Presence["PAPER"],
                            wardmote.strategy.assessment.rules.Presence["SENT"],
                            wardmote.strategy.assessment.rules.Presence["RUNS"],
                            wardmote.strategy.assessment.rules.Presence["ABSENT"],
                        ],
                    )
                ),
                name="assessment_attendance_presence_known",
            ),
        ),
    ]
