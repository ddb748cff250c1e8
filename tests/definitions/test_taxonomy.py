"""The taxonomy of problems: dates, roll-ups and the categories that measure each problem."""

import datetime as dt

import pytest

from wardmote.definitions import (
    DefinitionError,
    all_problems,
    narrowest,
    problem,
    problems,
    published_categories,
    recording_changes,
    roll_up,
)

SEVEN_OFFENCES = {
    "murder": 1,
    "wounding-or-grievous-bodily-harm": 20,
    "assault-with-injury": 300,
    "common-assault": 400,
    "possession-of-an-offensive-weapon": 30,
    "harassment": 150,
    "other-violence": 9,
}


def test_every_problem_says_who_wrote_it_who_checked_it_and_when_it_is_reviewed() -> None:
    for found in all_problems().values():
        assert found.author
        assert found.checker == "not yet checked"
        assert found.review_on > dt.date(2026, 11, 21)
        assert found.source


def test_every_parent_and_every_part_is_a_problem() -> None:
    known = all_problems()
    for found in known.values():
        assert found.parent is None or found.parent in known
        assert set(found.comprises) <= set(known)


def test_a_problem_without_a_category_says_why_and_one_with_a_category_does_not() -> None:
    for found in all_problems().values():
        assert bool(found.police_uk) != bool(found.not_measured), found.slug


@pytest.mark.parametrize("slug", ["domestic-abuse", "hate-crime", "domestic-burglary", "asb-personal"])
def test_police_uk_cannot_measure_these(slug: str) -> None:
    assert problem(slug).police_uk == ()
    assert "data.police.uk does not publish this separately" in problem(slug).not_measured


def test_every_published_category_belongs_to_a_problem_and_no_problem_uses_another() -> None:
    published = {category.name for category in published_categories()}
    used = {name for found in all_problems().values() for name in found.police_uk}
    assert used == published


def test_all_crime_is_everything_but_anti_social_behaviour() -> None:
    published = {category.name for category in published_categories()}
    assert set(problem("all-crime").police_uk) == published - {"Anti-social behaviour"}


def test_violent_crime_is_violence_sexual_offences_and_robbery_under_both_names() -> None:
    assert problem("violent-crime").police_uk == ("Robbery", "Violence and sexual offences", "Violent crime")


def test_violence_against_the_person_totals_the_seven_printed_offences() -> None:
    assert roll_up(SEVEN_OFFENCES, "violence-against-the-person") == 910


def test_violent_crime_adds_robbery_and_sexual_offences_to_it() -> None:
    counts = {"violence-against-the-person": 910, "sexual-offences": 60, "robbery": 30}
    parts = {"violence-and-sexual-offences": 910 + 60, "robbery": 30}
    assert roll_up(counts, "violent-crime") == roll_up(parts, "violent-crime") == 1000


def test_a_missing_part_makes_the_roll_up_missing_not_smaller() -> None:
    counts = {slug: count for slug, count in SEVEN_OFFENCES.items() if slug != "harassment"}
    assert roll_up(counts, "violence-against-the-person") is None


def test_problems_are_those_in_use_on_the_day() -> None:
    assert "serious-violence" not in {found.slug for found in problems(dt.date(2012, 7, 1))}
    assert "serious-violence" in {found.slug for found in problems(dt.date(2024, 1, 1))}
    assert "burglary" in {found.slug for found in problems(dt.date(2012, 7, 1))}


def test_an_unknown_slug_is_refused_with_a_sentence() -> None:
    with pytest.raises(DefinitionError, match="There is no problem “burglery”"):
        problem("burglery")


def test_the_renaming_of_2013_does_not_harm_violence_but_harms_other_theft() -> None:
    renamed, _, divided = [change for change in recording_changes() if change.month == "2013-05"]
    assert renamed.touches(problem("violent-crime").police_uk)
    assert renamed.harmless_for(problem("violent-crime").police_uk)
    assert not divided.harmless_for(problem("other-theft").police_uk)
    assert divided.harmless_for(problem("theft").police_uk)
    assert divided.harmless_for(problem("burglary").police_uk)


def test_the_division_of_2011_harms_theft_but_not_all_crime() -> None:
    (change,) = [change for change in recording_changes() if change.month == "2011-09"]
    assert not change.harmless_for(problem("theft").police_uk)
    assert change.harmless_for(problem("all-crime").police_uk)


def test_the_narrowest_problems_count_every_category_of_today_once() -> None:
    chosen = narrowest(problems(dt.date(2026, 11, 21)))
    counted = [name for one in chosen for name in one.police_uk]
    today = {one.name for one in published_categories() if one.last_month is None}
    assert sorted(name for name in counted if name in today) == sorted(today)
