"""Types of area and their codes."""

import pytest

from wardmote.foundations.areas import AreaType, area_type, is_gss_code, names


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("E01012049", AreaType.LSOA),
        ("W01000001", AreaType.LSOA),
        ("E05009861", AreaType.WARD),
        ("E06000060", AreaType.DISTRICT),
        ("E09000021", AreaType.DISTRICT),
        ("E22000303", AreaType.PARTNERSHIP),
        ("E10000016", AreaType.COUNTY),
        ("E23000020", AreaType.FORCE),
        ("E02000001", None),
        ("E0100001", None),
        ("S01000001", None),
        ("E0100000١", None),
        ("", None),
    ],
)
def test_a_code_says_what_it_names(code: str, kind: AreaType | None) -> None:
    assert area_type(code) is kind


def test_a_code_has_a_letter_and_eight_digits() -> None:
    assert is_gss_code("E01012049")
    assert not is_gss_code("e01012049")
    assert not is_gss_code("E01012049 ")


def test_a_neighbourhood_is_named_by_any_code_the_force_chose() -> None:
    assert names("NC04", AreaType.NEIGHBOURHOOD)
    assert not names(" ", AreaType.NEIGHBOURHOOD)
    assert names("E01012049", AreaType.LSOA)
    assert not names("E01012049", AreaType.WARD)
