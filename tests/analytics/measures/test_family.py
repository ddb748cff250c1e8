"""The family of nearest areas: by hand, against numpy, scipy and pyproj, and as properties."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from scipy.spatial.distance import cdist
from scipy.stats import zscore

from wardmote.analytics.measures.district_facts import Fact
from wardmote.analytics.measures.enclosed import square_km
from wardmote.analytics.measures.family import Alike, family

Table = dict[str, dict[str, Fraction | None]]


def table(**columns: list[int | None]) -> Table:
    return {
        name: {f"E{at:02}": None if one is None else Fraction(one) for at, one in enumerate(column)}
        for name, column in columns.items()
    }


HAND = table(residents=[2, 4, 4, 4, 5, 5, 7, 9], density=[10, 10, 10, 10, 30, 30, 30, 30])


def slow(values: Table, *, fault: str = "") -> list[tuple[str, float]]:
    """Standard scores and distances by scipy, from the first area."""
    codes = sorted(next(iter(values.values())))
    columns = [[float(values[name][code] or 0) for code in codes] for name in values]
    scores = np.array(columns if fault == "not standardised" else [zscore(column) for column in columns]).T
    far = cdist(scores[:1], scores, metric="cityblock" if fault == "not Euclidean" else "euclidean")[0]
    return sorted(zip(codes[1:], far[1:].tolist(), strict=True), key=lambda pair: (round(pair[1], 9), pair[0]))


def test_the_nearest_by_hand_with_ties_by_code() -> None:
    # Residents: mean 5, deviation 2; density: mean 20, deviation 10. E01: 2/2 = 1; E04: sqrt(1.5^2 + 2^2) = 2.5.
    found = family("E00", HAND, size=5)
    assert [one.code for one in found.neighbours] == ["E01", "E02", "E03", "E04", "E05"]
    assert [one.distance for one in found.neighbours] == [1.0, 1.0, 1.0, 2.5, 2.5]
    # Two of eight taken at random are sqrt(2 x 2 x 8 / 7) = 2.138 apart: 1 is less than half of it, 2.5 more than it.
    assert [one.alike for one in found.neighbours] == [Alike.CLOSE] * 3 + [Alike.FAR] * 2
    assert (found.neighbours[0].differs_most, found.neighbours[3].differs_most) == ("residents", "density")


def test_a_variable_that_some_lack_or_that_is_the_same_for_all_is_not_used() -> None:
    found = family("E00", {**HAND, **table(daytime=[1, None, 3, 4, 5, 6, None, 8], coast=[0] * 8)})
    assert found.used == ("residents", "density")
    assert (found.missing, found.equal) == ({"daytime": ("E01", "E06")}, ("coast",))
    assert found.neighbours == family("E00", HAND).neighbours
    assert len(found.neighbours) == 7
    assert family("E00", {"residents": HAND["residents"]}).neighbours == ()


def test_a_code_that_a_variable_does_not_name_lacks_it_and_an_own_area_is_needed() -> None:
    short = {code: value for code, value in HAND["density"].items() if code != "E07"}
    assert family("E00", {**HAND, "density": short}).missing == {"density": ("E07",)}
    for own, size in (("E99", 8), ("E00", 0)):
        with pytest.raises(ValueError, match="own area"):
            family(own, HAND, size=size)


ROWS = st.lists(st.tuples(*[st.integers(-500, 500)] * 3), min_size=3, max_size=12)


def of_rows(rows: list[tuple[int, int, int]]) -> Table:
    a, b, c = (list(column) for column in zip(*rows, strict=True))
    return table(a=a, b=b, c=c)


VARIED = ROWS.filter(lambda rows: all(len(set(column)) > 1 for column in zip(*rows, strict=True)))


@settings(max_examples=60, deadline=None)
@given(VARIED)
def test_it_equals_scipy(rows: list[tuple[int, int, int]]) -> None:
    found, by_scipy = family("E00", of_rows(rows), size=99).neighbours, slow(of_rows(rows))
    assert [one.distance for one in found] == pytest.approx([far for _, far in by_scipy], abs=1e-6)
    assert {one.code for one in found} == {code for code, _ in by_scipy}


@pytest.mark.parametrize("fault", ["not standardised", "not Euclidean"])
def test_a_fault_in_either_would_be_caught(fault: str) -> None:
    found = [one.distance for one in family("E00", HAND).neighbours]
    assert found == pytest.approx([far for _, far in slow(HAND)])
    assert found != pytest.approx([far for _, far in slow(HAND, fault=fault)])


@settings(max_examples=60, deadline=None)
@given(VARIED, st.integers(1, 1000), st.integers(-1000, 1000), st.booleans())
def test_units_do_not_matter_distance_is_mutual_and_a_family_grows_outwards(
    rows: list[tuple[int, int, int]], times: int, plus: int, turned: bool
) -> None:
    values = of_rows(rows)
    sign = -times if turned else times
    other: Table = {**values, "a": {code: (one or 0) * sign + plus for code, one in values["a"].items()}}
    found = family("E00", values, size=99).neighbours
    assert [(one.code, one.squared) for one in family("E00", other, size=99).neighbours] == [
        (one.code, one.squared) for one in found
    ]
    assert family("E00", values, size=2).neighbours == found[:2]
    assert "E00" not in {one.code for one in found}
    for one in found:
        back = {two.code: two.squared for two in family(one.code, values, size=99).neighbours}
        assert back["E00"] == one.squared


def test_districts_that_stand_together_have_the_value_of_their_sums() -> None:
    fact = Fact({"A": Fraction(100), "B": Fraction(200)}, {"A": Fraction(10), "B": Fraction(50)}, times=10)
    assert (fact.of(["A"]), fact.of(["A", "B"]), fact.of(["A", "C"])) == (100, 50, None)
    assert Fact({"A": Fraction(1)}, {"A": Fraction(0)}).of(["A"]) is None
    assert Fact({"A": Fraction(3), "B": Fraction(4)}).of(["A", "B"]) == 7


def box(west: float, south: float, wide: float, *, turned: bool = False) -> list[list[float]]:
    ring = [[west, south], [west + wide, south], [west + wide, south + wide], [west, south + wide], [west, south]]
    return ring[::-1] if turned else ring


@given(st.floats(-6, 2), st.floats(49, 60), st.floats(0.001, 0.05), st.booleans())
def test_ground_equals_the_geodesic_area_of_pyproj(west: float, south: float, wide: float, turned: bool) -> None:
    ring = box(west, south, wide, turned=turned)
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter([x for x, _ in ring], [y for _, y in ring])
    assert square_km({"type": "Polygon", "coordinates": [ring]}) == pytest.approx(abs(area) / 1e6, rel=1e-4)


def test_holes_are_left_out_and_parts_are_added_up() -> None:
    outer, hole = box(-1, 52, 0.04), box(-0.99, 52.01, 0.02, turned=True)
    whole, inner = (square_km({"type": "Polygon", "coordinates": [ring]}) for ring in (outer, hole))
    holed: dict[str, Any] = {"type": "Polygon", "coordinates": [outer, hole]}
    assert square_km(holed) == pytest.approx(whole - inner)
    far = box(1, 52, 0.04)
    both = {"type": "MultiPolygon", "coordinates": [[outer, hole], [far]]}
    assert square_km(both) == pytest.approx(2 * whole - inner)
