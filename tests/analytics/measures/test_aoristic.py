"""Times: by hand, against a count minute by minute, and what always holds."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.aoristic import Stretch, times
from wardmote.foundations.british_time import in_britain

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 -- local times, without a zone
NINE, FIVE = MONDAY + timedelta(hours=9), MONDAY + timedelta(hours=17)


def minute_by_minute(stretches: list[tuple[datetime, int]], *, fault: str = "") -> list[list[float]]:
    """Each minute of a stretch gets its part, counted one after the other; stretches are in whole minutes."""
    hours = [[0.0] * 24 for _ in range(7)]
    for start, minutes in stretches:
        for at in range(max(minutes, 1)):
            moment = start if fault == "all at the start" else start + timedelta(minutes=at)
            weight = 1.0 if fault == "a whole one each hour" else 1 / max(minutes, 1)
            hours[moment.weekday()][moment.hour] += weight
    return hours


def test_by_hand() -> None:
    # Between 22:30 on Monday and 01:30 on Tuesday: three hours, of which half an hour lies in the first and the last.
    found = times([Stretch(MONDAY + timedelta(hours=22, minutes=30), MONDAY + timedelta(hours=25, minutes=30))])
    assert [found.hours[0][22], found.hours[0][23]] == [Fraction(1, 6), Fraction(1, 3)]
    assert [found.hours[1][0], found.hours[1][1]] == [Fraction(1, 3), Fraction(1, 6)]
    assert (found.by_weekday()[0], found.by_weekday()[1]) == (Fraction(1, 2), Fraction(1, 2))
    assert (found.known, found.shared, found.left_out) == (0, 1, 0)


def test_a_known_time_counts_whole_in_its_hour_and_ends_on_the_hour_stay_before_it() -> None:
    found = times([Stretch(NINE, NINE), Stretch(NINE, NINE + timedelta(hours=1))])
    assert found.hours[0][9] == 2
    assert (found.known, found.shared) == (2, 0)


def test_a_stretch_of_a_week_is_left_out_and_counted() -> None:
    found = times([Stretch(MONDAY, MONDAY + timedelta(days=7)), Stretch(NINE, FIVE)])
    assert (found.left_out, found.shared, sum(found.by_hour())) == (1, 1, 1)


def test_a_stretch_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Stretch(FIVE, NINE)
    with pytest.raises(ValueError, match="without a zone"):
        Stretch(NINE.astimezone(), FIVE.astimezone())


STRETCHES = st.lists(
    st.tuples(st.integers(0, 60 * 24 * 30).map(lambda at: MONDAY + timedelta(minutes=at)), st.integers(0, 60 * 30)),
    max_size=8,
)


@given(STRETCHES)
def test_it_equals_a_count_minute_by_minute_and_every_incident_counts_once(given_: list[tuple[datetime, int]]) -> None:
    found = times(Stretch(start, start + timedelta(minutes=minutes)) for start, minutes in given_)
    for day, slow in zip(found.hours, minute_by_minute(given_), strict=True):
        assert [float(one) for one in day] == pytest.approx(slow)
    assert sum(found.by_hour()) == sum(found.by_weekday()) == len(given_) == found.known + found.shared


def test_a_stretch_over_the_night_of_a_clock_change_is_shared_over_the_hours_that_were() -> None:
    # 29 March 2026: the clock goes from 0:59 to 2:00. From midnight to 3:00 by the clock two hours pass.
    def clock(moment: datetime) -> datetime:
        return in_britain(moment.replace(tzinfo=UTC))

    spring = times([Stretch(datetime(2026, 3, 29, 0), datetime(2026, 3, 29, 2))], clock=clock)  # noqa: DTZ001
    assert spring.hours[6][:4] == (Fraction(1, 2), 0, Fraction(1, 2), 0)
    # 25 October 2026: from midnight to 3:00 by the clock four hours pass, two of them from 1:00.
    autumn = times([Stretch(datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 3))], clock=clock)  # noqa: DTZ001
    assert autumn.hours[6][:4] == (Fraction(1, 4), Fraction(1, 2), Fraction(1, 4), 0)


@pytest.mark.parametrize("fault", ["all at the start", "a whole one each hour"])
def test_a_fault_in_either_make_would_be_caught(fault: str) -> None:
    given_ = [(NINE, 200), (FIVE, 90)]
    found = times(Stretch(start, start + timedelta(minutes=minutes)) for start, minutes in given_)
    mine = [[round(float(one), 9) for one in day] for day in found.hours]
    assert mine == [[round(one, 9) for one in day] for day in minute_by_minute(given_)]
    assert mine != [[round(one, 9) for one in day] for day in minute_by_minute(given_, fault=fault)]
