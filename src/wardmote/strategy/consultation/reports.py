"""What people said, as a report prints it: how they were asked, the order, the percentages, who answered, the trend."""

from collections.abc import Sequence

from wardmote.definitions import consultation_rule, small_counts
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Facts, Heading, Inset, Paragraph, Table, Warning

from .models import Consultation
from .queries.results import ConsultationResult, GroupResult, QuestionResult
from .queries.tracker import SeriesResult
from .rules import METHOD_WORDS, SAMPLING_CAVEATS, SAMPLING_WORDS, Method, QuestionKind, Sampling


def consultation_blocks(result: ConsultationResult, *, number: int, is_stale: bool) -> list[Block]:
    """Return a consultation under a heading of level 3; `number` tells several apart."""
    consultation = result.consultation
    blocks: list[Block] = [
        Heading(consultation.title, 3, f"consultation-{number}"),
        Facts(tuple((name, (value,)) for name, value in facts_of(consultation))),
    ]
    if is_stale:
        blocks.append(Warning((stale_words(consultation),)))
    for question in result.questions:
        blocks += _question(question)
    if any(question.kind is QuestionKind.CHOICES for question in result.questions):
        blocks.append(Paragraph((interval_caveat(consultation),)))
    return [*blocks, *_profile(result)]


def facts_of(consultation: Consultation) -> list[tuple[str, str]]:
    """Return how people were asked, as names and values."""
    method = METHOD_WORDS[Method(consultation.method)]
    rows = [
        ("Who was asked", consultation.asked),
        ("How", f"{method}. {SAMPLING_WORDS[Sampling(consultation.sampling)]}."),
        ("When", period_words(consultation)),
        ("How many answered", with_thousands(consultation.base)),
        ("How they were reached", consultation.reached),
        ("Who ran it", consultation.run_by),
        ("What to bear in mind", consultation.caveats),
    ]
    return [(name, value) for name, value in rows if value]


def period_words(consultation: Consultation) -> str:
    """Return when people were asked."""
    return f"{consultation.from_on:%-d %B %Y} to {consultation.to_on:%-d %B %Y}"


def stale_words(consultation: Consultation) -> str:
    """Say that a consultation is old."""
    years = consultation_rule().stale_after_years
    return f"It ended on {consultation.to_on:%-d %B %Y}, more than {years} years before this assessment. Ask again."


def interval_caveat(consultation: Consultation) -> str:
    """Say what the intervals of a consultation's percentages are worth."""
    return f"95% intervals are Wilson's (1927). {SAMPLING_CAVEATS[Sampling(consultation.sampling)]}"


def _question(result: QuestionResult) -> list[Block]:
    caption = f"“{result.question.wording}” {result.base} answered, {result.method}"
    if result.kind is QuestionKind.RANKING:
        columns = ("Item", "Place", "Average place", "Borda's points", "Gave it a place")
        rows = [(one.title, one.place, one.average, one.points, one.answered) for one in result.items]
    else:
        columns = ("Item", "Place", "Chose it", "Share of those who answered", "95% interval")
        rows = [(one.title, one.place, one.answered, one.share, one.interval) for one in result.items]
    return [_table(caption, columns, rows, result.note)]


def _profile(result: ConsultationResult) -> list[Block]:
    if not result.profile:
        return []
    columns = ("Group", "Respondents", "Share of base", "Share of population", "Difference, percentage points")
    rows = [
        (f"{one.feature}: {one.group}", one.respondents, one.share, one.population, _gap(one)) for one in result.profile
    ]
    base = with_thousands(result.consultation.base)
    note = f"Population: {result.consultation.population_source}. {consultation_rule().words}"
    if any(one.respondents == small_counts().hidden for one in result.profile):
        note += f" {small_counts().hidden} is {small_counts().hidden_words}."
    blocks: list[Block] = [_table(f"Who answered, of {base}, beside the population", columns, rows, note)]
    under = result.under_represented
    if under:
        blocks.append(Inset((f"Clearly under-represented: {'; '.join(under)}.",)))
    return blocks


def _gap(one: GroupResult) -> str:
    gap = one.gap.split(" percentage")[0]
    return f"{gap}, under-represented" if one.is_under else gap


def series_blocks(found: Sequence[SeriesResult]) -> list[Block]:
    """Return perception surveys over time, a table each; a change of method is drawn as a row of its own."""
    told = [one for one in found if one.waves]
    if not told:
        return []
    blocks: list[Block] = [Heading("How views have changed", 3, "perception")]
    for one in told:
        blocks += [Paragraph((one.latest,)), _series(one)]
    return blocks


def _series(result: SeriesResult) -> Table:
    series = result.series
    columns = ("Wave", "Value", "Base", "Change, percentage points", "95% interval", "Nationally", "Rank")
    rows: list[tuple[str, ...]] = []
    for one in result.waves:
        if one.wave.break_before:
            rows.append((f"Change of method: {one.wave.break_before}", *[""] * (len(columns) - 1)))
        change = one.change.split(" percentage")[0]
        rows.append((one.wave.period, one.value, one.base, change, one.interval, one.national, one.rank))
    sources = dict.fromkeys(one.wave.source for one in result.waves if one.wave.source)
    compared = f" Compared with {series.compared_with}." if series.compared_with else ""
    note = f"{series.area}.{compared} Source: {', '.join([series.survey, *sources])}."
    return _table(f"{series.survey}: {series.question}", columns, rows, note)


def _table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> Table:
    heads = tuple(Column(title, numeric=at > 0) for at, title in enumerate(columns))
    return Table(caption, heads, tuple(tuple((cell,) for cell in row) for row in rows), note)
