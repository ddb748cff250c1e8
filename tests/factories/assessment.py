"""Assessments without an analysis, their problems, scores and decisions."""

from datetime import date
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from wardmote.strategy.assessment.models import AssessedProblem, Assessment, Decision, Score
from wardmote.strategy.assessment.rules import Outcome

from .members import AgencyFactory, PartnershipFactory


class AssessmentFactory(DjangoModelFactory[Assessment]):
    """An assessment that is being prepared."""

    class Meta:
        model = Assessment

    partnership = factory.SubFactory(PartnershipFactory)
    title = factory.Sequence(lambda n: f"Strategic assessment {n}")
    as_at = date(2026, 10, 31)
    matrix = "kingston-2011"
    top = 2
    created_at = factory.LazyFunction(timezone.now)
    created_by_key = factory.LazyFunction(uuid4)


class AssessedProblemFactory(DjangoModelFactory[AssessedProblem]):
    """A problem in an assessment."""

    class Meta:
        model = AssessedProblem

    assessment = factory.SubFactory(AssessmentFactory)
    slug = "burglary"
    title = factory.LazyAttribute(lambda problem: problem.slug.replace("-", " ").capitalize())


class ScoreFactory(DjangoModelFactory[Score]):
    """One scorer's score on one criterion."""

    class Meta:
        model = Score

    problem = factory.SubFactory(AssessedProblemFactory)
    matrix = "kingston-2011"
    criterion = "volume"
    scorer_key = factory.LazyFunction(uuid4)
    agency = factory.SubFactory(AgencyFactory, partnership=factory.SelfAttribute("..problem.assessment.partnership"))
    value = 3
    scored_at = factory.LazyFunction(timezone.now)


class DecisionFactory(DjangoModelFactory[Decision]):
    """What was decided about a problem."""

    class Meta:
        model = Decision

    problem = factory.SubFactory(AssessedProblemFactory)
    outcome = Outcome.PRIORITY
    reason = "It harms most."
    decided_on = date(2026, 10, 1)
    decided_by = "Community Safety Board"
    recorded_by_key = factory.LazyFunction(uuid4)
    recorded_at = factory.LazyFunction(timezone.now)
