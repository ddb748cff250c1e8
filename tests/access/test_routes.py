"""The mark that a view carries."""

from wardmote.access.permissions import Permission
from wardmote.access.routes import public, requirement_of, requires, signed_in


def view(request: object) -> object:
    return request


def test_a_view_names_what_it_asks_of_its_reader() -> None:
    assert requirement_of(requires(Permission.PUBLISH)(lambda request: request)) is Permission.PUBLISH
    assert requirement_of(public(lambda request: request)) == "public"
    assert requirement_of(signed_in(lambda request: request)) == "signed-in"


def test_a_view_that_names_nothing_asks_for_nothing_that_could_be_granted() -> None:
    assert requirement_of(view) is None
