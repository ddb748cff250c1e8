"""The shape of the evidence pages."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from wardmote.analytics.sources.figures import FigureValue, Preview
from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import signed_percentage, with_thousands
from wardmote.partnership.members.models import Place
from wardmote.strategy.evidence.models import Release, ReleaseVerdict
from wardmote.strategy.evidence.queries.checks import Check
from wardmote.strategy.evidence.queries.places import Ground
from wardmote.strategy.evidence.rules import MAY_BE_GIVEN, FigureStatus, MonthRows, ReleaseState, Verdict

KIND_WORDS = {
    "police-uk": "Crime and anti-social behaviour",
    "police-uk-outcomes": "Outcomes of crimes",
    "police-uk-stops": "Stop and search",
    "lookup": "Which areas lie in which",
    "population": "Population",
    "denominators": "What else rates are divided by",
    "boundaries": "Boundaries",
    "offence-counts": "Recorded crime by offence",
    "force-tables": "Recorded crime by police force area",
    "harm-weights": "Weights of harm",
    "severity-weights": "Weights of severity",
    "deprivation": "Deprivation",
    "road-casualties": "Road casualties",
    "incident-records": "Lists of incidents",
    "figures": "Figures of partners",
    "last-plan": "Last year's plan",
}
# What each quality figure is called on the page; a figure without words here stays in the data, and off the page.
QUALITY_WORDS = {
    "rows_without_location": "Rows without a location",
    "rows_outside_britain": "Rows with a location outside Britain, taken as none",
    "rows_without_lsoa": "Rows without a small area (LSOA)",
    "rows_without_crime_id": "Rows without a crime ID (anti-social behaviour has none)",
    "duplicate_crime_ids": "Rows that repeat a crime ID",
    "missing_months": "Months missing between the first and the last",
    "lsoa_codes_only_2011": "Small-area codes that exist only in the 2011 census",
    "rows_with_lsoa_only_2011": "Rows with such a code of 2011",
    "lsoa_codes_only_2021": "Small-area codes that exist only in the 2021 census",
    "rows_with_lsoa_only_2021": "Rows with such a code of 2021",
    "lsoa_codes_with_several_names": "Small-area codes with several names",
    "lsoa_names_that_differ": "Small-area codes whose name is not the census's",
    "categories_changed_since": "Categories that were renamed or divided since",
    "categories_not_recognised": "Categories that we do not know",
    "only_category": "Only one category is in these files",
    "skipped_files": "Files of other kinds, left aside",
    "rows_by_outcome": "Rows by outcome",
    "rows_by_type": "Stops by kind",
    "rows_by_object": "Stops by what was looked for",
    "rows_by_self_defined_ethnicity": "Stops by ethnicity, as the person said it",
    "rows_by_officer_defined_ethnicity": "Stops by ethnicity, as the officer saw it",
    "lsoa_codes": "Small areas",
    "population_by_year": "Residents by year",
    "missing_by_year": "Small areas without a population, by year",
    "figures_by_measure": "Figures by measure",
    "figures_by_status": "Figures by how firm they are",
    "figures_missing_by_reason": "Figures that are missing, by reason",
    "areas_without_code": "Areas whose code we do not know",
    "area_names_that_differ": "Areas whose name is not that of their code",
    "formulas_taken_by_their_stored_value": "Formulas, taken by the result that was stored",
    "numbers_stored_as_text": "Numbers that were stored as text",
    "sheets_left_aside": "Sheets left aside",
    "sheets_that_may_be_cut": "Files that fill their sheet to the last row, so that rows may be lost",
    "areas": "Areas",
    "domains": "Domains",
    "offence_codes": "Home Office offence codes",
    "rows_added_up": "Rows of an offence that stands in several, added up",
    "offences_by_quarter_from": "Offences by quarter, from its first month",
    "subgroups_of_no_category": "Offence subgroups that belong to no category of police.uk",
    "offences_without_code": "Offences without a Home Office code",
    "offences_not_notifiable": "Offences that forces need not count",
    "police_force_areas": "Police force areas",
    "areas_without_a_rate": "Areas without a rate",
    "totals_that_differ": "Numbers for England and Wales that are not the sum of their forces",
    "columns_left_aside": "Columns left aside",
    "collisions": "Collisions",
    "incidents_with_victim": "Incidents with a key of the victim, kept as a pseudonym",
    "incidents_with_offender": "Incidents with a key of an offender or suspect, kept as a pseudonym",
    "incidents_with_location": "Incidents with a key of the location, kept as a pseudonym",
    "incidents_with_point": "Incidents with a point",
    "incidents_with_lsoa": "Incidents with a small area (LSOA)",
    "columns_not_kept": "Columns of which nothing was kept",
    "casualties": "Casualties",
    "casualties_by_severity": "Casualties by how badly they were hurt",
    "casualties_without_lsoa": "Casualties without a small area (LSOA)",
    "casualties_of_unknown_age": "Casualties of whom the file does not say whether they are children",
    "casualties_without_recording_system": "Casualties of whom the file does not say how their injuries were recorded",
    "casualties_recorded_by_injury": "Casualties whose injuries themselves were recorded",
    "provisional_months": "Months that are not yet validated",
    "caveat": "What the supplier says about it",
}


@dataclass(frozen=True)
class CatalogueRow:
    """One release on the catalogue."""

    title: str
    url: str
    period: str
    accepted: int
    rejected: int
    publisher: str
    state: str
    colour: str


def period_words(release: Release) -> str:
    """Return the period in words; blank where the data have none."""
    if not release.period_from:
        return ""
    first, last = _month(release.period_from), _month(release.period_to)
    return first if first == last else f"{first} to {last}"


def _month(text: str) -> str:
    return Month.parse(text).words() if "-" in text else text


def catalogue_groups(releases: list[Release], counting: set[str]) -> list[tuple[str, list[CatalogueRow]]]:
    """Return the releases by kind, newest of each dataset first; `counting` are the digests still in use."""
    groups: dict[str, list[CatalogueRow]] = {}
    for release in sorted(releases, key=lambda r: (r.kind, r.dataset, -r.arrival)):
        words = KIND_WORDS.get(release.kind, release.kind)
        groups.setdefault(words, []).append(_row(release, counts=release.digest in counting))
    return [(words, groups[words]) for words in KIND_WORDS.values() if words in groups]


STATE_WORDS = {
    ReleaseState.WAITING: ("Waiting to be accepted", "yellow"),
    ReleaseState.HELD: ("Held back", "yellow"),
    ReleaseState.SET_ASIDE: ("Set aside", "grey"),
    ReleaseState.ACCEPTED: ("", ""),
}


def state_words(release: Release, *, counts: bool) -> tuple[str, str]:
    """Return where a release stands in a word or two with the colour of its tag; blank where it simply counts."""
    if release.state == ReleaseState.ACCEPTED and not counts:
        return "Replaced", "grey"
    return STATE_WORDS[ReleaseState(release.state)]


def _row(release: Release, *, counts: bool) -> CatalogueRow:
    state, colour = state_words(release, counts=counts)
    return CatalogueRow(
        title=release.title,
        url=reverse("evidence:release", args=[release.digest]),
        period=period_words(release),
        accepted=release.rows_accepted,
        rejected=release.rows_rejected,
        publisher=release.publisher,
        state=state,
        colour=colour,
    )


def quality_rows(release: Release) -> list[tuple[str, str]]:
    """Return the quality figures in words."""
    quality = release.quality
    return [(words, _value(quality[key], key, quality)) for key, words in QUALITY_WORDS.items() if key in quality]


def _value(value: Any, key: str, quality: dict[str, Any]) -> str:
    if value is None:
        return "No" if key == "only_category" else _capital(str(quality.get("lsoa_check", "not checked")))
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "None"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(item)}" for name, item in sorted(value.items())) or "None"
    share = quality.get(f"{key}_percent")
    return f"{_plain(value)} ({share}%)" if share else _plain(value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plain(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def month_rows(release: Release) -> list[tuple[str, int, str]]:
    """Return month in words, rows, and the share without a small area in percent, for each month held."""
    quality = release.quality
    rows, shares = quality.get("rows_by_month", {}), quality.get("rows_without_lsoa_percent_by_month", {})
    return [(Month.parse(month).words(), rows[month], str(shares.get(month, ""))) for month in sorted(rows)]


VERDICT_BUTTONS = {
    Verdict.ACCEPT: ("Accept", ""),
    Verdict.HOLD: ("Hold back", "secondary"),
    Verdict.ASK: ("Ask the supplier", "secondary"),
    Verdict.SET_ASIDE: ("Set aside", "warning"),
}
VERDICT_WORDS = {
    Verdict.ACCEPT: "Accepted",
    Verdict.HOLD: "Held back",
    Verdict.ASK: "Supplier asked",
    Verdict.SET_ASIDE: "Set aside",
}
STATUS_TAGS = {FigureStatus.PROVISIONAL: "Provisional", FigureStatus.VALIDATED: "Final"}


def verdict_buttons(release: Release) -> list[tuple[str, str, str]]:
    """Return text, address and look of a button for each thing that can be done with a release now."""
    given = MAY_BE_GIVEN[ReleaseState(release.state)]
    return [
        (
            VERDICT_BUTTONS[verdict][0],
            reverse("evidence:verdict", args=[release.digest, verdict]),
            VERDICT_BUTTONS[verdict][1],
        )
        for verdict in given
    ]


def verdict_rows(verdicts: list[ReleaseVerdict], posts: dict[UUID, str]) -> list[tuple[str, str, str, str]]:
    """Return what was decided about a release, newest first: what, when, by which post, in which words."""
    return [
        (
            VERDICT_WORDS[Verdict(one.verdict)],
            f"{timezone.localtime(one.given_at):%-d %B %Y, %H:%M}",
            posts.get(one.given_by_key, "Command line"),
            one.words,
        )
        for one in sorted(verdicts, key=lambda one: one.given_at, reverse=True)
    ]


def check_rows(check: Check) -> list[tuple[str, ...]]:
    """Return the months of a check, newest first: month, rows, those that count now, last year, share without area."""
    return [_check_row(one) for one in reversed(check.months)]


def _check_row(one: MonthRows) -> tuple[str, ...]:
    replaced = "new month" if one.replaced is None else _beside(one.rows, one.replaced)
    if one.restated:
        replaced = f"{one.replaced:,}, {one.restated:,} with another figure"
    before = "not held" if one.year_before is None else _beside(one.rows, one.year_before)
    placed = one.rows and one.unplaced is not None
    share = f"{with_thousands(Fraction(100 * (one.unplaced or 0), one.rows), 1)}%" if placed else "not given"
    return (one.month.words(), f"{one.rows:,}", replaced, before, share)


def _beside(now: int, before: int) -> str:
    if now == before or not before:
        return f"{before:,}, the same" if now == before else f"{before:,}"
    return f"{before:,} ({signed_percentage(Fraction(100 * (now - before), before), 1)})"


def accepted_words(accepted: int, left: int) -> str:
    """Return in a sentence what was accepted and what still waits for a look."""
    done = "1 release was accepted." if accepted == 1 else f"{accepted} releases were accepted."
    if not left:
        return done
    return f"{done} {'1 needs' if left == 1 else f'{left} need'} a look before you decide."


def place_initial(place: Place | None, ground: Ground) -> dict[str, Any]:
    """Return what a place's form shows first: whole wards where all their small areas belong to it, else the areas."""
    if place is None:
        return {}
    codes = set(place.lsoa_codes)
    wards = [code for code, (_, areas) in ground.wards().items() if codes.issuperset(areas)]
    whole = {code for ward in wards for code in ground.wards()[ward][1]}
    return {"name": place.name, "wards": wards, "areas": sorted(codes - whole)}


PREVIEW_COLUMNS = ["Period", "Area", "What was counted", {"title": "Value", "numeric": True}, "Row"]
REJECT_COLUMNS = ["Row", "Column", "Reason"]


def nothing_read_words(shown: Preview) -> str:
    """Return what to do where a mapping reads not one figure of a sheet."""
    first = f" The first reason: {shown.rejects[0].reason}" if shown.rejects else ""
    return f"Not one figure could be read.{first} Check which columns hold the period, the area and the values."


def preview_table(shown: Preview) -> dict[str, Any]:
    """Return what a mapping would make of a sheet; a missing figure says why and is never 0."""
    return {
        "read": shown.read,
        "accepted": shown.accepted,
        "rejected": shown.rejected,
        "more": shown.accepted > len(shown.figures),
        "columns": PREVIEW_COLUMNS,
        "rows": [[one.period.text, one.area, one.measure, figure_words(one.value), one.row] for one in shown.figures],
        "reject_columns": REJECT_COLUMNS,
        "rejects": [[one.line, one.column or "Whole row", one.reason] for one in shown.rejects],
    }


def figure_words(value: FigureValue) -> str:
    """Write a figure with its unit, or why it is missing."""
    if value.value is None:
        return f"Missing: {value.missing_reason}"
    number = f"{value.value:,f}"
    return {"£": f"£{number}", "%": f"{number}%"}.get(value.unit, number)
