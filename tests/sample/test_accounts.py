"""The fictional people: what the demo prints about them."""

from wardmote.access.permissions import Role
from wardmote.sample.accounts import AGENCIES, ANALYST, DEMO_PASSWORD, PEOPLE, SCORERS, sign_in_lines


def test_the_lines_name_the_password_and_every_sign_in_name_with_its_post() -> None:
    first, *others = sign_in_lines()
    assert DEMO_PASSWORD in first
    assert len(others) == len(PEOPLE)
    assert all(p.email in line and p.post in line and p.agency in line for p, line in zip(PEOPLE, others, strict=True))


def test_the_lines_name_no_person() -> None:
    text = "\n".join(sign_in_lines())
    assert [person.name for person in PEOPLE if person.name in text] == []


def test_sign_in_names_are_under_a_name_that_nobody_can_own() -> None:
    assert ANALYST.email == "analyst@ashcombe.example"
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    assert all(person.email.endswith(".example") for person in PEOPLE)


def test_every_role_has_somebody_and_the_panel_sits_for_three_agencies() -> None:
    assert {person.role for person in PEOPLE} == set(Role)
    assert len({person.agency for person in SCORERS}) == 3


def test_every_agency_has_somebody() -> None:
    assert {person.agency for person in PEOPLE} == {name for name, _ in AGENCIES}
