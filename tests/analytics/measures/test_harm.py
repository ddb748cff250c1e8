"""Harm of incidents: by hand, against a second implementation that goes offence by offence, and as a property."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.harm import (
    CategoryWeight,
    Harm,
    Mix,
    Offence,
    Weight,
    category_weight,
    code_weights,
    harm_of,
    mean_weight,
    percentile,
    ranks_beside,
    share_of,
)

OFFENCES = (
    Offence("28E", Fraction(20)),
    Offence("28E", Fraction(10)),
    Offence("28E", Fraction(1), is_attempt=True),
    Offence("28E", Fraction(900), is_notifiable=False),
    Offence("30C", Fraction(5)),
    Offence("4.1", Fraction(3000)),
    Offence("1", Fraction(5000)),
    Offence("28F", Fraction(2), is_attempt=True),
)
WEIGHTS = code_weights(OFFENCES, ["28E", "30C", "1/4.1/4.10", "28F", "99"])


def flat(days: int, low: int, high: int) -> CategoryWeight:
    return CategoryWeight(Weight(Fraction(days), Fraction(low), Fraction(high)), Fraction(low), Fraction(high))


def harm(days: int, incidents: int, *, low: int | None = None, high: int | None = None) -> Harm:
    ends = (days if low is None else low, days if high is None else high)
    return Harm(Fraction(days), Fraction(ends[0]), Fraction(ends[1]), Fraction(0), Fraction(days), incidents)


def test_the_weight_of_a_code_is_the_median_of_its_completed_offences() -> None:
    assert WEIGHTS["28E"] == Weight(Fraction(15), Fraction(10), Fraction(20))
    assert WEIGHTS["28F"] == Weight(Fraction(2), Fraction(2), Fraction(2))


def test_a_code_that_joins_several_takes_the_offences_of_all_and_an_unknown_one_has_none() -> None:
    assert WEIGHTS["1/4.1/4.10"] == Weight(Fraction(4000), Fraction(3000), Fraction(5000))
    assert "99" not in WEIGHTS


def test_a_mix_of_which_a_tenth_has_no_weight_is_not_estimated() -> None:
    assert mean_weight({"30C": 9, "99": 1}, WEIGHTS) == Weight(Fraction(5), Fraction(5), Fraction(5))
    assert mean_weight({"30C": 8, "99": 1}, WEIGHTS) is None
    assert mean_weight({}, WEIGHTS) is None


def test_offences_that_were_taken_back_do_not_count_below_nothing() -> None:
    assert mean_weight({"30C": 10, "28E": -3}, WEIGHTS) == Weight(Fraction(5), Fraction(5), Fraction(5))


def test_the_own_mix_counts_where_it_is_large_enough_else_that_of_everywhere() -> None:
    everywhere = {"28E": 500, "30C": 500}
    large = category_weight({"28E": 100}, [], WEIGHTS, everywhere=everywhere)
    small = category_weight({"28E": 99}, [], WEIGHTS, everywhere=everywhere)
    assert large is not None
    assert small is not None
    assert (large.weight.middle, small.weight.middle) == (15, 10)
    assert (small.low, small.high) == (10, 10)


def test_few_mixes_give_the_lowest_and_the_highest_and_small_ones_do_not_count() -> None:
    elsewhere = [{"28E": 100, "30C": 100}, {"28E": 180, "30C": 20}, {"30C": 99}]
    found = category_weight({"28E": 300, "30C": 100}, elsewhere, WEIGHTS, everywhere={})
    assert found is not None
    assert (found.low, found.weight.middle, found.high) == (10, Fraction(25, 2), 14)


def test_the_range_holds_the_estimate_even_where_nobody_else_is_like_it() -> None:
    elsewhere = [{"30C": 100 + at} for at in range(30)]
    found = category_weight({"28E": 100}, elsewhere, WEIGHTS, everywhere={})
    assert found is not None
    assert (found.low, found.weight.middle, found.high) == (5, 15, 15)


def test_many_mixes_give_the_percentiles() -> None:
    elsewhere = [{"28E": 1000 - 10 * at, "30C": 10 * at} for at in range(101)]
    found = category_weight({"28E": 500, "30C": 500}, elsewhere, WEIGHTS, everywhere={})
    assert found is not None
    assert (found.low, found.high) == (Fraction(55, 10), Fraction(145, 10))


def test_harm_adds_up_and_a_category_without_weight_has_none() -> None:
    weights = {"Burglary": flat(10, 8, 12), "Shoplifting": flat(1, 1, 1)}
    found = harm_of({"Burglary": 3, "Shoplifting": 20, "Drugs": 0}, weights)
    assert found is not None
    assert (found.days, found.low, found.high, found.incidents) == (50, 44, 56, 23)
    assert found.per_incident == Fraction(50, 23)
    assert harm_of({"Burglary": 3, "Anti-social behaviour": 1}, weights) is None
    assert harm(0, 0).per_incident is None


def test_a_share_is_of_harm_and_of_incidents_and_its_range_turns_the_rest_about() -> None:
    share = share_of(harm(50, 10, low=40, high=60), harm(100, 100, low=80, high=140))
    assert share is not None
    assert (share.harm, share.incidents) == (Fraction(1, 2), Fraction(1, 10))
    assert (share.low, share.high) == (Fraction(40, 120), Fraction(60, 100))
    assert share_of(harm(0, 0), harm(0, 0)) is None


def test_ranks_by_harm_and_by_number_stand_side_by_side_with_ties() -> None:
    found = ranks_beside({"a": harm(10, 500), "b": harm(900, 5), "c": harm(10, 40)})
    assert found == {"a": (2, 1), "b": (1, 3), "c": (2, 2)}


mixes = st.dictionaries(st.sampled_from(["28E", "30C", "28F", "1/4.1/4.10"]), st.integers(1, 400), min_size=1)


def slowly(own: Mix, elsewhere: list[Mix], *, fault: bool = False) -> tuple[float, float, float]:
    """The estimate again: every single offence of a mix gets its weight in a list, and numpy does the statistics."""

    def mean(mix: Mix) -> float:
        days: list[float] = []
        for code, count in mix.items():
            listed = [one for one in OFFENCES if one.ho_code in code.split("/") and one.is_notifiable]
            complete = [one for one in listed if not one.is_attempt]
            kept = listed if fault else complete or listed
            days += [float(np.median([float(one.days) for one in kept]))] * count
        return float(np.mean(days))

    others = [mean(mix) for mix in elsewhere if sum(mix.values()) >= 100]
    estimate = mean(own)
    if not others:
        return estimate, estimate, estimate
    low, high = np.quantile(others, [0.05, 0.95]) if len(others) >= 20 else (min(others), max(others))
    return min(float(low), estimate), estimate, max(float(high), estimate)


@given(mixes.filter(lambda mix: sum(mix.values()) >= 100), st.lists(mixes, max_size=30))
def test_a_second_implementation_that_goes_offence_by_offence_agrees(own: Mix, elsewhere: list[Mix]) -> None:
    found = category_weight(own, elsewhere, WEIGHTS, everywhere={})
    assert found is not None
    ours = [float(found.low), float(found.weight.middle), float(found.high)]
    assert ours == pytest.approx(slowly(own, elsewhere))


def test_a_planted_fault_in_the_second_implementation_is_caught() -> None:
    found = category_weight({"28E": 100}, [], WEIGHTS, everywhere={})
    assert found is not None
    assert float(found.weight.middle) != pytest.approx(slowly({"28E": 100}, [], fault=True)[1])


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 1000), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 1000), min_size=1),
    st.integers(1, 9),
)
def test_harm_is_additive_scales_and_keeps_its_order(one: Any, two: Any, times: int) -> None:
    weights = {name: flat(10 * (at + 1), 7 * (at + 1), 16 * (at + 1)) for at, name in enumerate("abcd")}
    both = {name: one.get(name, 0) + two.get(name, 0) for name in "abcd"}
    found = [harm_of(counts, weights) for counts in (one, two, both, {k: times * v for k, v in one.items()})]
    first, second, together, scaled = (each for each in found if each is not None)
    assert together.days == first.days + second.days
    assert scaled.days == times * first.days
    assert together.low <= together.days <= together.high
    share = share_of(first, together)
    if share is not None:
        assert 0 <= share.low <= share.harm <= share.high <= 1


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(0, 100))
def test_percentiles_are_those_of_numpy(values: list[int], part: int) -> None:
    ours = percentile([Fraction(value) for value in sorted(values)], Fraction(part, 100))
    assert float(ours) == pytest.approx(float(np.percentile(values, part)))
