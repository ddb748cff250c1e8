"""Severity of offences: by hand, against a second implementation that weighs offence by offence, and as a property."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.harm import Weight
from wardmote.analytics.measures.offence_mix import OffenceRow
from wardmote.analytics.measures.severity import mix_within, severity_of, whole_years
from wardmote.foundations.periods import Month, Period


def flat(weights: Mapping[str, int]) -> dict[str, Weight]:
    return {code: Weight(Fraction(one), Fraction(one), Fraction(one)) for code, one in weights.items()}


def row(month: str, code: str = "46", count: int = 1) -> OffenceRow:
    return OffenceRow("partnership", "Ashcombe Vale", "ashcombe", Month.parse(month), code, "Shoplifting", count)


def one_by_one(mix: Mapping[str, int], weights: Mapping[str, int]) -> tuple[float, int, int] | None:
    """Weigh every single offence in a list of them, as nobody would who has only sums."""
    offences = [code for code, count in mix.items() for _ in range(max(count, 0))]
    weighed = [weights[code] for code in offences if code in weights]
    if not weighed or len(weighed) * 10 < len(offences) * 9:
        return None
    return float(sum(weighed)), len(weighed), len(offences) - len(weighed)


mixes = st.dictionaries(st.sampled_from(["1", "28E", "46", "104", "99"]), st.integers(-3, 400))


@given(mixes, st.dictionaries(st.sampled_from(["1", "28E", "46", "104"]), st.integers(0, 8000), min_size=1))
def test_it_is_what_weighing_offence_by_offence_gives(mix: dict[str, int], weights: dict[str, int]) -> None:
    found, again = severity_of(mix, flat(weights)), one_by_one(mix, weights)
    if found is None or again is None:
        assert found is again
    else:
        assert (float(found.weight), found.offences, found.unweighed) == again


@given(mixes.filter(lambda mix: any(mix.get(code, 0) > 0 for code in ("1", "28E", "46", "104"))), st.integers(2, 50))
def test_twice_the_offences_are_twice_the_score_and_the_same_mean(mix: dict[str, int], times: int) -> None:
    weights = flat({"1": 8000, "28E": 400, "46": 20, "104": 30, "99": 1})
    found, more = severity_of(mix, weights), severity_of({code: n * times for code, n in mix.items()}, weights)
    assert found is not None
    assert more is not None
    assert more.score(1000) == times * found.score(1000)
    assert more.per_offence == found.per_offence


def test_by_hand_and_with_offences_that_have_no_weight() -> None:
    found = severity_of({"28E": 9, "46": 90, "99": 5}, flat({"28E": 400, "46": 20}))
    assert found is not None
    assert (found.weight, found.offences, found.unweighed) == (5400, 99, 5)
    assert severity_of({"28E": 8, "99": 1}, flat({"28E": 400})) is None
    assert severity_of({"28E": -2}, flat({"28E": 400})) is None
    assert severity_of({}, flat({"28E": 400})) is None


def test_years_are_four_quarters_without_a_gap_that_had_ended() -> None:
    held = [row(month) for month in ("2023-07", "2024-01", "2024-04", "2024-07", "2024-10", "2025-01", "2025-04")]
    assert whole_years(held, Month.parse("2025-06"), most=5) == [
        Period(Month.parse("2024-07"), Month.parse("2025-06")),
    ]
    assert whole_years(held, Month.parse("2025-05"), most=5) == [
        Period(Month.parse("2024-04"), Month.parse("2025-03")),
    ]
    assert whole_years(held, Month.parse("2024-09"), most=5) == []
    assert whole_years([], Month.parse("2025-06"), most=5) == []
    both = [row(f"{year}-{month:02}") for year in (2023, 2024) for month in (1, 4, 7, 10)]
    assert len(whole_years(both, Month.parse("2025-01"), most=5)) == 2
    assert len(whole_years(both, Month.parse("2025-01"), most=1)) == 1


def test_a_mix_counts_the_quarters_that_begin_within_the_period() -> None:
    rows = [row("2024-01", "46", 3), row("2024-04", "46", 5), row("2024-04", "1", 1), row("2023-10", "46", 100)]
    assert mix_within(rows, Period(Month.parse("2024-01"), Month.parse("2024-06"))) == {"46": 8, "1": 1}


def test_a_score_is_the_weight_for_every_resident() -> None:
    found = severity_of({"1": 1, "46": 100}, flat({"1": 8000, "46": 20}))
    assert found is not None
    assert found.score(20_000) == Fraction(1, 2)
    assert float(found.per_offence) == pytest.approx(99.0099, abs=1e-4)
