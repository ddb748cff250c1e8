"""Plans pasted from documents: numbered as partnerships number them, with how far each line got."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.foundations.plans import Level, PlanLine, PlanProgress, read_plan, repeated_references

P, C = Level.PRIORITY, Level.COMMITMENT


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("1 Reduce burglary", PlanLine("1", P, "Reduce burglary")),
        ("1. Reduce burglary", PlanLine("1", P, "Reduce burglary")),
        ("4j) Train shop staff", PlanLine("4j", C, "Train shop staff")),
        ("(2a) Lock sheds", PlanLine("2a", C, "Lock sheds")),
        ("2.3: Lock sheds", PlanLine("2.3", C, "Lock sheds")),
        ("1A\tLock sheds\tAchieved", PlanLine("1a", C, "Lock sheds", PlanProgress.DONE)),
        ("1b | Lock gates | Partly met", PlanLine("1b", C, "Lock gates", PlanProgress.PART)),
        ("1c   Patrol parks   not started", PlanLine("1c", C, "Patrol parks", PlanProgress.NOT_DONE)),
        ("1d\tMobile camera\tdropped.", PlanLine("1d", C, "Mobile camera", PlanProgress.STOPPED)),
        # A last cell that is no word for progress belongs to the text.
        ("1e\tLock sheds\tParks team", PlanLine("1e", C, "Lock sheds Parks team")),
        # A year is no number of a line, and "done" in a sentence is no progress.
        ("2025 saw more thefts", PlanLine("", P, "2025 saw more thefts")),
        ("• Work is done with schools", PlanLine("", P, "Work is done with schools")),
    ],
)
def test_a_line_is_read_as_a_practitioner_reads_it(pasted: str, expected: PlanLine) -> None:
    assert read_plan(pasted) == (expected,)


def test_lines_without_a_number_belong_to_the_priority_above() -> None:
    lines = read_plan("Tackle burglary\n- Lock sheds\n\n2 Safer streets\n– Light the park")
    assert [(line.level, line.text) for line in lines] == [
        (P, "Tackle burglary"),
        (C, "Lock sheds"),
        (P, "Safer streets"),
        (C, "Light the park"),
    ]


def test_a_number_that_stands_twice_is_found() -> None:
    assert repeated_references(read_plan("1 A\n1a B\n1a C\n2 D\n2 E")) == ("1a", "2")
    assert repeated_references(read_plan("A\nB")) == ()


@given(st.text(max_size=300))
def test_nothing_that_is_pasted_is_lost_or_breaks_it(pasted: str) -> None:
    lines = read_plan(pasted)
    assert len(lines) == sum(bool(line.strip()) for line in pasted.splitlines())
