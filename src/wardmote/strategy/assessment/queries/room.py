"""The room view: what the panel said about each problem, as counts without names, the widest disagreement first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from wardmote.definitions import Criterion, Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.members.queries import agencies_that_score
from wardmote.strategy.assessment.models import Assessment, Score
from wardmote.strategy.assessment.rules import NOT_SCORING, Answer

from .panel import ProblemPanel, panel_of


@dataclass(frozen=True)
class Strip:
    """What was said on one criterion: how many gave each level and each other answer; never who."""

    code: str
    label: str
    question: str
    current_work: str
    counts: Mapping[int, int]
    levels: Mapping[int, str]
    dont_know: int
    not_ours: int
    filled: int | None
    agreed: int | None
    overrides: tuple[str, ...]

    @property
    def width(self) -> int:
        """The gap between the lowest and the highest level given."""
        given = [level for level, count in self.counts.items() if count]
        return max(given) - min(given) if given else 0

    @property
    def words(self) -> str:
        """The spread in a sentence."""
        given = [level for level, count in self.counts.items() if count]
        scorers = sum(self.counts.values())
        if not given:
            return "Nobody gave a score."
        who = "One person" if scorers == 1 else f"{scorers} people"
        if len(given) == 1:
            return f"{who} gave {given[0]}."
        return f"{who} gave from {min(given)} to {max(given)}, {self.width} apart."


@dataclass(frozen=True)
class RoomProblem:
    """One problem as the room sees it."""

    slug: str
    title: str
    strips: tuple[Strip, ...]
    scorers: int
    waiting: int
    is_agreed: bool
    confidence: str
    reason: str

    @property
    def widest(self) -> Strip | None:
        """The criterion on which the panel lies furthest apart, None where it nowhere does."""
        found = max(self.strips, key=lambda strip: strip.width)
        return found if found.width else None

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """What is not agreed yet first; then the widest disagreement, the most of it, and the title."""
        widths = [strip.width for strip in self.strips]
        return (self.is_agreed, -max(widths), -sum(widths), self.title)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The criteria that nobody could score, or that were agreed not to be known."""
        return tuple(
            strip.label
            for strip in self.strips
            if (self.is_agreed and strip.agreed is None)
            or (not self.is_agreed and not any(strip.counts.values()) and strip.filled is None)
        )


def room_of(assessment: Assessment, slug: str, *, today: date) -> tuple[RoomProblem, ...]:
    """Return every problem as the room sees it, the widest disagreement first."""
    matrix = matrix_named(slug)
    panel = panel_of(assessment, slug)
    expected = expected_agencies(assessment, today=today)
    complete = complete_agencies(assessment, matrix)
    found = [
        _problem(
            matrix, problem.slug, problem.title, panel[problem.slug], len(expected - complete.get(problem.slug, set()))
        )
        for problem in assessment.problems.all()
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def expected_agencies(assessment: Assessment, *, today: date) -> set[UUID]:
    """Return the agencies that are to score: those with a scorer, in the session, or with any score already.

    Not those that are absent or only run the session, unless they have given scores.
    """
    recorded = dict(assessment.attendance.values_list("agency_id", "presence"))
    scored = set(Score.objects.filter(problem__assessment=assessment).values_list("agency_id", flat=True).distinct())
    wanted = agencies_that_score(assessment.partnership, today=today) | set(recorded)
    return {agency for agency in wanted if recorded.get(agency) not in NOT_SCORING} | scored


def complete_agencies(assessment: Assessment, matrix: Matrix) -> dict[str, set[UUID]]:
    """Return by problem the agencies of which somebody has answered every criterion."""
    given = Score.objects.filter(problem__assessment=assessment, matrix=matrix.slug)
    counted = given.values("problem__slug", "scorer_key", "agency_id").annotate(n=Count("id"))
    found: dict[str, set[UUID]] = {}
    for row in counted:
        if row["n"] >= len(matrix.criteria):
            found.setdefault(row["problem__slug"], set()).add(row["agency_id"])
    return found


def _problem(matrix: Matrix, slug: str, title: str, panel: ProblemPanel, waiting: int) -> RoomProblem:
    return RoomProblem(
        slug=slug,
        title=title,
        strips=tuple(_strip(criterion, panel) for criterion in matrix.criteria),
        scorers=len({one.scorer_key for given in panel.first.values() for one in given}),
        waiting=waiting,
        is_agreed=panel.agreed is not None,
        confidence=panel.agreed.confidence if panel.agreed else "",
        reason=panel.agreed.reason if panel.agreed else "",
    )


def _strip(criterion: Criterion, panel: ProblemPanel) -> Strip:
    given = panel.first.get(criterion.code, [])
    filled = panel.filled.get(criterion.code)
    levels = range(criterion.minimum, criterion.maximum + 1)
    return Strip(
        code=criterion.code,
        label=criterion.label,
        question=criterion.question,
        current_work=criterion.current_work,
        counts={level: sum(1 for one in given if one.value == level) for level in levels},
        levels=criterion.levels,
        dont_know=panel.answered(criterion.code, Answer.DONT_KNOW),
        not_ours=panel.answered(criterion.code, Answer.NOT_OURS),
        filled=filled.level if filled else None,
        agreed=panel.agreed.scores.get(criterion.code) if panel.agreed else None,
        overrides=tuple(sorted(one.override_reason for one in given if one.override_reason)),
    )
