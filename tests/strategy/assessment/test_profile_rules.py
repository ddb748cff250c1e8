"""What a profile lacks, how long its finding may be, and which numbers of a sentence still say what the figures say."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.definitions import profile_rule
from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.strategy.assessment.rules import Confidence
from wardmote.strategy.assessment.rules.profile import (
    ProfileState,
    QuestionState,
    Side,
    Written,
    is_overdue,
    missing_parts,
    question_state,
    refusal_of_finding,
    refusal_of_percentage,
    refusal_of_reason,
    sentences_in,
    state_of,
)
from wardmote.strategy.assessment.rules.sentences import (
    Figure,
    Kind,
    numbers_in,
    quotes_in,
    stale_in,
    untraced_in,
)

COUNT = Figure("burglary.count", Kind.COUNT, Decimal(312), "incidents")
LARGE = Figure("burglary.share.total", Kind.COUNT, Decimal(1234), "everything recorded")
CHANGE = Figure("burglary.change", Kind.CHANGE, Decimal("-21.24"), "change")
DIFFERENCE = Figure("burglary.difference", Kind.DIFFERENCE, Decimal(-3), "difference")
SHARE = Figure("burglary.share", Kind.SHARE, Decimal("12.04"), "share")
RATE = Figure("burglary.rate", Kind.RATE, Decimal("12.43"), "rate")
FIGURES = (COUNT, LARGE, CHANGE, DIFFERENCE, SHARE, RATE)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("Burglary fell", 1),
        ("Burglary fell by 12.4%.", 1),
        ("It fell. It may rise again!", 2),
        ("It fell (by 3). Why? Nobody knows.", 3),
        ("Dr. Who and St. Mary, e.g. at no. 7, agree.", 1),
        ("He said “It fell.” Then it rose.", 2),
        ("One line\nand another without a stop", 2),
    ],
)
def test_sentences_are_counted_as_a_reader_counts_them(text: str, number: int) -> None:
    assert sentences_in(text) == number


def test_a_key_finding_of_three_sentences_is_refused_with_what_to_do() -> None:
    assert refusal_of_finding("One. Two.", most=2) == ""
    assert refusal_of_finding("One. Two. Three.", most=2) == (
        "Say the key finding in two sentences at most. This has 3: move the rest to the evidence."
    )


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("There were 312 burglaries", ["burglary.count"]),
        ("Of 1,234 or 1234 incidents", ["burglary.share.total", "burglary.share.total"]),
        ("It fell by 21%, exactly −21.2%", ["burglary.change", "burglary.change"]),
        ("It fell by 21 per cent", ["burglary.change"]),
        ("−3 on the year before; -3 typed", ["burglary.difference", "burglary.difference"]),
        ("3 fewer", ["burglary.difference"]),
        ("12% of everything, 12.0% to be exact", ["burglary.share", "burglary.share"]),
        ("12.4 per 1,000 residents", ["burglary.rate"]),
        ("12 incidents per 1000", ["burglary.rate"]),
        ("a rate of 12.4", ["burglary.rate"]),
        ("It rose by +21%", []),
        ("12 streets", []),
        ("21.2 percentage points", []),
        ("priority 3a, A312 and 3/12", []),
        ("21.3%", []),
    ],
)
def test_a_number_quotes_the_figures_that_say_the_same_in_the_same_unit(text: str, quoted: list[str]) -> None:
    assert [quote.key for quote in quotes_in(text, FIGURES)] == quoted


def test_dates_years_spans_and_the_base_of_a_rate_are_no_numbers_of_a_sentence() -> None:
    text = "On 18 February 2027, in the year to August 2026, within 12 months, aged 18, for every 1,000 residents."
    assert numbers_in(text) == ()
    assert untraced_in("In 2026 it stayed at 2,026.", ()) == ("2,026",)


def test_of_a_rate_only_the_number_itself_is_read_as_the_number() -> None:
    text = "12.4 incidents per 1,000 residents, −3 and 21 per cent"
    assert [number.bare for number in numbers_in(text)] == ["12.4", "−3", "21 per cent"]


def test_a_number_that_matches_no_figure_is_pointed_out_once() -> None:
    text = "Of 312 victims 47 were students; 47 again, and 9% asked for help."
    assert untraced_in(text, quotes_in(text, FIGURES)) == ("47", "9%")


@pytest.mark.parametrize(
    ("text", "now", "words"),
    [
        ("312 burglaries", [Decimal(318)], "The sentence says 312 (incidents); the figure is now 318."),
        ("312 burglaries", [], "The sentence says 312 (incidents); the analysis no longer has that figure."),
        ("312 burglaries", [Decimal(312)], ""),
    ],
)
def test_a_sentence_is_flagged_when_its_figure_has_moved(text: str, now: list[Decimal], words: str) -> None:
    figures = {one.key: one for one in (Figure(COUNT.key, Kind.COUNT, value, COUNT.name) for value in now)}
    assert " ".join(stale.words for stale in stale_in(quotes_in(text, FIGURES), figures)) == words


def test_a_flag_says_the_figure_as_the_number_was_written() -> None:
    quotes = quotes_in("It fell by 21% to 12.4 per 1,000, 12% of all", FIGURES)
    now = {
        CHANGE.key: Figure(CHANGE.key, Kind.CHANGE, Decimal("4.6"), ""),
        RATE.key: Figure(RATE.key, Kind.RATE, Decimal("13.06"), ""),
        SHARE.key: Figure(SHARE.key, Kind.SHARE, Decimal("15.5"), ""),
    }
    assert [(stale.said, stale.now) for stale in stale_in(quotes, now)] == [
        ("21%", "+5%"),
        ("12.4 per 1,000", "13.1"),
        ("12%", "16%"),
    ]


def test_a_change_smaller_than_the_rounding_of_the_sentence_is_no_flag() -> None:
    quotes = quotes_in("It fell by 21%", FIGURES)
    assert stale_in(quotes, {CHANGE.key: Figure(CHANGE.key, Kind.CHANGE, Decimal("-20.6"), "")}) == ()


MARCH = Figure("burglary.month.2026-03", Kind.COUNT, Decimal(38), "incidents in March 2026", "March 2026")
JULY = Figure("burglary.month.2024-07", Kind.COUNT, Decimal(38), "incidents in July 2024", "July 2024")


def test_of_equal_figures_the_one_whose_month_or_place_is_named_is_meant() -> None:
    assert [quote.key for quote in quotes_in("In March 2026 there were 38", (JULY, MARCH))] == [MARCH.key]
    ward = Figure("burglary.place.E05000001.count", Kind.COUNT, Decimal(312), "incidents in Weir", "Weir")
    assert [quote.key for quote in quotes_in("There were 312", (ward, COUNT))] == [COUNT.key]
    assert [quote.key for quote in quotes_in("312 in Weir", (ward, COUNT))] == [ward.key]


def test_where_no_month_is_named_a_number_is_flagged_only_when_none_has_it_any_more() -> None:
    quotes = quotes_in("At most 38 in a month", (JULY, MARCH))
    assert [quote.is_sure for quote in quotes] == [False, False]
    moved = [Figure(one.key, one.kind, Decimal(40), one.name, one.of) for one in (JULY, MARCH)]
    assert stale_in(quotes, {JULY.key: moved[0], MARCH.key: MARCH}) == ()
    assert [one.now for one in stale_in(quotes, {one.key: one for one in moved})] == ["40"]


def test_of_two_places_named_with_one_number_either_that_moves_is_flagged() -> None:
    quotes = quotes_in("July 2024 and March 2026 had 38 each", (JULY, MARCH))
    now = {JULY.key: JULY, MARCH.key: Figure(MARCH.key, Kind.COUNT, Decimal(41), MARCH.name, MARCH.of)}
    assert [(one.name, one.now) for one in stale_in(quotes, now)] == [("incidents in March 2026", "41")]


@given(value=st.integers(0, 9_999_999), other=st.integers(0, 9_999_999))
def test_a_count_however_written_is_flagged_exactly_when_it_has_changed(value: int, other: int) -> None:
    figure = Figure("x.count", Kind.COUNT, Decimal(value), "incidents")
    now = {"x.count": Figure("x.count", Kind.COUNT, Decimal(other), "incidents")}
    for written in (str(value), with_thousands(value)):
        text = f"There were {written} of them."
        quotes = quotes_in(text, (figure,))
        assert [quote.said for quote in quotes] == [written]
        assert bool(stale_in(quotes, now)) == (value != other)
        assert not untraced_in(text, quotes)


@given(value=st.decimals(-999, 999, places=3), places=st.integers(0, 2))
def test_a_change_rounded_to_any_places_is_traced(value: Decimal, places: int) -> None:
    figure = Figure("x.change", Kind.CHANGE, value, "change")
    written = f"{with_thousands(half_up(value, places), places)}%"
    assert quotes_in(f"It moved by {written}.", (figure,))


WHOLE = Written(finding=True, sides=tuple(Side), reasons=1, voices=1, needs_reason=True)


@pytest.mark.parametrize(
    ("written", "missing", "state"),
    [
        (WHOLE, (), ProfileState.COMPLETE),
        (Written(), None, ProfileState.NOT_STARTED),
        (
            Written(finding=True, sides=(Side.VICTIM, Side.PLACE), voices=1),
            ("the offender side",),
            ProfileState.INCOMPLETE,
        ),
        (
            Written(finding=True, sides=tuple(Side), voices=1, needs_reason=True),
            ("a likely reason for the change",),
            ProfileState.INCOMPLETE,
        ),
        (
            Written(other=True, sides=tuple(Side)),
            ("the key finding", "what people who live here, services or professionals told us"),
            ProfileState.INCOMPLETE,
        ),
    ],
)
def test_a_profile_is_complete_when_nothing_is_missing(
    written: Written, missing: tuple[str, ...] | None, state: ProfileState
) -> None:
    assert state_of(written) is state
    if missing is not None:
        assert missing_parts(written) == missing


@pytest.mark.parametrize(
    ("change", "needed"),
    [
        ({"percent": "-9.9", "verdict": "no clear change"}, False),
        ({"percent": "10.0", "verdict": "no clear change"}, True),
        ({"percent": "-23.0", "verdict": "clear fall"}, True),
        ({"percent": "4.0", "verdict": "clear rise"}, True),
        ({"percent": None, "verdict": "cannot say"}, False),
        ({}, False),
    ],
)
def test_a_reason_is_asked_for_changes_that_are_large_or_clear(change: dict[str, str], needed: bool) -> None:
    assert profile_rule().needs_reason(change) is needed


def test_798_against_649_asks_for_a_reason() -> None:
    percent = half_up(Decimal(798 - 649) * 100 / 649, 1)
    assert percent == Decimal("23.0")
    assert profile_rule().needs_reason({"percent": str(percent), "verdict": "cannot say"})


def test_nobody_is_sure_of_what_was_not_tested() -> None:
    assert refusal_of_reason(Confidence.HIGH, " ")
    assert not refusal_of_reason(Confidence.HIGH, "Two surveys")
    assert not refusal_of_reason(Confidence.LOW, "")


def test_a_percentage_and_its_base_stand_together() -> None:
    assert refusal_of_percentage({"percentage": Decimal(38), "base": ""})
    assert refusal_of_percentage({"percentage": None, "base": "of 212 people"})
    assert not refusal_of_percentage({"percentage": Decimal(0), "base": "of 212 people"})
    assert not refusal_of_percentage({"percentage": None, "base": ""})


@pytest.mark.parametrize(
    ("paragraph", "accepted", "returned", "state"),
    [
        (False, False, False, QuestionState.WAITING),
        (True, False, False, QuestionState.ANSWERED),
        (True, True, False, QuestionState.ACCEPTED),
        (True, False, True, QuestionState.WAITING),
    ],
)
def test_a_question_stands_where_its_newest_paragraph_does(
    paragraph: bool, accepted: bool, returned: bool, state: QuestionState
) -> None:
    assert question_state(has_paragraph=paragraph, is_accepted=accepted, is_returned=returned) is state


def test_a_question_is_overdue_on_the_day_after_its_last() -> None:
    due = date(2026, 12, 4)
    assert not is_overdue(QuestionState.WAITING, due, today=due)
    assert is_overdue(QuestionState.WAITING, due, today=date(2026, 12, 5))
    assert not is_overdue(QuestionState.ANSWERED, due, today=date(2027, 1, 1))
