"""Who requires a problem to be dealt with, what changed since last year, and where a decision goes its own way."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wardmote.foundations.periods import is_known_year
from wardmote.strategy.assessment.rules import Outcome


class Requirer(StrEnum):
    """Who can require a problem to be dealt with."""

    STATUTE = "statute"
    HOME_OFFICE = "home-office"
    POLICE_PLAN = "police-and-crime-plan"
    POLICE = "police"
    COUNTY = "county"
    OTHER = "other"


REQUIRER_WORDS = {
    Requirer.STATUTE: "Statute",
    Requirer.HOME_OFFICE: "Home Office",
    Requirer.POLICE_PLAN: "Police and crime plan",
    Requirer.POLICE: "Police force",
    Requirer.COUNTY: "County agreement",
    Requirer.OTHER: "Another body",
}


class LastYear(StrEnum):
    """Whether a problem was a priority last year."""

    PRIORITY = "priority"
    NOT = "not"
    NOT_KNOWN = "not-known"


LAST_YEAR_WORDS = {LastYear.PRIORITY: "Priority", LastYear.NOT: "Not a priority", LastYear.NOT_KNOWN: "Not known"}


def is_in_force(from_on: date, to_on: date | None, on: date) -> bool:
    """Whether a requirement applies on a day; both ends count."""
    return from_on <= on and (to_on is None or on <= to_on)


def lines_naming(lines: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return by slug the first line that names a problem by its title, as whole words; capitals aside."""
    found: dict[str, str] = {}
    for line in lines:
        for slug, title in names.items():
            if re.search(rf"\b{re.escape(_plain(title))}\b", _plain(line)):
                found.setdefault(slug, line)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text.casefold()).strip()


@dataclass(frozen=True)
class Standing:
    """How a problem stands before a decision: its rank, how many priorities are wanted, where residents put it."""

    rank: int | None
    top: int
    residents_place: int | None = None


# Residents' first three: what a plan quotes of them.
RESIDENTS_FIRST = 3


def differences_of(outcome: Outcome | None, standing: Standing) -> list[str]:
    """Return in what a decision differs from the ranking and from residents; nothing where it follows both."""
    if outcome is None:
        return []
    return [*_from_ranking(outcome, standing), *_from_residents(outcome, standing)]


def _from_ranking(outcome: Outcome, standing: Standing) -> list[str]:
    if standing.rank is None:
        return ["A priority without a rank"] if outcome is Outcome.PRIORITY else []
    is_in = standing.rank <= standing.top
    if outcome is Outcome.PRIORITY and not is_in:
        return [f"A priority, though ranked {standing.rank}, outside the first {standing.top}"]
    if outcome is not Outcome.PRIORITY and is_in:
        return [f"No priority, though ranked {standing.rank}, within the first {standing.top}"]
    return []


def _from_residents(outcome: Outcome, standing: Standing) -> list[str]:
    place = standing.residents_place
    if place is not None and place <= RESIDENTS_FIRST and outcome is not Outcome.PRIORITY:
        return [f"No priority, though residents put it in place {place}"]
    return []


@dataclass(frozen=True)
class YearOnYear:
    """Priorities that are new, that stay, and that go, by slug."""

    new: tuple[str, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]


def compare_years(now: Mapping[str, Outcome], last: Mapping[str, LastYear]) -> YearOnYear:
    """Compare the priorities with last year's; a problem of which last year is not known is in none of the three."""
    priorities = [slug for slug, outcome in now.items() if outcome is Outcome.PRIORITY]
    before = [slug for slug, said in last.items() if said is LastYear.PRIORITY]
    return YearOnYear(
        tuple(slug for slug in priorities if last.get(slug) is LastYear.NOT),
        tuple(slug for slug in priorities if slug in before),
        tuple(slug for slug in before if slug not in priorities),
    )


class RouteFault(ValueError):
    """A line of a route that is not understood; the text says where, and what to enter."""


def read_route(text: str) -> list[tuple[str, date]]:
    """Read lines of a body and the day on which it meets, `Cabinet; 2027-03-09`; raises RouteFault."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        body, _, day = (part.strip() for part in line.replace("\t", ";").rpartition(";"))
        if not body or len(body) > 200:
            raise RouteFault(f"Line {number}: enter a body, a semicolon and the day, such as Cabinet; 2027-03-09.")
        found.append((body, _route_day(day, number)))
    return found


def _route_day(text: str, number: int) -> date:
    fault = f"Line {number}: “{text[:20]}” is no day. Enter it as 2027-03-09."
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RouteFault(fault) from None
    if not is_known_year(day):
        raise RouteFault(fault)
    return day
