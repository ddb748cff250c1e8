"""The discussion as a stage, when each stage began, and how each agency took part."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import wardmote.strategy.assessment.rules


def back_to_scoring(apps, schema_editor):
    apps.get_model("assessment", "Assessment").objects.filter(state="discussing").update(state="scoring")


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0002_answers"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "presence",
                    models.CharField(
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
                                wardmote.strategy.assessment.rules.Presence["ABSENT"],
                                wardmote.strategy.assessment.rules.Presence["ABSENT"],
                            ),
                        ],
                        max_length=6,
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=120)),
                ("recorded_by_key", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StageEntered",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                                wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                            ),
                            (
                                wardmote.strategy.assessment.rules.AssessmentState["SCORING"],
                                wardmote.strategy.assessment.rules.AssessmentState["SCORING"],
                            ),
                            (
                                wardmote.strategy.assessment.rules.AssessmentState["DISCUSSING"],
                                wardmote.strategy.assessment.rules.AssessmentState["DISCUSSING"],
                            ),
                            (
                                wardmote.strategy.assessment.rules.AssessmentState["DECIDING"],
                                wardmote.strategy.assessment.rules.AssessmentState["DECIDING"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("entered_by_key", models.UUIDField()),
                ("entered_by_post", models.CharField(max_length=330)),
            ],
            options={
                "ordering": ["entered_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="assessment",
            name="assessment_assessment_state_known",
        ),
        # Backwards: a discussion that is open becomes scoring, which the earlier version knows.
        migrations.RunPython(migrations.RunPython.noop, back_to_scoring),
        migrations.AlterField(
            model_name="assessment",
            name="state",
            field=models.CharField(
                choices=[
                    (
                        wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                        wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.AssessmentState["SCORING"],
                        wardmote.strategy.assessment.rules.AssessmentState["SCORING"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.AssessmentState["DISCUSSING"],
                        wardmote.strategy.assessment.rules.AssessmentState["DISCUSSING"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.AssessmentState["DECIDING"],
                        wardmote.strategy.assessment.rules.AssessmentState["DECIDING"],
                    ),
                ],
                default=wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                            wardmote.strategy.assessment.rules.AssessmentState["SCORING"],
                            wardmote.strategy.assessment.rules.AssessmentState["DISCUSSING"],
                            wardmote.strategy.assessment.rules.AssessmentState["DECIDING"],
                        ],
                    )
                ),
                name="assessment_assessment_state_known",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.agency"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="assessment.assessment"
            ),
        ),
        migrations.AddField(
            model_name="stageentered",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="assessment.assessment"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("assessment", "agency"), name="assessment_attendance_once"),
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
                            wardmote.strategy.assessment.rules.Presence["ABSENT"],
                        ],
                    )
                ),
                name="assessment_attendance_presence_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageentered",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            wardmote.strategy.assessment.rules.AssessmentState["PREPARING"],
                            wardmote.strategy.assessment.rules.AssessmentState["SCORING"],
                            wardmote.strategy.assessment.rules.AssessmentState["DISCUSSING"],
                            wardmote.strategy.assessment.rules.AssessmentState["DECIDING"],
                        ],
                    )
                ),
                name="assessment_stageentered_state_known",
            ),
        ),
    ]
