"""The districts most like one's own: what is read of each, how the group remembers them, and the page."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.template.loader import render_to_string

from tests.analytics.measures import world
from tests.analytics.measures.world import incident
from tests.strategy.conftest import People, signed_in, started
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.analytics.measures.district_facts import (
    Fact,
    covered_districts,
    deprived_by_district,
    residents_by_district,
    small_areas_by_district,
)
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.family import family
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions.comparison import NoFamily, choose_comparison, choose_family
from wardmote.strategy.evidence.forms.comparison import ComparisonForm, FamilyForm
from wardmote.strategy.evidence.models import ComparisonGroup, Release
from wardmote.strategy.evidence.presenters.family import family_page
from wardmote.strategy.evidence.queries.comparison import ChosenGroup, chosen_group
from wardmote.strategy.evidence.queries.family import OWN, FamilyFound, Stated, family_for, kept_family, why_words

PEOPLE = {(code, year): 1000 + year for code in world.LSOAS for year in (2023, 2024)}
NAMES = {"E1": "Alder", "E2": "Birch", "E3": "Cedar", "E4": "Dogwood", "E5": "Elder"}


def evidence() -> Evidence:
    rows = [incident("2024-03", lsoa=lsoa) for lsoa in world.LSOAS if lsoa != "E01900009"]
    return world.evidence(rows, world.months("2024-01", "2024-12"), population=PEOPLE)


def found(size: int = 8) -> FamilyFound:
    """Alder is ours; Birch is the nearest, Elder has no households."""
    people = dict(zip(NAMES, map(Fraction, (100, 110, 150, 300, 120)), strict=True))
    ground = dict(zip(NAMES, map(Fraction, (10, 10, 20, 20, 40)), strict=True))
    homes = {code: Fraction(40) for code in NAMES if code != "E5"}
    stated = (
        Stated("Residents, mid-2024", "residents", Fact(people), ("Population",)),
        Stated("Density, mid-2024", "residents per square kilometre", Fact(people, ground), ("Population", "Outlines")),
        Stated("Households per 1,000 residents, 2021", "per 1,000 residents", Fact(homes, people, 1000), ("Homes",)),
    )
    groups = {OWN: ["E1"], **{code: [code] for code in NAMES if code != "E1"}}
    values = {one.name: {code: one.fact.of(codes) for code, codes in groups.items()} for one in stated}
    return FamilyFound(family(OWN, values, size=size), stated, values, NAMES, ("Vale", "Fenland"))


def test_residents_and_small_areas_are_those_of_covered_districts_in_the_newest_year() -> None:
    assert covered_districts(evidence()) == {
        world.SALTMARSH: "Saltmarsh", world.FENWICK: "Fenwick", world.OVERHILL: "Overhill"
    }  # fmt: skip
    year, people = residents_by_district(evidence())
    assert (year, people[world.SALTMARSH], people[world.OVERHILL]) == (2024, 3 * 3024, 4 * 3024)
    assert residents_by_district(replace(evidence(), population=None)) == (0, {})


def test_a_district_with_a_small_area_that_the_indices_do_not_know_has_no_share() -> None:
    given = evidence()
    lsoas = small_areas_by_district(given, "2021", [world.SALTMARSH, world.FENWICK])
    columns = {"lsoa_code": "string", "domain": "string", "decile": "int64"}
    deciles = {"E01900001": 1, "E01900002": 2, "E01900003": 3, "E01900004": 1}
    rows = [{"lsoa_code": code, "domain": "overall", "decile": decile} for code, decile in deciles.items()]
    fact = deprived_by_district(given, world.table(rows, columns), lsoas)
    assert (fact.of([world.SALTMARSH]), fact.of([world.FENWICK])) == (Fraction(200, 3), None)


def test_the_page_has_each_value_beside_ours_and_says_what_was_not_used() -> None:
    page = family_page(found(), "Alder Vale")
    assert page["is_enough"]
    assert page["rows"][0] == ["Alder Vale", "100", "10", "yours"]
    assert page["rows"][1][:3] == ["Birch", "110", "11"]
    assert page["rows"][1][3].startswith("0.")
    assert "close; differs most in " in page["rows"][1][3]
    notes = " ".join(page["notes"])
    assert "Households per 1,000 residents, 2021 was not used: no figure is held for Elder." in notes
    assert "Density, mid-2024: Population; Outlines." in notes
    assert "can be compared: those of Vale and Fenland." in notes
    assert family_page(None, "x")["is_enough"] is False
    assert family_page(found(3), "x")["is_enough"] is False


def test_a_group_remembers_variables_releases_and_distances() -> None:
    kept: Any = kept_family(found())
    assert [one["releases"] for one in kept["variables"]] == [["Population"], ["Population", "Outlines"]]
    assert kept["not_used"] == ["Households per 1,000 residents, 2021"]
    assert set(kept["distances"]) == {"E2", "E3", "E4", "E5"}
    assert why_words(found()) == "The 4 districts nearest by residents, mid-2024; density, mid-2024."


def test_a_family_stays_one_until_other_districts_are_ticked(people: People) -> None:
    codes, why = list(found().codes), why_words(found())
    choose_comparison(people.analyst, codes, why)
    assert chosen_group(people.partnership).family == {}
    ComparisonGroup.objects.update(family=kept_family(found()))
    choose_comparison(people.analyst, codes[::-1], f" {why} ")
    assert chosen_group(people.partnership).family["variables"]
    assert scope_of(started(people)).compared_by == {"why": why, "family": chosen_group(people.partnership).family}
    choose_comparison(people.analyst, [*codes, "E6"], why)
    assert chosen_group(people.partnership).family == {}
    choose_comparison(people.analyst, [], "")
    assert chosen_group(people.partnership).as_content() == {}


def test_of_too_few_districts_no_family_is_taken_and_only_who_may_can_ask(
    people: People, releases: tuple[Release, ...]
) -> None:
    assert family_for(people.analyst, 8) is not None
    with pytest.raises(NoFamily, match="too few districts"):
        choose_family(people.analyst, 8)
    with pytest.raises(NotAllowed):
        choose_family(people.scorer, 8)
    page = signed_in(people.analyst).post("/evidence/comparison/family/", {"size": "8"}, follow=True)
    assert "There are too few districts with the same variables" in text(page)
    assert signed_in(people.scorer).post("/evidence/comparison/family/", {}).status_code == 403
    assert ComparisonGroup.objects.count() == 0


def test_without_crime_data_there_is_no_family(people: People, data: Any) -> None:
    assert family_for(people.analyst, 8) is None


def test_the_page_offers_the_family_with_its_button_and_what_to_add_where_there_is_none() -> None:
    form, districts = ComparisonForm(districts=list(NAMES.items())[1:]), list(NAMES.items())[1:]
    context = {"form": form, "sized": FamilyForm(), "districts": districts, "is_enough": True, "group": ChosenGroup()}
    page = render_to_string("evidence/comparison.html", {**context, "family": family_page(found(), "Alder Vale")})
    assert 'action="/evidence/comparison/family/"' in page
    assert 'href="/methods/family/"' in page
    assert "Compare with these districts" in page
    without = {**family_page(found(), "Alder Vale"), "is_enough": False}
    assert "They cannot be found yet" in render_to_string("evidence/comparison.html", {**context, "family": without})
