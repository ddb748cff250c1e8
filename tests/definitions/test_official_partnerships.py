"""The official list of partnerships: whole, consistent, and found by what people know."""

import csv
from pathlib import Path

import pytest

from wardmote.definitions import (
    official_edition,
    official_partnership,
    official_partnerships,
    partnerships_called,
)


def test_every_partnership_has_a_code_of_its_own_and_districts() -> None:
    listed = official_partnerships()
    assert len({one.code for one in listed}) == len(listed) == 314
    assert len({code for one in listed for code, _ in one.districts}) == 318
    assert official_edition() == "December 2024"


def test_a_joint_partnership_is_found_by_any_of_its_districts() -> None:
    for text in ("gravesham", "Dartford", "E22000352", "E07000109"):
        assert official_partnership("E22000352") in partnerships_called(text)
    assert partnerships_called("kingston")[0].name.startswith("Kingston")
    assert partnerships_called("") == partnerships_called("xyzzy") == ()


def test_partnerships_that_share_a_merged_district_say_so() -> None:
    joint = official_partnership("E22000352")
    assert joint is not None
    assert not joint.is_part_of_a_district
    buckinghamshire = [one for one in official_partnerships() if "E06000060" in dict(one.districts)]
    assert len(buckinghamshire) == 4
    assert all(one.is_part_of_a_district for one in buckinghamshire)


@pytest.mark.shared_data
def test_the_list_is_that_of_the_office_for_national_statistics(shared: Path) -> None:
    path = shared / "geography" / "ltla24_csp24_pfa24.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = {(r["csp24_code"], r["csp24_name"], r["ltla24_code"], r["pfa24_name"]) for r in csv.DictReader(stream)}
    ours = {(one.code, one.name, code, one.force) for one in official_partnerships() for code, _ in one.districts}
    assert ours == rows
