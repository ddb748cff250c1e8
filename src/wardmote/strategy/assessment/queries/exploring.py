"""Exploring the figures: one problem, over a year to any month that is held, without starting an assessment."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures.areas import areas_within
from wardmote.analytics.measures.rows import safe_cell
from wardmote.foundations.periods import Month
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.queries import gather_evidence, held_releases
from wardmote.strategy.evidence.queries.boundaries import chosen_lookup
from wardmote.strategy.evidence.queries.changes import changes_known
from wardmote.strategy.evidence.queries.comparison import chosen_group
from wardmote.strategy.evidence.queries.incident_lists import incident_lists
from wardmote.strategy.evidence.queries.own_problems import every_problem

from .analysis import analyse
from .scope import AnalysisScope
from .two_sources import pairs_for


@dataclass(frozen=True)
class Explored:
    """What was found: the problem's figures as an analysis holds them, and the whole of it for sources and period."""

    problem: dict[str, Any]
    analysis: dict[str, Any]


def wards_to_explore(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return code and name of the wards of the partnership, none where no lookup knows them."""
    reader.require(Permission.SEE_EVIDENCE)
    partnership = partnership_of(reader)
    evidence = gather_evidence(is_sample=partnership.is_sample, lookup=chosen_lookup(partnership))
    try:
        return areas_within(evidence, "ward", tuple(one.code for one in partnership.districts.all()))
    finally:
        evidence.con.disconnect()


def explore(reader: Reader, slug: str, last: Month, *, ward: tuple[str, str] | None = None) -> Explored:
    """Return the figures of one problem for the year to a month, of the whole area or of one ward.

    Raises AnalysisRefused with what is missing. A partner's own figures are of the whole area only.
    """
    reader.require(Permission.SEE_EVIDENCE)
    partnership = partnership_of(reader)
    group = chosen_group(partnership)
    scope = AnalysisScope(
        partnership=partnership.name,
        districts=tuple((district.code, district.name) for district in partnership.districts.all()),
        as_at=last.last_day,
        problems=(slug,),
        held=held_releases(is_sample=partnership.is_sample),
        is_sample=partnership.is_sample,
        pairs=() if ward else pairs_for(partnership),
        ward=ward,
        changes=changes_known(partnership),
        known=every_problem(partnership),
        lookup=chosen_lookup(partnership),
        lists=() if ward else incident_lists(partnership),
        compared_with=group.codes,
        compared_by=group.as_content(),
    )
    content = analyse(scope).content
    return Explored(content["problems"][0], content)


def explored_lines(found: Explored) -> Iterator[str]:
    """Return lines of CSV: every month and every area, each with where it comes from."""
    releases = " ".join(source["release"] for source in found.analysis["sources"] if source["kind"] == "police-uk")
    period = found.analysis["period"]["words"]
    yield _line("problem", "period", "area_code", "area", "incidents", "rate_per_1000", "releases")
    title = found.problem["title"]
    area = " and ".join(name for _, name in found.analysis["districts"])
    for month, count in sorted(found.problem["months"].items()):
        yield _line(title, month, "", area, _blank(count), "", releases)
    for row in sorted(found.problem["places"], key=lambda row: row["name"]):
        yield _line(title, period, row["code"], row["name"], _blank(row["count"]), _blank(row["rate"]), releases)


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def _blank(value: object) -> str:
    """A figure that is missing stays empty in the file; it is never a nought."""
    return "" if value is None else str(value)
