"""The paper for the bodies that approve: the decision asked, why, what is missing, the way to approval; two pages."""

from collections.abc import Sequence

from wardmote.printing.blocks import Block, Bullets, Column, Heading, Inlines, Inset, Paragraph, Report, Strong, Table
from wardmote.strategy.assessment.models import Approval, Assessment, BoardPaper
from wardmote.strategy.assessment.queries.approval import last_approval
from wardmote.strategy.assessment.queries.balance import Balance, BalanceRow
from wardmote.strategy.assessment.queries.outline import outline_of
from wardmote.strategy.assessment.queries.route import RouteStep, next_body, route_of
from wardmote.strategy.assessment.rules import (
    APPROVAL_WORDS,
    APPROVES,
    OUTCOME_WORDS,
    ApprovalOutcome,
    Outcome,
    PartState,
)
from wardmote.strategy.assessment.rules.board import LAST_YEAR_WORDS, REQUIRER_WORDS, Requirer

HARM_NOT_KNOWN = "not yet known"
NOT_ASKED = "not asked about"


def board_report(assessment: Assessment, balance: Balance) -> Report:
    """Return the paper; it says Draft until a body has approved."""
    return Report(
        title=f"{assessment.title}: for decision",
        caption="Summary and covering report",
        partnership=assessment.partnership.name,
        status="working" if last_approval(assessment) else "draft",
        as_at=assessment.as_at,
        blocks=tuple(_blocks(assessment, balance)),
        figures=(),
        is_sample=assessment.partnership.is_sample,
    )


def _blocks(assessment: Assessment, balance: Balance) -> list[Block]:
    return [
        Heading("The decision asked", 2, "decision"),
        Inset((decision_asked(assessment, balance),)),
        *_priorities(balance),
        Heading("What changed since last year", 2, "changed"),
        _bullets(changed_words(balance)),
        Heading("Required contents", 2, "contents"),
        _bullets(contents_words(assessment)),
        *_implications(assessment),
        Heading("Approval", 2, "approval"),
        _bullets([step_words(step) for step in route_of(assessment)] or ["No body is planned yet."]),
        Heading("Why these", 2, "why"),
        _table(balance),
    ]


def decision_asked(assessment: Assessment, balance: Balance) -> str:
    """Return in one sentence what is asked: as the analyst wrote it, else as it follows from what is proposed."""
    paper = BoardPaper.objects.filter(assessment=assessment).first()
    if paper and paper.decision_asked:
        return paper.decision_asked
    following = next_body(assessment)
    body = f"{following.body}: asked" if following else "The board is asked"
    count = len(balance.priorities)
    if not count:
        return "Nothing is proposed to be a priority yet, so no body can be asked to decide."
    named = f"this priority: {balance.priorities[0]}" if count == 1 else f"these {count} priorities: {_list(balance)}"
    return f"{body} to approve this assessment and {named}."


def _list(balance: Balance) -> str:
    return f"{', '.join(balance.priorities[:-1])} and {balance.priorities[-1]}"


def changed_words(balance: Balance) -> list[str]:
    """Return in sentences what is new, what stays and what goes, and what is not known."""
    if not balance.last_source:
        return ["Last year's priorities are not known here. Paste last year's plan under Evidence to compare."]
    years = balance.years
    told = [("New", years.new), ("Stays", years.kept), ("No longer a priority", years.gone)]
    words = [f"{what}: {', '.join(balance.titles(slugs))}." for what, slugs in told if slugs]
    if balance.unmatched:
        words.append(f"Priorities of last year that are none of these problems: {'; '.join(balance.unmatched)}.")
    return [
        *(words or ["No priority is proposed yet."]),
        f"Last year's priorities are those of: {balance.last_source}.",
    ]


def contents_words(assessment: Assessment) -> list[str]:
    """Return how much of what is required is there, and each gap with who fills it."""
    parts = outline_of(assessment)
    present = [part for part in parts if part.state in (PartState.DRAFTED, PartState.AGREED)]
    words = [f"{len(present)} of {len(parts)} required parts are there."]
    for part in parts:
        if part.state is PartState.GAP:
            words.append(
                f"Declared gap: {part.required.title}. {part.gap} {part.gap_owner} fills it by "
                f"{part.gap_due_on:%-d %B %Y}."
            )
        elif part.state is PartState.EMPTY:
            words.append(f"Empty: {part.required.title}.")
    return words


def step_words(step: RouteStep) -> str:
    """Return where a body stands on the way to approval."""
    if step.approval:
        return approved_words(step.approval)
    planned = f"{step.planned_on:%-d %B %Y}" if step.planned_on else "no day planned"
    return f"{'Next: ' if step.is_next else ''}{step.body}, {planned}."


def approved_words(approval: Approval) -> str:
    """Return in sentences what a body decided, what it wanted changed, and who checked it."""
    outcome = APPROVAL_WORDS[ApprovalOutcome(approval.outcome)]
    words = f"{outcome} by {approval.body} on {approval.decided_on:%-d %B %Y}."
    if not approval.changes:
        return words
    changes = " ".join(approval.changes.split()).rstrip(".")
    if approval.outcome != ApprovalOutcome.WITH_CHANGES:
        return f"{words} To be changed: {changes}."
    if approval.checked_on:
        return f"{words} Changes: {changes}. Checked by {approval.checked_by} on {approval.checked_on:%-d %B %Y}."
    return f"{words} Changes: {changes}. Nobody has recorded yet that they were made."


def approvals_words(assessment: Assessment) -> str:
    """Return every approval of an assessment, as its documents print it."""
    found = sorted(assessment.approvals.all(), key=lambda one: one.recorded_at)
    return " ".join(approved_words(one) for one in found if ApprovalOutcome(one.outcome) in APPROVES)


def _implications(assessment: Assessment) -> list[Block]:
    paper = BoardPaper.objects.filter(assessment=assessment).first()
    texts = [text.strip() for text in (paper.implications if paper else "").split("\n\n") if text.strip()]
    heading = Heading("What it means for each of us", 2, "implications")
    return [heading, *(Paragraph((text,)) for text in texts)] if texts else []


def _priorities(balance: Balance) -> list[Block]:
    rows = [row for row in balance.rows if row.outcome is Outcome.PRIORITY]
    if not rows:
        return []
    items: tuple[Inlines, ...] = tuple((Strong(f"{row.title}. "), reason_of(row)) for row in rows)
    return [Heading("Priorities and why", 2, "priorities"), Bullets(items)]


def reason_of(row: BalanceRow) -> str:
    """Return the reason of what was decided; else of what is proposed."""
    return row.decided.reason if row.decided else row.proposed.reason if row.proposed else ""


def outcome_words(row: BalanceRow) -> str:
    """Return what was decided or is proposed; and both where the decision is another than was proposed."""
    if row.decided is None:
        return f"Proposed: {OUTCOME_WORDS[row.proposed.outcome].lower()}" if row.proposed else "Nothing proposed yet"
    words = OUTCOME_WORDS[row.decided.outcome]
    if row.proposed and row.proposed.outcome is not row.decided.outcome:
        return f"{words} (proposed: {OUTCOME_WORDS[row.proposed.outcome].lower()})"
    return words


def residents_words(row: BalanceRow, balance: Balance) -> list[str]:
    """Return what residents said of a problem, or why nothing."""
    if row.heard:
        return list(row.heard.said)
    return [NOT_ASKED if balance.has_consultation else "no consultation chosen"]


def required_words(row: BalanceRow) -> list[str]:
    """Return who requires something about a problem, what, and where it says so."""
    return [
        f"{REQUIRER_WORDS[Requirer(one.required_by)]}: {one.text.rstrip('.')} ({one.source})."
        for one in row.requirements
    ]


def rank_words(row: BalanceRow) -> str:
    """Return the rank of a problem, or that the ranking is closed."""
    return row.ranked.rank_words if row.ranked else "ranking not open"


def firmness_words(row: BalanceRow) -> str:
    """Return how firm a problem's place is, without the arithmetic."""
    return row.ranked.firmness_words.split(" (")[0] if row.ranked else ""


def harm_cell(row: BalanceRow) -> str:
    """Return the estimated harm of a problem in brief, or that it is not known."""
    return row.harm or HARM_NOT_KNOWN


def _harm_note(balance: Balance) -> str:
    if not any(row.harm for row in balance.rows):
        return f"Harm by an index is {HARM_NOT_KNOWN} for any problem."
    return (
        "Harm is estimated from weights of offences and the mix of offences that the Home Office's tables have: days "
        "in prison from which a court would start. Its share is of the incidents that can be weighed."
    )


def _table(balance: Balance) -> Table:
    columns = (
        "Problem",
        "Rank, how firm",
        "Harm",
        "Residents",
        "Required by",
        "Last year",
        "Outcome, and why it differs",
    )
    rows = tuple(tuple((cell,) for cell in _row(row, balance)) for row in balance.rows)
    note = " ".join(part for part in (balance.asked_words, _harm_note(balance)) if part)
    return Table("What speaks for each problem", tuple(Column(title) for title in columns), rows, note)


def _row(row: BalanceRow, balance: Balance) -> Sequence[str]:
    rank = ", ".join(words for words in (rank_words(row), firmness_words(row)) if words)
    required = ", ".join(dict.fromkeys(REQUIRER_WORDS[Requirer(one.required_by)] for one in row.requirements))
    differs = f": {'; '.join(row.differs).lower()}. {reason_of(row)}" if row.differs else ""
    return (
        row.title,
        rank,
        harm_cell(row),
        "; ".join(residents_words(row, balance)),
        required,
        LAST_YEAR_WORDS[row.last_year],
        f"{outcome_words(row)}{differs}",
    )


def _bullets(words: Sequence[str]) -> Bullets:
    return Bullets(tuple((one,) for one in words))
