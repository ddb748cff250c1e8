"""Cost of incidents: by hand, against a second implementation that goes offence by offence, and as a property."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.cost import CategoryCost, category_cost, cost_of, mean_cost
from wardmote.definitions import categories_without_weight, category_of, crime_costs

COSTS = {"Barns": 100, "Homes": 300}


def test_what_has_no_cost_adds_none_and_lowers_the_part_that_has_one() -> None:
    assert mean_cost({"Barns": 2, "Homes": 1, "Boats": 1}, COSTS) == (Fraction(500, 4), Fraction(3, 4))
    assert mean_cost({}, COSTS) is None


def test_a_category_takes_its_own_mix_or_that_of_everywhere_and_the_range_of_others() -> None:
    elsewhere = [{"Barns": 100}, {"Homes": 100}, {"Homes": 99}]
    found = category_cost({"Barns": 50, "Homes": 50}, elsewhere, COSTS, everywhere={})
    assert found == CategoryCost(Fraction(200), Fraction(100), Fraction(300), Fraction(1))
    small = category_cost({"Barns": 99}, [], COSTS, everywhere={"Homes": 3, "Boats": 1})
    assert small == CategoryCost(Fraction(225), Fraction(225), Fraction(225), Fraction(3, 4))
    assert category_cost({"Boats": 500}, [], COSTS, everywhere={}) is None


def test_a_problem_without_any_cost_has_none_and_is_not_free() -> None:
    assert cost_of({"Boats": 5}, {}) is None
    half = CategoryCost(Fraction(100), Fraction(80), Fraction(120), Fraction(1, 2))
    found = cost_of({"Burglary": 10, "Boats": 10}, {"Burglary": half})
    assert found is not None
    assert (found.pounds, found.costed, found.incidents, found.covered) == (1000, 5, 20, Fraction(1, 4))


MIX = st.dictionaries(st.sampled_from(["Barns", "Homes", "Boats"]), st.integers(1, 300), min_size=1)


def slow(own: dict[str, int], elsewhere: list[dict[str, int]], everywhere: dict[str, int]) -> tuple[float, ...] | None:
    """Offence by offence, with numpy's percentiles."""

    def each(mix: dict[str, int]) -> list[int]:
        return [COSTS.get(kind, 0) for kind, number in mix.items() for _ in range(number)]

    mix = own if len(each(own)) >= 100 else everywhere
    if not any(kind in COSTS for kind in mix):
        return None
    middle = float(np.mean(each(mix)))
    means = [float(np.mean(each(other))) for other in elsewhere if len(each(other)) >= 100]
    ends = list(np.percentile(means, [5, 95])) if len(means) >= 20 else means
    covered = sum(number for kind, number in mix.items() if kind in COSTS) / sum(mix.values())
    return middle, min([*ends, middle]), max([*ends, middle]), covered


@given(MIX, st.lists(MIX, max_size=25), MIX)
def test_it_agrees_with_the_slow_one(
    own: dict[str, int], elsewhere: list[dict[str, int]], everywhere: dict[str, int]
) -> None:
    found, expected = category_cost(own, elsewhere, COSTS, everywhere=everywhere), slow(own, elsewhere, everywhere)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert [float(one) for one in (found.pounds, found.low, found.high, found.covered)] == pytest.approx(expected)
    assert found.low <= found.pounds <= found.high
    # A planted fault: leaving those without a cost out of the mean instead of counting them as none.
    if found.covered < 1:
        assert float(found.pounds / found.covered) != pytest.approx(expected[0])


def test_every_subgroup_with_a_cost_belongs_to_a_category_and_none_is_counted_twice() -> None:
    register = crime_costs()
    assert register.cost_of("THEFT FROM A VEHICLE") == 870
    assert register.cost_of("Violence without injury") is register.cost_of("Shoplifting") is None
    named = ["Homicide", "Rape", "Other sexual offences", "Violence with injury", "Robbery of personal property"]
    named += ["Theft of a motor vehicle", "Theft from a vehicle", "Arson", "Criminal damage"]
    assert all(category_of("", name) and register.cost_of(name) for name in named)
    assert len(register.pounds) == len(named) + 1
    assert register.price_year == "2015/16"
    assert "Anti-social behaviour" in categories_without_weight()
