"""What problems are divided by keeps to its schema and names problems and denominators that exist."""

from wardmote.definitions import all_problems, denominators, release_kind


def test_every_problem_named_exists_and_is_divided_by_what_is_defined() -> None:
    register = denominators()
    assert set(register.problems) <= set(all_problems())
    assert set(register.problems.values()) <= set(register.known)


def test_burglary_is_divided_by_households_vehicle_crime_by_vehicles_and_shoplifting_by_premises() -> None:
    register = denominators()
    found = {slug: register.of(slug) for slug in ("burglary", "vehicle-crime", "shoplifting", "all-crime")}
    assert {slug: one and one.slug for slug, one in found.items()} == {
        "burglary": "households",
        "vehicle-crime": "vehicles",
        "shoplifting": "premises",
        "all-crime": None,
    }


def test_a_release_of_them_says_what_it_counts() -> None:
    assert release_kind("denominators").counted
