"""Age, hidden counts, counts that cannot be, and tables that people paste."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.definitions import consultation_rule
from wardmote.strategy.consultation.rules import QuestionKind, faults_in, hidden_places, is_stale
from wardmote.strategy.consultation.rules.pasted import PasteFault, read_counts, read_profile, read_waves


@pytest.mark.parametrize(
    ("ended", "as_at", "stale"),
    [
        (date(2023, 10, 31), date(2026, 10, 31), False),
        (date(2023, 10, 30), date(2026, 10, 31), True),
        (date(2026, 6, 30), date(2026, 10, 31), False),
        # A leap day has no anniversary: it is over with the day before.
        (date(2024, 2, 29), date(2027, 2, 28), False),
        (date(2024, 2, 29), date(2027, 3, 1), True),
    ],
)
def test_a_consultation_is_old_after_three_years(ended: date, as_at: date, *, stale: bool) -> None:
    assert is_stale(ended, as_at, years=consultation_rule().stale_after_years) is stale


@pytest.mark.parametrize(
    ("counts", "adds_up", "hidden"),
    [
        ([10, 3, 0], False, {1}),
        ([10, 3, 0], True, {0, 1}),  # 3 alone would be the base less 10
        ([10, 3, 4], True, {1, 2}),  # 7 together tell neither
        ([10, 1, 2], True, {0, 1, 2}),  # 3 together would still be a small count
        ([10, 20], True, set()),
    ],
)
def test_small_counts_are_hidden_with_what_gives_them_away(counts: list[int], adds_up: bool, hidden: set[int]) -> None:
    assert hidden_places(counts, threshold=5, adds_up=adds_up) == hidden


@given(st.lists(st.integers(0, 40), max_size=8))
def test_no_small_count_is_ever_shown_nor_worked_out(counts: list[int]) -> None:
    hidden = hidden_places(counts, threshold=5, adds_up=True)
    assert not [count for at, count in enumerate(counts) if 0 < count < 5 and at not in hidden]
    alone = len(hidden) == 1
    assert not alone or sum(1 for count in counts if count) == 1
    if hidden and len(hidden) < sum(1 for count in counts if count):
        assert sum(counts[at] for at in hidden) >= 5


@pytest.mark.parametrize(
    ("counts", "kind", "base", "said"),
    [
        ([(10,), (3,)], QuestionKind.CHOICES, 9, "An item has 10 answers, and 9 people answered"),
        ([(9,), (9,), (9,)], QuestionKind.CHOICES, 9, "27 choices are more than 9 people with 2 each"),
        ([(5, 3, 1), (4, 3, 2)], QuestionKind.RANKING, 9, "There are 2 items"),
        ([(6, 3), (4, 3)], QuestionKind.RANKING, 9, "Place 1 is given 10 times by 9 people"),
        ([(6,), (3,)], QuestionKind.CHOICES, 0, "Enter how many people answered"),
    ],
)
def test_counts_that_cannot_be_are_told(
    counts: list[tuple[int, ...]], kind: QuestionKind, base: int, said: str
) -> None:
    (fault,) = faults_in(counts, kind=kind, base=base, most=2)
    assert fault.startswith(said)


def test_typed_and_pasted_counts_are_read() -> None:
    assert read_counts("Burglary: 120, 80\nSpeeding, A road: 3") == {"Burglary": (120, 80), "Speeding, A road": (3,)}
    assert read_counts("Burglary\t120\t80\nSpeeding\t3") == {"Burglary": (120, 80), "Speeding": (3,)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Burglary 120\nSpeeding: 3", "Line 1: “Burglary 120” has no colon"),
        ("Burglary: 120\nSpeeding: many", "Line 2, column 1: “many” is no whole number"),
        ("Burglary: 120\nburglary: 3", "Line 2: “burglary” stands twice"),
        ("Burglary: 120", "Enter two items or more"),
    ],
)
def test_counts_that_are_not_understood_are_told_with_their_line(text: str, said: str) -> None:
    with pytest.raises(PasteFault) as fault:
        read_counts(text)
    assert str(fault.value).startswith(said)


def test_a_profile_is_read() -> None:
    (row,) = read_profile("Age; 16 to 24; 41; 13.2%")
    assert (row.feature, row.group, row.respondents, row.population_percent) == ("Age", "16 to 24", 41, Decimal("13.2"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Age; 16 to 24; 41", "Line 1 has 3 columns. Enter 4"),
        ("Age; 16 to 24; 41; 130", "Line 1, column 4: “130” is no percentage"),
        ("Age; 16 to 24; few; 13", "Line 1, column 3: “few” is no whole number"),
        ("Age;; 41; 13", "Line 1, column 2: enter the group"),
        ("Age; 16; 41; 13\nAge; 16; 2; 13", "Age, 16 stands twice"),
        (" ", "Enter at least one line"),
    ],
)
def test_a_profile_that_is_not_understood_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PasteFault) as fault:
        read_profile(text)
    assert str(fault.value).startswith(said)


def test_waves_are_read_oldest_first() -> None:
    later, earlier = "March 2012; 2012-03-31; 57.8; ; 61.3; 32; 42; CSEW", "March 2011\t2011-03-31\t50.9"
    first, second = read_waves(f"{later}\n{earlier}")
    assert (first.period, first.value, first.base, first.rank) == ("March 2011", Decimal("50.9"), None, None)
    assert (second.national, second.rank, second.ranked, second.source) == (Decimal("61.3"), 32, 42, "CSEW")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("March 2012; 31/3/2012; 57.8", "Line 1, column 2: “31/3/2012” is no day"),
        ("March 2012; 0012-03-31; 57.8", "Line 1, column 2: “0012-03-31” is no day"),
        ("March 2012; 2012-03-31; much", "Line 1, column 3: “much” is no percentage"),
        ("March 2012; 2012-03-31; 57.8; 0", "Line 1, column 4: nobody answered"),
        ("March 2012; 2012-03-31; 57.8;;; 32", "Line 1, columns 6 and 7: enter both"),
        ("March 2012; 2012-03-31; 57.8;;; 43; 42", "Line 1, columns 6 and 7: enter both"),
        ("A; 2012-03-31; 57.8\nB; 2012-03-31; 50", "Two waves end on 31 March 2012"),
    ],
)
def test_a_wave_that_is_not_understood_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PasteFault) as fault:
        read_waves(text)
    assert str(fault.value).startswith(said)
