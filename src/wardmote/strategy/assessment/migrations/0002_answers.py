"""How a score was answered, what the figures said, and who entered it for whom."""

from django.db import migrations, models

import wardmote.strategy.assessment.rules


def forget_blanks(apps, schema_editor):
    """A blank was kept as a row without a value; an answer that was not given is now no row. Nothing brings it back."""
    apps.get_model("assessment", "Score").objects.filter(value__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="score",
            name="answer",
            field=models.CharField(
                choices=[
                    (
                        wardmote.strategy.assessment.rules.Answer["LEVEL"],
                        wardmote.strategy.assessment.rules.Answer["LEVEL"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Answer["DONT_KNOW"],
                        wardmote.strategy.assessment.rules.Answer["DONT_KNOW"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.Answer["NOT_OURS"],
                        wardmote.strategy.assessment.rules.Answer["NOT_OURS"],
                    ),
                ],
                default=wardmote.strategy.assessment.rules.Answer["LEVEL"],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="entered_by_key",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="score",
            name="entered_from",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        wardmote.strategy.assessment.rules.EnteredFrom["PAPER"],
                        wardmote.strategy.assessment.rules.EnteredFrom["PAPER"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.EnteredFrom["PHONE"],
                        wardmote.strategy.assessment.rules.EnteredFrom["PHONE"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.EnteredFrom["SPOKEN"],
                        wardmote.strategy.assessment.rules.EnteredFrom["SPOKEN"],
                    ),
                    (
                        wardmote.strategy.assessment.rules.EnteredFrom["SENT"],
                        wardmote.strategy.assessment.rules.EnteredFrom["SENT"],
                    ),
                ],
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="filled_value",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="score",
            name="given_late",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="score",
            name="override_reason",
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(forget_blanks, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", wardmote.strategy.assessment.rules.Answer["LEVEL"]), ("value__isnull", False)),
                    models.Q(
                        (
                            "answer__in",
                            [
                                wardmote.strategy.assessment.rules.Answer["DONT_KNOW"],
                                wardmote.strategy.assessment.rules.Answer["NOT_OURS"],
                            ],
                        ),
                        ("value__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="assessment_score_level_has_a_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("filled_value__isnull", True),
                    models.Q(("value", models.F("filled_value")), ("value__isnull", False)),
                    models.Q(("override_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="assessment_score_override_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entered_by_key__isnull", True), ("entered_from", "")),
                    models.Q(
                        ("entered_by_key__isnull", False),
                        (
                            "entered_from__in",
                            [
                                wardmote.strategy.assessment.rules.EnteredFrom["PAPER"],
                                wardmote.strategy.assessment.rules.EnteredFrom["PHONE"],
                                wardmote.strategy.assessment.rules.EnteredFrom["SPOKEN"],
                                wardmote.strategy.assessment.rules.EnteredFrom["SENT"],
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="assessment_score_entered_from_somewhere",
            ),
        ),
    ]
