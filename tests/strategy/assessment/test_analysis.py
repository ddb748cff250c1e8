"""The analysis of a small generated district: its content, its figures, and the rows behind them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.strategy.conftest import AS_AT, SLUGS, Held
from wardmote.printing.canonical import canonical_json
from wardmote.sample.places import VALE, small_areas
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.assessment.queries.scope import AnalysisRefused, AnalysisScope, held_until, whole_months_until
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases

pytestmark = pytest.mark.django_db
DISTRICTS = ((VALE.code, VALE.name),)
IN_VALE = {area.code: area.ward.code for area in small_areas() if area.ward.district is VALE}


@pytest.fixture(scope="module")
def published(held: Held) -> list[dict[str, str]]:
    """Every row of the files, read with the csv module alone."""
    return [row for path in held.files.street for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))]


def of_problem(analysis: dict[str, Any], slug: str) -> dict[str, Any]:
    found: dict[str, Any] = next(problem for problem in analysis["problems"] if problem["slug"] == slug)
    return found


def rows_of(rows: list[dict[str, str]], category: str, *, year: int = 1) -> Iterator[dict[str, str]]:
    """Rows of a category in Ashcombe Vale, of the last year (1) or the one before (0)."""
    first, last = ("2025-09", "2026-08") if year else ("2024-09", "2025-08")
    return (
        r for r in rows if r["Crime type"] == category and r["LSOA code"] in IN_VALE and first <= r["Month"] <= last
    )


def scope(**values: Any) -> AnalysisScope:
    given = AnalysisScope("Ashcombe Vale", DISTRICTS, AS_AT, SLUGS, held_releases(is_sample=False), is_sample=False)
    return replace(given, **values)


def test_it_compares_the_last_year_held_with_the_one_before(held: Held) -> None:
    content = held.analysis.content
    assert content["period"] == {"first": "2025-09", "last": "2026-08", "words": "year to August 2026"}
    assert content["before"]["words"] == "year to August 2025"
    assert (content["months"][0], content["months"][-1], len(content["months"])) == ("2024-09", "2026-08", 24)


@pytest.mark.parametrize(("slug", "category"), [("burglary", "Burglary"), ("shoplifting", "Shoplifting")])
def test_counts_are_those_of_the_files(held: Held, published: list[dict[str, str]], slug: str, category: str) -> None:
    problem = of_problem(held.analysis.content, slug)
    now, before = (list(rows_of(published, category, year=year)) for year in (1, 0))
    assert problem["rate"]["count"] == problem["change"]["current"] == len(now)
    assert problem["change"]["previous"] == len(before)
    assert problem["months"] == Counter(row["Month"] for row in [*before, *now])
    wards = Counter(IN_VALE[row["LSOA code"]] for row in now)
    assert {place["code"]: place["count"] for place in problem["places"] if place["count"]} == wards


def test_rates_and_shares_are_worked_from_the_same_counts(held: Held, published: list[dict[str, str]]) -> None:
    burglary = of_problem(held.analysis.content, "burglary")
    count, residents = burglary["rate"]["count"], int(burglary["rate"]["population"])
    assert Decimal(burglary["rate"]["rate"]) == pytest.approx(Decimal(1000 * count) / residents)
    everything = sum(1 for r in published if r["LSOA code"] in IN_VALE and "2025-09" <= r["Month"] <= "2026-08")
    assert Decimal(burglary["share"]["share"]) == pytest.approx(Decimal(100 * count) / everything)


def test_a_problem_that_the_figures_cannot_measure_says_why(held: Held) -> None:
    hidden = of_problem(held.analysis.content, "domestic-abuse")
    assert not hidden["measured"]
    assert len(hidden["not_measured"]) > 20
    assert (hidden["rate"], hidden["months"], hidden["places"]) == ({}, {}, [])


def test_it_cites_every_release_that_it_used_and_holds_plain_values_only(held: Held) -> None:
    content = held.analysis.content
    assert {source["release"] for source in content["sources"]} == set(held.analysis.cited)
    assert {source["kind"] for source in content["sources"]} >= {"police-uk", "lookup", "population"}
    assert canonical_json(content) == canonical_json(content)
    assert content["map"]["level"] == "ward"


def test_the_same_evidence_gives_the_same_bytes(held: Held, releases: tuple[Release, ...]) -> None:
    assert canonical_json(analyse(scope()).content) == canonical_json(held.analysis.content)


def test_months_after_the_day_are_left_out(releases: tuple[Release, ...]) -> None:
    content = analyse(scope(as_at=date(2026, 7, 30), problems=("burglary",))).content
    assert content["period"]["last"] == "2026-06"


@pytest.mark.parametrize(
    ("day", "last"),
    [(date(2026, 10, 31), "2026-10"), (date(2026, 10, 30), "2026-09"), (date(2024, 2, 29), "2024-02"),
     (date(2026, 1, 1), "2025-12")],
)  # fmt: skip
def test_a_month_counts_once_it_has_ended(day: date, last: str) -> None:
    assert str(whole_months_until(day)) == last


def test_a_release_without_a_month_left_is_not_held_until_then(releases: tuple[Release, ...]) -> None:
    kept = held_until(held_releases(is_sample=False), whole_months_until(date(2020, 1, 1)))
    assert "police-uk" not in {release.kind for release in kept}
    assert "population" in {release.kind for release in kept}


def test_what_cannot_be_analysed_is_refused_with_a_sentence(releases: tuple[Release, ...]) -> None:
    with pytest.raises(AnalysisRefused, match=r"^No crime data are held up to 1 January 2020\. Import"):
        analyse(scope(as_at=date(2020, 1, 1)))
    with pytest.raises(AnalysisRefused, match=r"by the data cut-off, 3 January 2020\. What was accepted later waits"):
        analyse(scope(as_at=date(2020, 1, 1), data_cut_off=date(2020, 1, 3)))
    with pytest.raises(AnalysisRefused, match=r"[a-z]\.$"):
        analyse(scope(districts=(("E07009999", "Nowhere"),)))


FIGURES = ("burglary.count", "burglary.before", "burglary.rate", "burglary.share", "burglary.change",
           "burglary.month.2025-01", "shoplifting.place.E05900014.count")  # fmt: skip


@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_says_where_it_comes_from(held: Held, key: str) -> None:
    found = figure_named(held.analysis.content, key)
    assert found is not None
    assert found["key"] == key
    for name in ("value", "unit", "measure", "period", "area", "lookup", "code_version", "releases"):
        assert found[name], name
    cited = {digest for _, digest in found["releases"]}
    assert cited <= set(held.analysis.cited)
    assert bool(found["population"]) == (key == "burglary.rate" or ".place." in key)


@pytest.mark.parametrize(
    "key", ["", "burglary", "burglary.", "burglary.moon", "burglary.month.1999-01", "burglary.place.E05900014.moon",
            "burglary.place.E05000000.count", "robbery.count", "domestic-abuse.count", "burglary.count.more"],
)  # fmt: skip
def test_an_unknown_figure_is_none(held: Held, key: str) -> None:
    assert figure_named(held.analysis.content, key) is None
    assert figure_named(None, key) is None


@pytest.mark.parametrize(
    "key", ["burglary.count", "burglary.before", "burglary.month.2025-01", "shoplifting.place.E05900014.count",
            "burglary.place.E05900001.before"],
)  # fmt: skip
def test_the_rows_behind_a_count_are_as_many_as_it_says(held: Held, releases: tuple[Release, ...], key: str) -> None:
    content = held.analysis.content
    figure = figure_named(content, key)
    assert figure is not None
    rows = list(csv.reader(io.StringIO("".join(rows_of_figure(content, figure)))))
    assert len(rows) - 1 == int(figure["value"]) > 0


def test_the_rows_behind_a_change_are_those_of_both_years(held: Held, releases: tuple[Release, ...]) -> None:
    content = held.analysis.content
    figure = figure_named(content, "burglary.change")
    assert figure is not None
    months = [row["month"] for row in csv.DictReader(io.StringIO("".join(rows_of_figure(content, figure))))]
    change = next(problem for problem in content["problems"] if problem["slug"] == "burglary")["change"]
    assert len(months) == change["previous"] + change["current"]
    assert (min(months), max(months)) == (content["before"]["first"], content["period"]["last"])
