"""Every measure that is an expression gives the same rows on a Spark cluster as on DuckDB, from the same files."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from wardmote.analytics.measures import MEASURES, Evidence, Query, gather, rows_behind
from wardmote.analytics.measures.points import counts_at_points
from wardmote.analytics.sources import Prepared, ReadRequest, read
from wardmote.analytics.warehouse.engine import EngineError, connect
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.definitions import problems
from wardmote.foundations.periods import Month
from wardmote.sample.generator import write_sample
from wardmote.sample.places import NEIGHBOUR, VALE

QUESTIONS = {
    "by problem": Query(by=("problem",)),
    "by ward and problem": Query(by=("problem", "ward")),
    "one district": Query(by=("problem",), where={"district": (VALE.code,)}),
    "without the neighbour": Query(by=("category",), exclude={"district": (NEIGHBOUR.code,)}),
    "by small area": Query(by=("lsoa",), where={"problem": ("burglary",)}),
    "every 10,000": Query(by=("district",), per=10_000),
}
BY_TIME = {
    "by month": Query(by=("month", "problem")),
    "by quarter and ward": Query(by=("quarter", "ward")),
    "by rolling year": Query(by=("rolling_12", "category")),
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, list[HeldRelease]]:
    """The sample's files as releases: Parquet on this machine's disk."""
    files = write_sample(tmp_path_factory.mktemp("sample"), last_month=Month(2026, 8), months=24)
    warehouse = Warehouse(tmp_path_factory.mktemp("data"))
    found = _import(warehouse, "police-uk", *files.street)
    for path in files.lookup:
        found += _import(warehouse, "lookup", path)
    return warehouse, [*found, *_import(warehouse, "population", *files.population)]


def _import(warehouse: Warehouse, kind: str, *paths: Path) -> list[HeldRelease]:
    found = []
    with warehouse.staging() as staging:
        request = ReadRequest(tuple(paths), warehouse, staging, is_sample=False, now=dt.date(2026, 11, 21))
        for outcome in read(kind, request):
            assert isinstance(outcome, Prepared)
            one = outcome.manifest
            warehouse.publish(outcome)
            found.append(HeldRelease(one.release, one.dataset, one.kind, one.months, one.editions, one.is_sample))
    return found


@pytest.fixture(scope="module")
def both(held: tuple[Warehouse, list[HeldRelease]], spark: Any) -> tuple[Evidence, Evidence]:
    warehouse, releases = held
    defined = problems(dt.date(2026, 11, 1))
    on_duckdb = gather(warehouse, releases, problems=defined, code_version="test")
    return on_duckdb, gather(warehouse, releases, problems=defined, code_version="test", con=spark)


@pytest.mark.parametrize("measure", sorted(MEASURES))
@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_a_measure_is_the_same_on_both(both: tuple[Evidence, Evidence], measure: str, question: str) -> None:
    here, there = (MEASURES[measure](evidence, QUESTIONS[question]) for evidence in both)
    assert here.rows
    assert there.rows == here.rows
    assert there.notes == here.notes


@pytest.mark.parametrize("measure", sorted(set(MEASURES) - {"change"}))
@pytest.mark.parametrize("question", sorted(BY_TIME))
def test_a_measure_over_time_is_the_same_on_both(both: tuple[Evidence, Evidence], measure: str, question: str) -> None:
    here, there = (MEASURES[measure](evidence, BY_TIME[question]) for evidence in both)
    assert here.rows
    assert there.rows == here.rows


def test_the_rows_behind_a_figure_are_the_same_on_both(both: tuple[Evidence, Evidence]) -> None:
    query = Query(where={"problem": ("burglary",), "district": (VALE.code,)})
    here, there = (sorted(rows_behind(evidence, query)) for evidence in both)
    assert here
    assert there == here


def test_the_counts_at_points_are_the_same_on_both(both: tuple[Evidence, Evidence]) -> None:
    query = Query(by=("problem",), where={"problem": ("burglary", "shoplifting"), "district": (VALE.code,)})
    here, there = (counts_at_points(evidence, query) for evidence in both)
    assert all(one.at for one in here.values())
    assert there == here


def test_an_address_without_a_port_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="write spark://host:7077"):
        connect("spark://cluster", temp_directory=tmp_path)
