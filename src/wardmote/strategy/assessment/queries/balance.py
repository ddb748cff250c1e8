"""The balance: what is known of each problem side by side, what is proposed or decided, and what is new this year."""

from collections.abc import Mapping
from dataclasses import dataclass

from wardmote.access.readers import Reader
from wardmote.foundations.plans import Level
from wardmote.strategy.assessment.models import AssessedProblem, Assessment, Decision, Requirement
from wardmote.strategy.assessment.rules import AssessmentState, Outcome
from wardmote.strategy.assessment.rules.board import (
    LastYear,
    Standing,
    YearOnYear,
    compare_years,
    differences_of,
    is_in_force,
    lines_naming,
)
from wardmote.strategy.evidence.queries.last_year import last_plan

from . import analysis_of
from .consulted import Heard, asked_words, consulted, heard_of
from .decisions import DecisionView, decisions_of
from .findings.harm import harm_in_brief
from .ranking import RankedProblem, ranking_of


@dataclass(frozen=True)
class LastYears:
    """Which problems were priorities last year, where that is known from, and lines that name no problem of ours."""

    said: Mapping[str, LastYear]
    source: str
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """What is proposed about a problem, and why."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class BalanceRow:
    """A problem with all that a board weighs; `differs` says in what the outcome goes its own way.

    `harm` is in brief what its harm is estimated to be, empty where that is not known.
    """

    slug: str
    title: str
    ranked: RankedProblem | None
    heard: Heard | None
    requirements: tuple[Requirement, ...]
    last_year: LastYear
    proposed: Proposed | None
    decided: DecisionView | None
    differs: tuple[str, ...]
    harm: str = ""

    @property
    def outcome(self) -> Outcome | None:
        """What was decided; else what is proposed."""
        return self.decided.outcome if self.decided else self.proposed.outcome if self.proposed else None


@dataclass(frozen=True)
class Balance:
    """Every problem of an assessment, best rank first, with the priorities held against last year's."""

    rows: tuple[BalanceRow, ...]
    is_ranked: bool
    asked_words: str
    has_consultation: bool
    years: YearOnYear
    last_source: str
    unmatched: tuple[str, ...]

    def titles(self, slugs: tuple[str, ...]) -> list[str]:
        """Return the titles of problems."""
        named = {row.slug: row.title for row in self.rows}
        return [named[slug] for slug in slugs if slug in named]

    @property
    def priorities(self) -> list[str]:
        """The titles of what is to be, or is, a priority."""
        return [row.title for row in self.rows if row.outcome is Outcome.PRIORITY]


def balance_of(reader: Reader, assessment: Assessment) -> Balance:
    """Return the balance of an assessment; ranks only once the ranking is open."""
    is_ranked = assessment.state == AssessmentState.DECIDING
    ranked = {row.slug: row for row in ranking_of(assessment, assessment.matrix).rows} if is_ranked else {}
    heard = consulted(assessment)
    problems = list(assessment.problems.select_related("proposal"))
    last = last_years(reader, assessment, {problem.slug: problem.title for problem in problems})
    facts = _Facts(
        assessment.top,
        ranked,
        heard_of(heard),
        _requirements(assessment),
        last,
        decisions_of(assessment),
        _harm(assessment),
    )
    rows = sorted((facts.row(problem) for problem in problems), key=_order)
    outcomes = {row.slug: row.outcome for row in rows if row.outcome}
    return Balance(
        tuple(rows),
        is_ranked,
        asked_words(heard),
        any(result.questions for result in heard.results),
        compare_years(outcomes, last.said),
        last.source,
        last.unmatched,
    )


def _order(row: BalanceRow) -> tuple[bool, int, str]:
    rank = row.ranked.rank if row.ranked else None
    return rank is None, rank or 0, row.title


@dataclass(frozen=True)
class _Facts:
    """Everything that the rows are put together from, by the problem's slug."""

    top: int
    ranked: Mapping[str, RankedProblem]
    heard: Mapping[str, Heard]
    requirements: Mapping[str, tuple[Requirement, ...]]
    last: LastYears
    decided: Mapping[str, DecisionView]
    harm: Mapping[str, str]

    def row(self, problem: AssessedProblem) -> BalanceRow:
        slug = problem.slug
        proposal = getattr(problem, "proposal", None)
        proposed = Proposed(Outcome(proposal.outcome), proposal.reason) if proposal else None
        decided, ranked, heard = self.decided.get(slug), self.ranked.get(slug), self.heard.get(slug)
        outcome = decided.outcome if decided else proposed.outcome if proposed else None
        standing = Standing(ranked.rank if ranked else None, self.top, heard.place if heard else None)
        differs = differences_of(outcome, standing) if self.ranked else []
        return BalanceRow(
            slug,
            problem.title,
            ranked,
            heard,
            self.requirements.get(slug, ()),
            self.last.said[slug],
            proposed,
            decided,
            tuple(differs),
            self.harm.get(slug, ""),
        )


def _harm(assessment: Assessment) -> dict[str, str]:
    """Return by problem what the analysis says of its harm, in brief; nothing where it could not be estimated."""
    analysis = analysis_of(assessment)
    return {problem["slug"]: harm_in_brief(problem) for problem in analysis["problems"]} if analysis else {}


def requirements_of(assessment: Assessment) -> list[Requirement]:
    """Return what is required of the partnership on the assessment's date."""
    found = assessment.partnership.requirements.all()
    return [one for one in found if is_in_force(one.from_on, one.to_on, assessment.as_at)]


def _requirements(assessment: Assessment) -> dict[str, tuple[Requirement, ...]]:
    found: dict[str, tuple[Requirement, ...]] = {}
    for one in requirements_of(assessment):
        found[one.problem] = (*found.get(one.problem, ()), one)
    return found


def last_years(reader: Reader, assessment: Assessment, titles: Mapping[str, str]) -> LastYears:
    """Return last year's priorities: of the plan that was kept, else as the assessment before this one decided."""
    plan = last_plan(reader)
    if plan is not None:
        lines = [line.text for line in plan.lines if line.level is Level.PRIORITY]
        named = lines_naming(lines, titles)
        unmatched = tuple(line for line in lines if line not in named.values())
        return LastYears(_said(titles, named), plan.release.title, unmatched)
    earlier = _assessment_before(assessment)
    if earlier is None:
        return LastYears(dict.fromkeys(titles, LastYear.NOT_KNOWN), "")
    before = {slug: view for slug, view in decisions_of(earlier).items() if view.outcome is Outcome.PRIORITY}
    return LastYears(_said(titles, before), earlier.title)


def _said(titles: Mapping[str, str], priorities: Mapping[str, object]) -> dict[str, LastYear]:
    return {slug: LastYear.PRIORITY if slug in priorities else LastYear.NOT for slug in titles}


def _assessment_before(assessment: Assessment) -> Assessment | None:
    """Return the newest assessment with an earlier date in which something was decided."""
    decided = Decision.objects.values("problem__assessment")
    others = assessment.partnership.assessments.filter(as_at__lt=assessment.as_at, id__in=decided)
    return others.order_by("as_at", "created_at").last()
