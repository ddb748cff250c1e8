"""Places of the partnership's own: made of wards and small areas, counted by, never two for one small area."""

import re
from typing import Any

import pytest

from tests.strategy.conftest import People, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.figures import Query
from wardmote.audit.queries import entries_of
from wardmote.partnership.members.models import Place
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.evidence.actions.places import PlaceRefused, do_places, keep_place, remove_place
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import gather_evidence
from wardmote.strategy.evidence.queries.places import Ground, ground_of


def counted() -> dict[str, int]:
    evidence = gather_evidence(is_sample=False)
    try:
        rows = MEASURES["counts"](evidence, Query(by=("neighbourhood",))).records()
    finally:
        evidence.con.disconnect()
    return {str(row["neighbourhood_name"]): int(str(row["count"])) for row in rows if row["neighbourhood_name"]}


def ward_counts() -> dict[str, int]:
    evidence = gather_evidence(is_sample=False)
    try:
        rows = MEASURES["counts"](evidence, Query(by=("ward",))).records()
    finally:
        evidence.con.disconnect()
    return {str(row["ward"]): int(str(row["count"])) for row in rows}


@pytest.fixture
def ground(people: People, releases: tuple[Release, ...]) -> Ground:
    # The fixture holds neighbourhoods of its own: without them only the places made here count.
    Release.objects.filter(dataset__contains="neighbourhood").delete()
    return ground_of(people.analyst)


def test_the_ground_is_the_partnerships_districts_in_a_stated_edition(ground: Ground) -> None:
    assert (ground.lsoa_edition, ground.ward_edition) == ("2021", "2024")
    assert ground.lookup.startswith("lookup-lsoa2021-ward2024-district2024 (")
    wards = ground.wards()
    assert len(wards) == 14
    assert sum(len(areas) for _, areas in wards.values()) == len(ground.areas)


def test_a_place_of_two_wards_counts_what_the_two_wards_count(people: People, ground: Ground) -> None:
    (first, (_, some)), (second, (_, more)), *_ = ground.wards().items()
    place = keep_place(people.analyst, "Town", [*some, *more], lsoa_edition="2021")
    do_places(people.analyst, {}, quiet)
    wards = ward_counts()
    assert counted() == {"Town": wards[first] + wards[second]}
    assert entries_of(place.id).get().changed_fields == ["lsoa_codes", "name"]


def test_what_was_changed_and_changed_back_counts_as_it_was(people: People, ground: Ground) -> None:
    (_, (_, some)), (_, (_, more)), *_ = ground.wards().items()
    keep_place(people.analyst, "Town", some, lsoa_edition="2021")
    do_places(people.analyst, {}, quiet)
    before = counted()
    other = keep_place(people.analyst, "Edge", more, lsoa_edition="2021")
    do_places(people.analyst, {}, quiet)
    assert set(counted()) == {"Town", "Edge"}
    remove_place(people.analyst, other)
    do_places(people.analyst, {}, quiet)
    assert counted() == before
    remove_place(people.analyst, Place.objects.get())
    do_places(people.analyst, {}, quiet)
    assert not any(release.state == "accepted" for release in Release.objects.filter(dataset__contains="neighbourhood"))


def test_a_small_area_belongs_to_one_place_and_a_place_needs_one(people: People, ground: Ground) -> None:
    codes = [area.code for area in ground.areas]
    keep_place(people.analyst, "Town", codes[:3], lsoa_edition="2021")
    with pytest.raises(PlaceRefused, match=rf"to another place already: {codes[2]} \(Town\)\. Take"):
        keep_place(people.analyst, "Edge", codes[2:5], lsoa_edition="2021")
    with pytest.raises(PlaceRefused, match="Tick at least one"):
        keep_place(people.analyst, "Edge", [], lsoa_edition="2021")
    with pytest.raises(PlaceRefused, match="Choose another name"):
        keep_place(people.analyst, "TOWN", codes[5:6], lsoa_edition="2021")
    with pytest.raises(NotAllowed):
        keep_place(people.scorer, "Edge", codes[5:6], lsoa_edition="2021")
    assert [place.name for place in Place.objects.all()] == ["Town"]


def test_the_pages_say_the_edition_and_show_a_place_as_it_was_ticked(people: People, ground: Ground) -> None:
    client: Any = signed_in(people.analyst)
    ward, (name, areas) = next(iter(ground.wards().items()))
    page = client.get("/evidence/places/new/").content.decode()
    assert "Wards of 2024 and small areas of 2021" in page
    assert client.post("/evidence/places/new/", {"name": "Town", "wards": [ward]}).status_code == 302
    place = Place.objects.get()
    assert place.lsoa_codes == sorted(areas)
    page = client.get(f"/evidence/places/{place.id}/").content.decode()
    assert name in page
    assert len(re.findall(r"<input[^>]* checked", page)) == 1
    stranger = signed_in(people.stranger)
    assert stranger.get(f"/evidence/places/{place.id}/").status_code == 404
