"""The parts of the report about the ranking and the decisions. No scorer and no agency is told apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from wardmote.printing.blocks import Block, Column, Heading, Inset, Paragraph, Table
from wardmote.strategy.assessment.queries.decisions import DecisionView
from wardmote.strategy.assessment.queries.ranking import RankedProblem, Ranking, agreement_words
from wardmote.strategy.assessment.rules import OUTCOME_WORDS, Outcome

Content = Mapping[str, Any]


def ranking_blocks(rankings: Sequence[Ranking], analysis: Content) -> list[Block]:
    """Return each ranking with how firm it is, and how far two models agree."""
    if not any(ranking.rows for ranking in rankings):
        return []
    blocks: list[Block] = [Heading("How the problems rank", 2, "ranking")]
    for ranking in rankings:
        blocks += [Paragraph((f"{ranking.title}. {ranking.description}",)), _table(ranking), _firmness(ranking)]
    if len(rankings) == 2:
        blocks.append(Inset((agreement_words(*rankings),)))
    return blocks


def _table(ranking: Ranking) -> Table:
    columns = (
        Column("Problem"),
        Column("Rank", numeric=True),
        Column("Score (0 to 100)", numeric=True),
        Column("Scores used"),
        *(Column(label, numeric=True) for label in ranking.second_axes),
        Column("How firm is this?"),
    )
    rows = tuple(_row(row) for row in ranking.rows)
    return Table(f"Ranking by {ranking.title}", columns, rows, ranking.note)


def _row(row: RankedProblem) -> tuple[tuple[str, ...], ...]:
    confidence = f", {row.confidence_words.lower()} confidence" if row.confidence_words else ""
    weak = f". {row.evidence_words}" if row.evidence_words else ""
    basis = f"{row.basis_words}{confidence}{weak}"
    cells = (row.title, row.rank_words, row.score_words, basis, *row.second_axis_words)
    return tuple((cell,) for cell in (*cells, row.firmness_words))


def _firmness(ranking: Ranking) -> Paragraph:
    return Paragraph(
        (
            f"“Always in” means among the first {ranking.top} in at least 95% of {ranking.draws:,} draws of weights "
            "and scores within the panel's own spread, or the confidence it agreed on; “out” "
            "means in at most 5%; all else could go either way.",
        )
    )


def decision_blocks(decisions: Mapping[str, DecisionView], analysis: Content) -> list[Block]:
    """Return what the partnership decided, priorities first."""
    if not decisions:
        return []
    titles = {problem["slug"]: problem["title"] for problem in analysis["problems"]}
    order = list(Outcome)
    ordered = sorted(decisions.items(), key=lambda item: (order.index(item[1].outcome), titles.get(item[0], "")))
    columns = (Column("Problem"), Column("Decision"), Column("Why"), Column("Decided by"))
    rows = tuple(
        ((titles.get(slug, slug),), (OUTCOME_WORDS[view.outcome],), (view.reason,), (view.decided_words,))
        for slug, view in ordered
    )
    undecided = [title for slug, title in titles.items() if slug not in decisions]
    note = f"No decision is recorded about: {', '.join(undecided)}." if undecided else ""
    return [Heading("What the partnership decided", 2, "decisions"), Table("Decisions", columns, rows, note)]
