"""The shape of the home pages: the steps of setting up, and the first chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from wardmote.foundations.rounding import with_thousands
from wardmote.printing import html
from wardmote.printing.blocks import Inline, Picture
from wardmote.printing.chart_kinds import Line, LineChart
from wardmote.strategy.assessment.reports.problems import calendar_table
from wardmote.strategy.evidence.queries.first_figures import FirstFigures

from .queries.setting_up import BEGUN, DONE, OPEN, Step

COLOURS = {DONE: "", BEGUN: "yellow", OPEN: "grey"}


@dataclass(frozen=True)
class FirstFiguresPage:
    """The first chart as it stands on the page, and what is known of the area in sentences."""

    chart: SafeString
    sentences: tuple[str, ...]


def step_items(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the steps as a task list."""
    return [
        {
            "text": step.text,
            "url": step.url or None,
            "status": step.status,
            "colour": COLOURS[step.status],
            "hint": step.said,
        }
        for step in steps
    ]


def gaps_of(steps: Sequence[Step]) -> list[Step]:
    """Return the steps that are not done, with what each gap stops."""
    return [step for step in steps if step.status != DONE and step.gap]


def first_figures_page(found: FirstFigures) -> FirstFiguresPage | None:
    """Return the first chart and what is known of the area; None where nothing is."""
    sentences = _sentences(found)
    if not found.months:
        return FirstFiguresPage(SafeString(""), sentences) if sentences else None
    # The report's own printer escapes every text of it.
    return FirstFiguresPage(mark_safe(html.render_blocks([_picture(found)], figure_url=None)), sentences)  # noqa: S308


def _sentences(found: FirstFigures) -> tuple[str, ...]:
    said = []
    if found.wards:
        names = [name for _, name in found.wards]
        said.append(f"{len(names)} wards: {', '.join(names)}. They are those of the lookup {found.lookup}.")
    if found.residents is not None:
        said.append(f"{with_thousands(found.residents)} residents in mid-{found.residents_year}.")
    return tuple(said)


def _picture(found: FirstFigures) -> Picture:
    months = [month for month, _ in found.months]
    counts = {str(month): count for month, count in found.months}
    first, last = months[0].words(), months[-1].words()
    title = "Everything recorded, month by month"
    return Picture(
        title=title,
        subtitle=f"Crimes and incidents of anti-social behaviour a month in your districts, {first} to {last}",
        chart=LineChart(
            "Crimes and incidents a month",
            tuple(str(month) for month in months),
            (Line("Everything recorded", tuple(count for _, count in found.months)),),
        ),
        description=f"A line of {len(months)} months from {first} to {last}. The table has each month.",
        source=f"data.police.uk: {'; '.join(found.sources)}. Placed by {found.lookup}.",
        table=calendar_table(title, counts, lambda month: _cell(counts, month)),
    )


def _cell(counts: dict[str, int | None], month: str) -> Inline:
    if month not in counts:
        return ""
    value = counts[month]
    return "missing" if value is None else with_thousands(value)
