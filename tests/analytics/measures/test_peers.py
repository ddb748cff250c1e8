"""An area among its peers: by hand, by sorting, as properties; who takes no place."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.comparison import Place
from wardmote.analytics.measures.peers import PeerRow, Standing, place_among, standing

CODES = [f"E230000{n:02}" for n in range(12)]
RATES = st.dictionaries(st.sampled_from(CODES), st.one_of(st.none(), st.fractions(0, 200)), min_size=1)


def by_sorting(own: str, rates: dict[str, Fraction | None]) -> tuple[int, int, int] | None:
    """Rank another way: sort from the highest, and look where the rate first and last stands."""
    ordered = sorted((rate for rate in rates.values() if rate is not None), reverse=True)
    rate = rates.get(own)
    if rate is None:
        return None
    return ordered.index(rate) + 1, ordered.count(rate), len(ordered)


def numbers(found: Standing | None) -> tuple[int, int, int] | None:
    return None if found is None else (found.rank, found.tied, found.number)


def test_thirty_second_of_forty_two() -> None:
    rates: dict[str, Fraction | None] = {f"F{n}": Fraction(100 - n) for n in range(42)}
    found = standing("F31", {**rates, "City": None})
    assert found is not None
    assert (found.rank, found.tied, found.number, found.without) == (32, 1, 42, ("City",))
    assert (found.rate, found.highest, found.lowest, found.mean) == (69, 100, 59, Fraction(159, 2))


@given(RATES, st.sampled_from(CODES))
def test_sorting_finds_the_same_rank(rates: dict[str, Fraction | None], own: str) -> None:
    assert numbers(standing(own, rates)) == by_sorting(own, rates)


@given(RATES.filter(lambda rates: any(rate is not None for rate in rates.values())))
def test_an_area_without_a_rate_moves_nothing(rates: dict[str, Fraction | None]) -> None:
    own = next(code for code, rate in rates.items() if rate is not None)
    found, more = standing(own, rates), standing(own, {**rates, "E23000099": None})
    assert found is not None
    assert more is not None
    assert (more.rank, more.mean, more.number) == (found.rank, found.mean, found.number)
    assert found.lowest <= found.mean <= found.highest


def test_a_place_needs_numbers_and_residents_of_five_areas() -> None:
    rows = {
        code: PeerRow("force", code, code, code, "burglary", 1000 + n, Fraction(10), 100_000)
        for n, code in enumerate(CODES[:6])
    }
    assert place_among(CODES[0], rows) is Place.WITHIN
    assert place_among(CODES[0], dict(list(rows.items())[:4])) is None
    assert place_among("nowhere", rows) is None
