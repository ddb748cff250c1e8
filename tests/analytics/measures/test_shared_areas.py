"""What questions about the same areas share is worked out once, and no question is answered with another's areas."""

from dataclasses import replace
from typing import Any

import ibis
import pytest

from tests.analytics.measures import world
from tests.analytics.measures.world import incident
from wardmote.analytics.measures import MEASURES, Query
from wardmote.analytics.measures.figures import Figures, FiguresRefused

YEAR = world.months("2024-04", "2025-03")
OTHER = "police-uk-street-hillshire"
HELD = (world.release(YEAR), world.release(YEAR, dataset=OTHER, name="b"))
ROWS = [
    *(incident(month, lsoa=code) for month in YEAR[:3] for code in world.INSIDE),
    incident("2024-05", "Robbery", lsoa=None),
    *(incident("2024-06", lsoa="E01900006", dataset=OTHER) for _ in range(3)),
    *(incident("2024-07", lsoa=code, dataset=OTHER) for code in ("E01900007", "E01900008", "E01900005")),
]
CHOICES: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"ward": ("Quay",)},
    {"district": ("Saltmarsh",)},
    {"district": ("Saltmarsh", "Overhill")},
    {"partnership": ("Marsh and Fen",)},
    {"dataset": (OTHER,)},
    {"dataset": (world.DATASET,), "district": ("Fenwick",)},
    {"ward": ("Nowhere",)},
)
QUESTIONS = (
    *(Query(by=("ward",), where=choice) for choice in CHOICES),
    Query(by=("ward",), where=CHOICES[4], exclude={"ward": ("Mill",)}),
    Query(by=("ward",), exclude={"ward": ("Mill",)}),
    Query(by=("district",)),
    Query(by=("lsoa",), where=CHOICES[4]),
    Query(by=("month",), where=CHOICES[4]),
)


class Counting:
    """A connection that counts the statements it runs."""

    def __init__(self, con: Any) -> None:
        self.con, self.statements = con, 0

    def to_pyarrow(self, expression: Any) -> Any:
        self.statements += 1
        return self.con.to_pyarrow(expression)


def answered(evidence: Any, measure: str, query: Query) -> Figures | str:
    try:
        return MEASURES[measure](evidence, query)
    except FiguresRefused as refusal:
        return str(refusal)


def test_a_question_is_answered_the_same_whatever_was_asked_before() -> None:
    known = world.evidence(ROWS, HELD)
    areas: Any = known.areas
    # One LSOA of Fenwick lies in no ward that is known.
    ward = ibis.cases((areas.lsoa_code == "E01900004", None), else_=areas.ward_code)
    shared = replace(known, areas=areas.mutate(ward_code=ward))
    # A copy of the evidence begins with nothing worked out.
    alone = [answered(replace(shared), "counts", query) for query in QUESTIONS]
    assert [answered(shared, "counts", query) for query in QUESTIONS] == alone
    assert [answered(shared, "counts", query) for query in reversed(QUESTIONS)] == alone[::-1]
    assert len({str(figures) for figures in alone}) == len(QUESTIONS)


@pytest.mark.parametrize("choice", CHOICES[:5], ids=str)
def test_what_was_worked_out_for_the_first_question_is_not_asked_again(choice: dict[str, tuple[str, ...]]) -> None:
    evidence = world.evidence(ROWS, HELD)
    evidence = replace(evidence, con=Counting(evidence.con))
    query = Query(by=("ward",), where=choice)
    first, spent = answered(evidence, "counts", query), evidence.con.statements
    assert answered(evidence, "counts", query) == first
    assert evidence.con.statements - spent < spent
