"""How far a partnership has come with setting itself up: each step, what is missing, and what the gap stops."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.partnership.members.rules import SeatState
from wardmote.strategy.evidence.models import BoundaryChoice
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.evidence.queries.comparison import compared_with
from wardmote.strategy.evidence.rules import ReleaseState

DONE, BEGUN, OPEN = "Done", "Begun", "Not started"


@dataclass(frozen=True)
class Step:
    """One step of setting up: where it stands, in a sentence what is set, and what a gap stops you doing."""

    text: str
    url: str
    status: str
    said: str
    gap: str = ""
    needs: Permission = Permission.MANAGE_MEMBERS


def steps_of(reader: Reader) -> list[Step]:
    """Return the steps in the order in which they are best taken; all but the first can be left for later."""
    reader.require(Permission.MANAGE_MEMBERS)
    partnership = partnership_of(reader)
    steps = [step(partnership) for step in STEPS]
    # A step that belongs to somebody else is shown without its link.
    return [step if reader.may(step.needs) else replace(step, url="") for step in steps]


def _which(partnership: Partnership) -> Step:
    covered = [district.name for district in partnership.districts.all()]
    return Step(
        "Which partnership are you?",
        reverse("members:choose"),
        DONE if covered else OPEN,
        f"Covers {' and '.join(covered)}." if covered else "",
        "Without it no figure has an area.",
    )


def _figures(partnership: Partnership) -> Step:
    kinds = {one.kind for one in held_releases(is_sample=partnership.is_sample)}
    wanted = {
        "police-uk": "crime files of data.police.uk",
        "lookup": "a lookup of small areas to wards and districts",
        "population": "a population of small areas",
    }
    missing = [words for kind, words in wanted.items() if kind not in kinds]
    return Step(
        "Your first figures",
        reverse("evidence:add"),
        DONE if not missing else BEGUN if len(missing) < len(wanted) else OPEN,
        "Crime, lookup and population are held." if not missing else "",
        f"Missing: {', '.join(missing)}. Without crime and a lookup there is no chart; without a population no rate.",
        Permission.IMPORT_EVIDENCE,
    )


def _seats(partnership: Partnership) -> Step:
    seats = list(partnership.seats.all())
    unknown = [seat for seat in seats if seat.state == SeatState.TO_BE_CONFIRMED]
    vacant = [seat for seat in seats if seat.state == SeatState.VACANT]
    said = f"{len(seats) - len(unknown) - len(vacant)} of {len(seats)} seats are held" if seats else ""
    said += f", {len(vacant)} vacant." if vacant else "." if said else ""
    return Step(
        "Who is round the table?",
        reverse("members:seats"),
        OPEN if len(unknown) == len(seats) else BEGUN if unknown else DONE,
        said,
        f"{len(unknown)} to be confirmed. The record of a meeting cannot say who was missing."
        if seats
        else "No seat is known. The record of a meeting cannot say who was missing.",
    )


def _year(partnership: Partnership) -> Step:
    planned = partnership.year_dates.count()
    return Step(
        "Your year",
        reverse("members:year"),
        DONE if planned else OPEN,
        f"{planned} dates are planned." if planned else "",
        "Without the board's date nothing can be worked back: no reminder of cut-off, scoring day or papers.",
    )


def _problems(partnership: Partnership) -> Step:
    own = partnership.own_problems.count()
    return Step(
        "What you call your problems",
        reverse("evidence:problems"),
        DONE if own else OPEN,
        f"{own} renamed, left out or of your own." if own else "",
        "The common names are used: rename, merge or add where yours differ.",
        Permission.IMPORT_EVIDENCE,
    )


def _places(partnership: Partnership) -> Step:
    made = partnership.places.count()
    return Step(
        "Your places",
        reverse("evidence:places"),
        DONE if made else OPEN,
        f"{made} of your own." if made else "",
        "Figures come by ward and small area only, not by the neighbourhoods you speak of.",
        Permission.IMPORT_EVIDENCE,
    )


def _boundaries(partnership: Partnership) -> Step:
    chosen = BoundaryChoice.objects.filter(partnership=partnership).exists()
    return Step(
        "Your boundaries",
        reverse("evidence:boundaries"),
        DONE if chosen else OPEN,
        "An edition is chosen, with the reason." if chosen else "",
        "Figures are counted by whichever lookup places most incidents: say which edition, if your wards have changed.",
        Permission.IMPORT_EVIDENCE,
    )


def _comparison(partnership: Partnership) -> Step:
    with_whom = compared_with(partnership)
    return Step(
        "Who you compare yourselves with",
        reverse("evidence:comparison"),
        DONE if with_whom else OPEN,
        f"{len(with_whom)} districts like yours are chosen." if with_whom else "",
        "Rates stand beside all other districts that the data cover, however unlike yours they are.",
        Permission.IMPORT_EVIDENCE,
    )


def _last_year(partnership: Partnership) -> Step:
    states = set(partnership.own_releases.filter(kind="last-plan").values_list("state", flat=True))
    kept, waits = ReleaseState.ACCEPTED in states, ReleaseState.WAITING in states
    said = "Last year's plan is kept." if kept else "A plan was pasted and waits to be accepted." if waits else ""
    return Step(
        "Last year's priorities",
        reverse("evidence:last-year"),
        DONE if kept else BEGUN if waits else OPEN,
        said,
        "The assessment has to say how far last year's plan was carried out: without it that is written from memory.",
        Permission.IMPORT_EVIDENCE,
    )


STEPS: tuple[Callable[[Partnership], Step], ...] = (
    _which,
    _figures,
    _seats,
    _year,
    _problems,
    _boundaries,
    _places,
    _comparison,
    _last_year,
)
