"""The shape of the evidence pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wardmote.foundations.periods import Month

from .models import Release

KIND_WORDS = {
    "police-uk": "Crime and anti-social behaviour",
    "lookup": "Which areas lie in which",
    "population": "Population",
    "boundaries": "Boundaries",
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
    "lsoa_codes": "Small areas",
    "population_by_year": "Residents by year",
    "missing_by_year": "Small areas without a population, by year",
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
    counts: bool


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


def _row(release: Release, *, counts: bool) -> CatalogueRow:
    return CatalogueRow(
        title=release.title,
        url=reverse("evidence:release", args=[release.digest]),
        period=period_words(release),
        accepted=release.rows_accepted,
        rejected=release.rows_rejected,
        publisher=release.publisher,
        counts=counts,
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
