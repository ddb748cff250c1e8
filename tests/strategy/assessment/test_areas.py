"""The profile of a ward: what is known, what is missing and who could give it, and why the ward was chosen."""

import os
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from tests.analytics.sources.offences.making import WEIGHTS, weights_book
from tests.strategy.assessment.findings.test_harm import analysed_by, problem, table, took_in
from tests.strategy.conftest import Held, People, a_partnership, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.printing.blocks import Block, Heading, Inset, Table, contents, plain
from wardmote.sample.places import VALE, small_areas
from wardmote.strategy.assessment.actions import AssessmentRefused, keep_analysis
from wardmote.strategy.assessment.actions.areas import choose_ward, leave_out_ward
from wardmote.strategy.assessment.models import Assessment, ChosenWard
from wardmote.strategy.assessment.queries.areas import wards_in
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.areas import chosen_blocks, ward_blocks
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.publishing.queries.disclosure import public_analysis

WHY = "Two estates asked for it at the forum of May 2026."


def own_areas() -> list[Any]:
    return [one for one in small_areas() if one.ward.district == VALE]


def ward_code() -> str:
    return str(own_areas()[0].ward.code)


def deprivation_file(folder: Path, *, census: str = "21", year: int = 2025, left_out: int = 0) -> Path:
    """Write deciles 1, 2, 3 … 10, 1 … for the small areas of the district in their order."""
    head = f"lsoa{census}_code,IMD_rank,IMD_decile\n"
    rows = [f"{one.code},{100 + at},{at % 10 + 1}" for at, one in enumerate(own_areas())][left_out:]
    path = folder / f"imd{year}.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def words(blocks: list[Block]) -> str:
    return "\n".join(
        block.text if isinstance(block, Heading) else "\n".join(plain(one) for one in contents(block))
        for block in blocks
    )


def tables(blocks: list[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


@pytest.fixture(scope="module")
def analysed_in_full(held: Held, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An analysis with deprivation, weights of harm and a table of offences, made once; its rows are taken back."""
    folder, data = tmp_path_factory.mktemp("wards"), tmp_path_factory.mktemp("held-wards")
    shutil.copytree(held.data, data, copy_function=os.link, dirs_exist_ok=True)
    with django_db_blocker.unblock(), override_settings(WARDMOTE_DATA=data), transaction.atomic():
        Release.objects.bulk_create(held.releases)
        people = a_partnership()
        took_in(people, deprivation_file(folder), "deprivation")
        took_in(people, weights_book(folder, *WEIGHTS), "harm-weights")
        took_in(people, table(folder), "offence-counts")
        content = analysed_by(people).content
        transaction.set_rollback(True)
    return content


@pytest.fixture
def full(analysed_in_full: dict[str, Any]) -> dict[str, Any]:
    """A copy of it that a test may change."""
    return deepcopy(analysed_in_full)


def test_each_ward_has_its_small_areas_by_fifth_and_the_release_is_cited(full: dict[str, Any]) -> None:
    found = full["areas"]["deprivation"]
    wards: dict[str, list[int]] = {}
    for at, one in enumerate(own_areas()):
        wards.setdefault(one.ward.code, [0] * 5)[at % 10 // 2] += 1
    assert {code: one["fifths"] for code, one in found["wards"].items()} == wards
    assert {one["unknown"] for one in found["wards"].values()} == {0}
    assert found["release"] in {source["release"] for source in full["sources"]}
    (rows,) = [one.rows for one in tables(ward_blocks(full, ward_code())) if "deprived" in one.caption]
    assert [row[1][0] for row in rows] == [str(count) for count in wards[ward_code()]]


def test_a_small_area_that_the_file_lacks_is_not_known(
    people: People, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    took_in(people, deprivation_file(tmp_path, left_out=1), "deprivation")
    content = analysed_by(people).content
    assert content["areas"]["deprivation"]["wards"][ward_code()]["unknown"] == 1
    assert "Not known" in words(ward_blocks(content, ward_code()))


def test_an_edition_of_other_small_areas_is_not_read_and_that_is_said(
    people: People, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    took_in(people, deprivation_file(tmp_path, census="11", year=2019), "deprivation")
    content = analysed_by(people).content
    assert "are of the LSOAs of 2011" in content["areas"]["deprivation"]["missing"]
    assert "How deprived it is cannot be said" in words(ward_blocks(content, ward_code()))


def test_the_harm_of_wards_adds_up_to_that_of_the_district(full: dict[str, Any]) -> None:
    burglary = problem(full)
    placed = sum(row["count"] for row in burglary["places"])
    assert placed == burglary["rate"]["count"]
    assert sum(float(one["days"]) for one in burglary["harm"]["wards"].values()) == float(burglary["harm"]["days"])
    assert "wards" not in problem(full, "anti-social-behaviour")["harm"]


def test_the_table_has_count_change_rate_and_harm_of_each_problem_by_name(full: dict[str, Any]) -> None:
    (found,) = [one for one in tables(ward_blocks(full, ward_code())) if one.caption.startswith("Recorded in ")]
    assert [row[0][0] for row in found.rows] == ["Anti-social behaviour", "Burglary", "Theft from shops"]
    row = next(one for one in problem(full)["places"] if one["code"] == ward_code())
    burglary = found.rows[1]
    assert plain(burglary[1]) == str(row["count"])
    assert burglary[4] == (problem(full)["several"]["places"][ward_code()],)
    days = problem(full)["harm"]["wards"][ward_code()]
    assert plain(burglary[5]).startswith(f"{float(days['days']):.0f} (")
    assert found.rows[0][5] == ("n/a",)


def test_what_nobody_gave_is_said_and_never_drawn_as_nought(held: Held) -> None:
    said = words(ward_blocks(held.analysis.content, ward_code()))
    for missing in (
        "no Indices of Deprivation are held",
        "Harm is not estimated: no weights of harm are held",
        "Not known for any ward, since police.uk does not publish it: Domestic abuse.",
        "No survey is held at this grain",
        "police.uk publishes neither victims nor suspects",
        "There is no forecast by ward",
        "no road casualties are held",
    ):
        assert missing in said
    assert "About " in said
    assert " people lived here in the middle of " in said


def test_hotspots_are_named_in_their_own_ward_alone(full: dict[str, Any]) -> None:
    burglary = problem(full)
    first = own_areas()[0]
    codes = [area["code"] for area in full["map"]["areas"]]
    burglary["hotspots"] = {
        "level": "lsoa",
        "areas": len(codes),
        "years": [{"hot": [first.code], "cold": []}],
        "named": {first.code: {"lasting": "persistent"}},
    }
    full["small_areas"] = {"areas": [{"code": one.code, "name": one.name} for one in own_areas()]}
    other = next(one.ward.code for one in own_areas() if one.ward != first.ward)
    assert f"Burglary: {first.name} (persistent)." in words(ward_blocks(full, first.ward.code))
    assert first.name not in words(ward_blocks(full, other))


def test_what_the_small_count_rule_hides_stays_hidden_in_a_ward(full: dict[str, Any]) -> None:
    row = next(row for row in problem(full)["places"] if row["code"] == ward_code())
    row["count"] = 3
    sources = [{**one, "licence": "Not open"} if one["kind"] == "police-uk" else one for one in full["sources"]]
    public = public_analysis({**full, "sources": sources})
    blocks = ward_blocks(public, ward_code())
    (found,) = [one for one in tables(blocks) if one.caption.startswith("Recorded in ")]
    (burglary,) = [cells for cells in found.rows if cells[0] == ("Burglary",)]
    assert (burglary[1], burglary[3]) == (("[c]",), ("[c]",))
    assert "harm days" not in words(blocks)
    assert "may not be shown" in words(blocks)


def test_a_chosen_ward_is_in_the_document_with_its_reason(people: People, analysed: Assessment) -> None:
    before = lines_of(draft_report(analysed))
    assert "Wards chosen for a closer look" not in before
    row = choose_ward(people.analyst, analysed, ward_code(), f" {WHY} ")
    report = draft_report(analysed)
    assert any(isinstance(one, Inset) and WHY in plain(one.content) for one in report.blocks)
    assert "Wards chosen for a closer look" in lines_of(report)
    again = choose_ward(people.analyst, analysed, ward_code(), "For another reason.")
    assert (again.id, analysed.chosen_wards.count()) == (row.id, 1)
    leave_out_ward(people.analyst, again)
    assert lines_of(draft_report(analysed)) == before
    assert [entry.action for entry in entries_of(row.id)] == ["choose", "choose", "remove"]


def test_nobody_chooses_without_a_reason_or_a_ward_that_is_not_there(people: People, analysed: Assessment) -> None:
    with pytest.raises(AssessmentRefused, match="Say why"):
        choose_ward(people.analyst, analysed, ward_code(), "  ")
    with pytest.raises(AssessmentRefused, match="no figures of that ward"):
        choose_ward(people.analyst, analysed, "E05999999", WHY)
    with pytest.raises(NotAllowed):
        choose_ward(people.scorer, analysed, ward_code(), WHY)
    assert not ChosenWard.objects.exists()


def test_the_database_itself_wants_a_reason_and_each_ward_once(people: People, analysed: Assessment) -> None:
    row = choose_ward(people.analyst, analysed, ward_code(), WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChosenWard.objects.filter(id=row.id).update(reason="")
    row.pk, row.id, row._state.adding = None, ChosenWard().id, True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_chosen_ward_that_a_new_analysis_does_not_know_is_left_out_and_said(
    people: People, analysed: Assessment
) -> None:
    choose_ward(people.analyst, analysed, ward_code(), WHY)
    ChosenWard.objects.update(code="E05999999", name="Old Quay")
    assert chosen_blocks({"place_level": "", "problems": []}, ()) == []
    assert "Wards chosen for a closer look" not in lines_of(draft_report(analysed))
    page = signed_in(people.analyst).get(f"/assessments/{analysed.id}/wards/").content.decode()
    assert "Old Quay was chosen" in page


def test_the_pages_list_wards_by_name_and_let_an_analyst_choose(
    people: People, held: Held, analysed: Assessment
) -> None:
    browser, address = signed_in(people.analyst), f"/assessments/{analysed.id}/wards/"
    page = browser.get(address).content.decode()
    names = list(wards_in(held.analysis.content).values())
    assert names == sorted(names)
    assert [page.index(f">{name}<") for name in names] == sorted(page.index(f">{name}<") for name in names)
    own = f"{address}{ward_code()}/"
    assert "Choose for the document" in browser.get(own).content.decode()
    refused = browser.post(f"{own}choose/", {"reason": ""})
    assert "Say why this ward was chosen" in refused.content.decode()
    assert browser.post(f"{own}choose/", {"reason": WHY}).url == own
    page = browser.get(own).content.decode()
    assert WHY in page
    assert "Change the reason" in page
    assert browser.post(f"{own}leave-out/").url == address
    assert not analysed.chosen_wards.exists()
    assert browser.get(f"{address}E05999999/").status_code == 404
    reading = signed_in(people.scorer)
    assert "Choose for the document" not in reading.get(own).content.decode()
    assert reading.get(f"{own}choose/").status_code == 403
    assert signed_in(people.stranger).get(own).status_code == 404


def test_an_analysis_of_an_earlier_version_has_ward_profiles_without_deprivation(
    people: People, held: Held, analysed: Assessment
) -> None:
    older = {name: value for name, value in held.analysis.content.items() if name not in ("areas", "road")}
    assert "this analysis was made without it" in words(ward_blocks(older, ward_code()))
    keep_analysis(people.analyst, analysed, type(held.analysis)(older, held.analysis.cited))
    assert signed_in(people.analyst).get(f"/assessments/{analysed.id}/wards/{ward_code()}/").status_code == 200


def test_repeats_on_a_list_are_told_for_the_whole_area_and_not_where_they_are_withheld(full: dict[str, Any]) -> None:
    problem(full)["records"] = {"repeats": {"roles": {"victim": {"share": "12.3"}}}}
    said = words(ward_blocks(full, ward_code()))
    assert "Burglary: 12.3% of the incidents with a key of the victim are repeats." in said
    assert "publishes neither victims" not in said
    problem(full)["records"] = {"withheld": True}
    assert "publishes neither victims" in words(ward_blocks(full, ward_code()))
