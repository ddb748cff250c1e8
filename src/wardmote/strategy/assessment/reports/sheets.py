"""Blank score sheets: what each score means, then a sheet for each problem, in the order of the screen."""

from collections.abc import Mapping

from wardmote.definitions import Criterion, Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.printing.blocks import Block, Column, Heading, Inset, Paragraph, Report, Table
from wardmote.strategy.assessment.models import AssessedProblem, Assessment
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.filled import Filled, filled_for
from wardmote.strategy.assessment.rules import ANSWER_WORDS, CONFIDENCE_WORDS, CURRENT_WORK_WORDS, Answer

LINE = "_" * 16
# Breaks into lines where the column is narrow.
ROOM = " ".join(["_" * 12] * 3)
# Sheets come apart in the room: each says whose it is.
WHO = f"Agency: {LINE}   Post: {LINE}"
SURE = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}".join(words[0] for words in reversed(CONFIDENCE_WORDS.values()))


def sheets_report(assessment: Assessment) -> Report:
    """Return the sheets of every matrix and problem of an assessment, to fill in by hand."""
    blocks: list[Block] = [
        Inset((WHO,)),
        Paragraph(
            (
                "Score apart from the others. Circle one number for each question, and how sure you are: L low, M "
                "medium, H high. If you do not know, or it is not for your agency, tick that: neither is a low score. "
                "Name nobody.",
            )
        ),
        Paragraph(
            (
                "Where the figures answer a question, the sheet says what they say and why. Leave it if you agree; "
                "circle another number and write the reason if you do not.",
            )
        ),
    ]
    for slug in filter(None, (assessment.matrix, assessment.second_matrix)):
        blocks += _matrix(assessment, matrix_named(slug))
    return Report(
        title="Score sheets",
        caption=assessment.title,
        partnership=assessment.partnership.name,
        status="working",
        as_at=assessment.as_at,
        blocks=tuple(blocks),
        figures=(),
        is_sample=assessment.partnership.is_sample,
    )


def _matrix(assessment: Assessment, matrix: Matrix) -> list[Block]:
    filled = filled_for(analysis_of(assessment), matrix.slug)
    blocks: list[Block] = [
        Heading(f"What each score means: {matrix.title}", 2, f"levels-{matrix.slug}"),
        Paragraph((matrix.description,)),
        *[_levels(criterion) for criterion in matrix.criteria],
        Heading(f"Sheets: {matrix.title}", 2, f"sheets-{matrix.slug}"),
    ]
    for place, problem in enumerate(assessment.problems.all(), start=1):
        blocks += _sheet(place, problem, matrix, filled.get(problem.slug, {}))
    return blocks


def _levels(criterion: Criterion) -> Table:
    rows = tuple(((str(level),), (words,)) for level, words in sorted(criterion.levels.items()))
    note = f"{criterion.question} {CURRENT_WORK_WORDS[criterion.current_work]}"
    return Table(criterion.label, (Column("Score", numeric=True), Column("What it means")), rows, note)


def _sheet(place: int, problem: AssessedProblem, matrix: Matrix, filled: Mapping[str, Filled]) -> list[Block]:
    columns = (
        Column("Question"),
        # Columns of numbers take the width they need, so that a scale never breaks.
        Column("Circle one", numeric=True),
        Column("How sure", numeric=True),
        Column(ANSWER_WORDS[Answer.DONT_KNOW], numeric=True),
        Column(ANSWER_WORDS[Answer.NOT_OURS], numeric=True),
        Column("What it is based on"),
    )
    rows = tuple(_row(criterion, filled.get(criterion.code)) for criterion in matrix.criteria)
    return [
        Heading(f"{place}. {problem.title}", 3, f"sheet-{matrix.slug}-{problem.slug}"),
        Table(f"Score sheet of {problem.title} by {matrix.title}", columns, rows, WHO),
    ]


def _row(criterion: Criterion, filled: Filled | None) -> tuple[tuple[str, ...], ...]:
    scale = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}".join(str(level) for level in sorted(criterion.levels))
    asked = f"{criterion.label} ({criterion.current_work} current work)"
    based = ROOM
    if filled and filled.level is not None:
        based = f"The figures say {filled.level}: {filled.working}. If not, why? {ROOM}"
    return ((asked,), (scale,), (SURE,), ("☐",), ("☐",), (based,))
