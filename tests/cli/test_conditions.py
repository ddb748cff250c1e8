"""What `--where` understands: names and values, and the periods that conditions on time mean."""

import pytest

from wardmote.cli.commands.figures import _conditions, _period
from wardmote.cli.refused import Refused

HELD = ["2023-09", "2024-08"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["month=2024-01"], "2024-01..2024-01"),
        (["month>=2024-01", "month<=2024-03"], "2024-01..2024-03"),
        (["month>=2024-01"], "2024-01..2024-08"),
        (["month<=2024-03"], "2023-09..2024-03"),
        (["quarter=2024 Q1"], "2024-01..2024-03"),
        (["financial_year=2023/24"], "2023-04..2024-03"),
        (["rolling_12=2024-08"], "2023-09..2024-08"),
        (["category=Burglary"], "None"),
    ],
)
def test_a_condition_on_time_is_a_period(texts: list[str], expected: str) -> None:
    assert str(_period(_conditions(texts)[2], HELD)) == expected


def test_values_are_split_at_commas_that_are_not_quoted() -> None:
    keep, leave, _ = _conditions(['ward=Mill,"Oak, Ash"', "category!=Drugs", "ward=Quay"])
    assert keep == {"ward": ("Mill", "Oak, Ash", "Quay")}
    assert leave == {"category": ("Drugs",)}


@pytest.mark.parametrize("text", ["Burglary", "ward>=A", "month!=2024-01", "month=2024-13", "quarter=2024-1", "=x"])
def test_what_is_no_condition_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        _period(_conditions([text])[2], HELD)
    assert str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="first one first"):
        _period(_conditions(["month>=2024-03", "month<=2024-01"])[2], HELD)
