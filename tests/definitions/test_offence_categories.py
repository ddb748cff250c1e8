"""Offence subgroups of the Home Office lead to categories that data.police.uk publishes."""

import csv
from pathlib import Path

import pytest

from wardmote.definitions import categories_without_weight, category_of, is_nowhere, published_categories
from wardmote.definitions.offence_categories import _register


def test_every_category_in_use_is_made_of_offences_or_says_why_not() -> None:
    in_use = {one.name for one in published_categories() if one.last_month is None}
    assert {one["category"] for one in _register()["subgroups"]} | set(categories_without_weight()) == in_use


def test_a_subgroup_is_known_whatever_its_capitals_and_none_belongs_twice() -> None:
    assert category_of("Theft Offences", "NON-DOMESTIC BURGLARY") == "Burglary"
    assert category_of("Theft offences", "All other theft  offences") == "Other theft"
    assert category_of("Sport", "Bowls") is None
    names = [name.lower() for one in _register()["subgroups"] for name in one["names"]]
    assert len(names) == len(set(names))


def test_fraud_is_in_no_place() -> None:
    assert is_nowhere("FRAUD OFFENCES")
    assert category_of("Fraud offences", "Miscellaneous crimes") is None


@pytest.mark.shared_data
def test_another_compilation_agrees_on_every_offence_but_fraud(shared: Path) -> None:
    with (shared / "offences/CrimeCatMappings.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 132
    theirs = {
        row["Offence_Code"]: row["Police.uk_Cat"].capitalize() for row in rows if "Fraud" not in row["Offence_Group"]
    }
    ours = {row["Offence_Code"]: category_of(row["Offence_Group"], row["Offence_Subgroup"]) for row in rows}
    assert {code: category for code, category in ours.items() if category} == theirs
