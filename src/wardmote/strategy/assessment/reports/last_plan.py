"""How far last year's plan was carried out, as the report prints it under the part that the law asks for."""

from wardmote.foundations.plans import PROGRESS_WORDS, Level, PlanLine
from wardmote.printing.blocks import Block, Column, Inlines, Table
from wardmote.strategy.evidence.queries.last_year import LastPlan


def last_plan_blocks(plan: LastPlan | None) -> list[Block]:
    """Return every priority and commitment with its own number and how far it got; nothing where no plan is kept."""
    if plan is None:
        return []
    columns = (Column("Number"), Column("Priority or commitment"), Column("How far"))
    note = f"From the plan as it was kept, release {plan.release.digest[:12]}. {_counted(plan)}"
    return [Table("Last year's plan, line by line", columns, tuple(_row(line) for line in plan.lines), note=note)]


def _row(line: PlanLine) -> tuple[Inlines, ...]:
    is_priority = line.level is Level.PRIORITY
    words = f"Priority: {line.text}" if is_priority else line.text
    return ((line.reference,), (words,), ("" if is_priority else PROGRESS_WORDS[line.progress],))


def _counted(plan: LastPlan) -> str:
    told = ((plan.count(progress), words.lower()) for progress, words in PROGRESS_WORDS.items())
    commitments = sum(line.level is Level.COMMITMENT for line in plan.lines)
    return f"Of {commitments} commitments: {', '.join(f'{n} {words}' for n, words in told if n)}."
