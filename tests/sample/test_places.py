"""The fictional district: every area has a code of the right shape, and none is a real one."""

import csv
from pathlib import Path

import pytest

from wardmote.foundations.areas import AreaType, names
from wardmote.sample.places import DISTRICTS, FORCE, FORCE_CODE, VALE, small_areas, wards

GEOGRAPHY = (
    "LSOA_(2021)_to_Electoral_Ward_(2024)_to_LAD_(2024)_Best_Fit_Lookup_in_EW.csv",
    "LSOA_(2011)_to_LSOA_(2021)_to_Local_Authority_District_(2022)_Exact_Fit_Lookup_for_EW_(V3).csv",
    "ltla24_csp24_pfa24.csv",
    "lookup_ward21_ltla21.csv",
    "lsoa11_ward17_ltla21_ew.csv",
)


def codes() -> dict[str, AreaType]:
    """Every code of the sample with what it names."""
    return {
        **{area.code: AreaType.LSOA for area in small_areas()},
        **{ward.code: AreaType.WARD for ward in wards()},
        **{district.code: AreaType.DISTRICT for district in DISTRICTS},
        **{district.partnership_code: AreaType.PARTNERSHIP for district in DISTRICTS},
        FORCE_CODE: AreaType.FORCE,
    }


def area_names() -> set[str]:
    """Every name of the sample's areas, in small letters."""
    return {
        name.lower()
        for name in (
            *(area.name for area in small_areas()),
            *(ward.name for ward in wards()),
            *(ward.neighbourhood for ward in wards()),
            *(district.name for district in DISTRICTS),
        )
    }


def test_every_code_has_the_shape_of_what_it_names() -> None:
    assert [code for code, kind in codes().items() if not names(code, kind)] == []


def test_no_two_areas_share_a_code_or_a_name() -> None:
    assert len(codes()) == len(small_areas()) + len(wards()) + 2 * len(DISTRICTS) + 1
    assert len({area.name for area in small_areas()}) == len(small_areas())
    assert len({ward.name for ward in wards()}) == len(wards())


def test_the_district_has_its_wards_and_neighbourhoods() -> None:
    own = [ward for ward in wards() if ward.district is VALE]
    assert (len(own), len({ward.neighbourhood for ward in own})) == (14, 4)
    assert sum(area.ward.district is VALE for area in small_areas()) == 62


@pytest.mark.shared_data
def test_no_code_and_no_name_of_the_sample_is_a_real_one(shared: Path) -> None:
    for name in GEOGRAPHY:
        with (shared / "geography" / name).open(encoding="utf-8-sig", newline="") as stream:
            real = {cell.lower() for row in csv.reader(stream) for cell in row}
        assert len(real) > 600
        assert real.isdisjoint(code.lower() for code in codes())
        assert real.isdisjoint(area_names())


@pytest.mark.shared_data
def test_the_force_is_not_a_real_one(shared: Path) -> None:
    text = (shared / "other" / "forces_police_uk.csv").read_text(encoding="utf-8")
    assert "Kent" in text
    assert FORCE.split()[0].lower() not in text.lower()
