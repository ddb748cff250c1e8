"""Making places of the partnership's own out of wards and small areas, kept as a lookup that every measure can use."""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.jobs.actions import ask_for
from wardmote.partnership.members.models import Place
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import sees_sample
from wardmote.strategy.evidence.queries.places import places_of, taken_by
from wardmote.strategy.evidence.rules import Acceptance, ReleaseState, Verdict

from . import Report, import_files, settle
from .verdicts import accept, give_verdict

# What the name of a lookup's file begins with when we have made it from the partnerships' places.
FILE = "places-of-partnerships-"
# As many codes as a sentence can hold.
MOST_NAMED = 5


class PlaceRefused(Exception):
    """The place cannot be kept like this; the text says what to change."""


@transaction.atomic
def keep_place(
    reader: Reader, name: str, codes: Sequence[str], *, lsoa_edition: str, place: Place | None = None
) -> Place:
    """Keep a place, new or changed, and ask the worker to make the lookup again.

    Raises PlaceRefused where nothing was ticked, the name is taken, or a small area belongs to another place: an
    incident would count in both.
    """
    reader.require(Permission.IMPORT_EVIDENCE)
    if not codes:
        raise PlaceRefused("Tick at least one ward or small area.")
    others = [other for other in places_of(reader) if other != place]
    if any(other.name.casefold() == name.strip().casefold() for other in others):
        raise PlaceRefused(f"There is a place called {name.strip()} already. Choose another name.")
    taken = taken_by(others, codes, but=place)
    if taken:
        named = ", ".join(f"{code} ({owner})" for code, owner in sorted(taken.items())[:MOST_NAMED])
        more = f" and {len(taken) - MOST_NAMED} more" if len(taken) > MOST_NAMED else ""
        raise PlaceRefused(f"Small areas that belong to another place already: {named}{more}. Take them out of one.")
    kept = place or Place(partnership=partnership_of(reader))
    kept.name, kept.lsoa_codes, kept.lsoa_edition = name.strip(), sorted(set(codes)), lsoa_edition
    kept.save()
    record(reader, "keep", kind="place", key=kept.id, changed=["lsoa_codes", "name"])
    ask_for("places", reader=reader, arguments={})
    return kept


@transaction.atomic
def remove_place(reader: Reader, place: Place) -> None:
    """Take a place away and ask the worker to make the lookup again."""
    reader.require(Permission.IMPORT_EVIDENCE)
    key = place.id
    place.delete()
    record(reader, "remove", kind="place", key=key)
    ask_for("places", reader=reader, arguments={})


def do_places(reader: Reader, arguments: dict[str, str], progress: Report) -> str:
    """Make the lookup of places again (the worker's part): one release for each edition, with every partnership's."""
    is_sample = sees_sample(reader)
    places = Place.objects.filter(partnership__is_sample=is_sample).select_related("partnership").order_by("name", "id")
    editions: dict[str, list[Place]] = {}
    for place in places:
        editions.setdefault(place.lsoa_edition, []).append(place)
    current: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="wardmote-places-") as folder:
        for edition, found in editions.items():
            path = _write(Path(folder), edition, found)
            outcome = import_files(reader, [path], kind="lookup", is_sample=is_sample, progress=progress)
            settle(reader, outcome, Acceptance.AT_ONCE)
            current |= {release.digest for release in (*outcome.made, *outcome.already)}
    _let_only_count(reader, current, is_sample=is_sample)
    return f"{len(places)} places are ready to be counted by."


def _let_only_count(reader: Reader, current: set[str], *, is_sample: bool) -> None:
    """Set earlier lookups of places aside; one that was set aside and holds the same places again is accepted."""
    for release in Release.objects.filter(kind="lookup", is_sample=is_sample):
        if not release.manifest["files"][0]["name"].startswith(FILE):
            continue
        if release.digest in current and release.state != ReleaseState.ACCEPTED:
            accept(reader, release, words="The places are as they were again.")
        elif release.digest not in current and release.state == ReleaseState.ACCEPTED:
            give_verdict(reader, release, Verdict.SET_ASIDE, "The places have changed.")


def _write(folder: Path, edition: str, places: Sequence[Place]) -> Path:
    path = folder / f"{FILE}{edition}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow([f"LSOA{edition[2:]}CD", "neighbourhood_code", "neighbourhood_name"])
        rows.writerows([code, str(place.id), place.name] for place in places for code in place.lsoa_codes)
    return path
