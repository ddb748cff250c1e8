"""The data sets of several forces side by side: which has how many where, and one read without the others."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import world
from tests.analytics.measures.world import FENWICK, OVERHILL, SALTMARSH, Row, incident
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.scope import incidents_within

HERE, THERE = "police-uk-street-marshland", "police-uk-street-upland"
HELD = world.months("2024-01", "2024-12")
PLACES = st.sampled_from([*world.LSOAS, None])
ROWS = st.lists(st.tuples(st.sampled_from([HERE, THERE]), PLACES, st.sampled_from(HELD)), max_size=25)


def gathered(rows: list[tuple[str, str | None, str]], *, apart: bool) -> Evidence:
    """Two forces' evidence; `apart` gives each data set's incidents by themselves too, as gathering does."""
    incidents = [incident(month, lsoa=lsoa, dataset=dataset) for dataset, lsoa, month in rows]
    releases = [world.release(HELD, dataset=HERE), world.release(HELD, dataset=THERE, name="b")]
    found = world.evidence(incidents, releases)
    if not apart:
        return found
    each: dict[str, list[Row]] = {HERE: [], THERE: []}
    for row in incidents:
        each[row["dataset"]].append(row)
    return replace(found, by_dataset={name: world.table(own, world.SCHEMA) for name, own in each.items()})


@settings(max_examples=20, deadline=None)
@given(ROWS, st.sets(st.sampled_from([SALTMARSH, FENWICK, OVERHILL]), min_size=1))
def test_each_data_set_is_counted_in_the_areas_as_a_count_of_it_alone(
    rows: list[tuple[str, str | None, str]], districts: set[str]
) -> None:
    evidence, where = gathered(rows, apart=False), {"district": tuple(sorted(districts))}
    slow = Counter(dataset for dataset, lsoa, _ in rows if lsoa and world.LSOAS[lsoa][2] in districts)
    assert incidents_within(evidence, where) == dict(slow)
    for dataset in (HERE, THERE):
        (alone,) = MEASURES["counts"](evidence, Query(where={**where, "dataset": (dataset,)})).records()
        assert alone["count"] == slow[dataset]


def test_areas_that_no_lookup_knows_are_refused_as_they_are_for_any_count() -> None:
    evidence = gathered([(HERE, "E01900001", "2024-03")], apart=False)
    with pytest.raises(FiguresRefused, match="There is not one district"):
        incidents_within(evidence, {"district": ("E07999999",)})
    with pytest.raises(FiguresRefused, match="needs areas"):
        incidents_within(replace(evidence, areas=None), {})


@settings(max_examples=10, deadline=None)
@given(ROWS)
def test_a_data_set_read_by_itself_gives_the_figures_that_all_of_them_filtered_give(
    rows: list[tuple[str, str | None, str]],
) -> None:
    apart, filtered = gathered(rows, apart=True), gathered(rows, apart=False)
    for by in ((), ("month",), ("district",), ("ward", "category"), ("lsoa",)):
        query = Query(by=by, where={"dataset": (THERE,)})
        assert MEASURES["counts"](apart, query) == MEASURES["counts"](filtered, query)


def test_a_data_set_that_is_not_there_by_itself_is_looked_for_among_all() -> None:
    rows = [(HERE, "E01900001", "2024-03"), (THERE, "E01900006", "2024-03")]
    evidence = replace(gathered(rows, apart=True), by_dataset={HERE: world.table([], world.SCHEMA)})
    count = evidence.con.to_pyarrow(evidence.incidents_of([THERE]).count()).as_py()
    assert count == 1
