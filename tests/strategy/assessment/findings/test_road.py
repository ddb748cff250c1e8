"""Road safety as an analysis keeps it: counted from its releases, provisional, across changed recording, printed."""

import csv
import os
import re
import shutil
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.strategy.conftest import AS_AT, SLUGS, Held, People, signed_in
from wardmote.access.readers import Reader
from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
from wardmote.printing.blocks import Inset, Paragraph, Picture, Table, figure_refs
from wardmote.sample.generator import SEED
from wardmote.sample.places import VALE
from wardmote.sample.roads import write_year
from wardmote.sample.shapes import draw_grid
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.presenters import source_facts
from wardmote.strategy.assessment.queries.analysis import Analysis, analyse
from wardmote.strategy.assessment.queries.figures import figure_named, rows_of_figure
from wardmote.strategy.assessment.queries.findings.road import road_of
from wardmote.strategy.assessment.queries.frame import frame_of
from wardmote.strategy.assessment.queries.scope import AnalysisScope
from wardmote.strategy.assessment.reports.findings.road import road_blocks
from wardmote.strategy.evidence.actions import import_files, settle
from wardmote.strategy.evidence.actions.verdicts import accept
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import gather_evidence, held_releases
from wardmote.strategy.evidence.rules import Acceptance, FigureStatus
from wardmote.strategy.publishing.presenters import about_figure
from wardmote.strategy.publishing.queries.disclosure import public_analysis, rows_are_open
from wardmote.strategy.publishing.reports.figures import figure_blocks

YEARS = ((2023, ""), (2024, ""), (2025, ""), (2026, "provisional-"))


def files_in(folder: Path) -> list[Path]:
    grid = draw_grid(SEED)
    return [path for year, provisional in YEARS for path in write_year(folder, grid, year, provisional)]


def took_in(reader: Reader, paths: list[Path]) -> Release:
    outcome = import_files(reader, paths, kind="road-casualties")
    (release,) = settle(reader, outcome, Acceptance.AT_ONCE).made
    return release


def scope(**changes: Any) -> AnalysisScope:
    whole = AnalysisScope(
        "Ashcombe Vale", ((VALE.code, VALE.name),), AS_AT, SLUGS, held_releases(is_sample=False), is_sample=False
    )
    return replace(whole, **changes)


def road_alone(**changes: Any) -> dict[str, Any]:
    """Return road safety without the rest of an analysis, which takes longer."""
    evidence = gather_evidence(is_sample=False)
    try:
        return road_of(frame_of(evidence, scope(**changes)), scope(**changes))
    finally:
        evidence.con.disconnect()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for files."""
    made = tmp_path / "roads"
    made.mkdir()
    return made


@dataclass(frozen=True)
class Roads:
    """Three and a half years of made-up casualties, read and analysed once: folder of files, data, row, analysis."""

    folder: Path
    data: Path
    release: Release
    analysis: Analysis


@pytest.fixture(scope="module")
def roads(held: Held, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Roads:
    """The files read and analysed by the product itself; the rows are taken back, the folder stays."""
    folder, data = tmp_path_factory.mktemp("roads"), tmp_path_factory.mktemp("road-data") / "data"
    shutil.copytree(held.data, data, copy_function=os.link)
    with django_db_blocker.unblock(), override_settings(WARDMOTE_DATA=data), transaction.atomic():
        Release.objects.bulk_create(held.releases)
        release = took_in(service_reader(COMMAND_LINE), files_in(folder))
        found = Roads(folder, data, release, analyse(scope()))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def content(roads: Roads) -> dict[str, Any]:
    """The analysis with casualties."""
    return roads.analysis.content


def counted(folder: Path, first: str, last: str, *, severities: str = "12", district: str = VALE.code) -> int:
    """Count casualties with nothing but csv."""
    total = 0
    for one, two in pairwise(sorted(folder.iterdir(), key=lambda path: (path.name.split("-")[-1], path.name))):
        if "casualty-2" not in one.name and "casualty-p" not in one.name:
            continue
        with one.open(newline="") as stream, two.open(newline="") as other:
            there = {
                row["collision_index"]
                for row in csv.DictReader(other)
                if row["local_authority_ons_district"] == district
                and first <= f"{row['date'][6:]}-{row['date'][3:5]}" <= last
            }
            rows = csv.DictReader(stream)
            total += sum(row["collision_index"] in there and row["casualty_severity"] in severities for row in rows)
    return total


def line(content: dict[str, Any], slug: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in content["road"]["rows"] if row["slug"] == slug)
    return found


def test_the_lines_count_what_the_files_have(content: dict[str, Any], roads: Roads) -> None:
    folder = roads.folder
    road = content["road"]
    assert (road["period"]["words"], road["before"]["words"]) == ("year to June 2026", "year to June 2025")
    for slug, severities in (("ksi", "12"), ("killed", "1"), ("all", "123")):
        row = line(content, slug)
        assert row["count"] == counted(folder, "2025-07", "2026-06", severities=severities)
        assert row["before"] == counted(folder, "2024-07", "2025-06", severities=severities)
    assert float(line(content, "ksi")["mean"]) == pytest.approx(counted(folder, "2023-07", "2026-06") / 3, abs=1e-6)
    users = [row for row in road["rows"] if row["road_user"]]
    assert sum(row["count"] for row in users) == line(content, "ksi")["count"]
    assert sum(road["months"].values()) == counted(folder, "2023-07", "2026-06")
    assert {row["year"]: row["ksi"] for row in road["years"]}[2025] == counted(folder, "2025-01", "2025-12")


def test_the_rate_names_its_residents_and_its_interval_holds_it(content: dict[str, Any], roads: Roads) -> None:
    folder = roads.folder
    (district,) = content["road"]["districts"]
    year = district["year"]
    assert (year["population"], year["population_year"]) == (120_000, 2025)
    assert float(year["rate"]) == pytest.approx(counted(folder, "2025-07", "2026-06") / 12, abs=1e-6)
    assert float(year["low"]) < float(year["rate"]) < float(year["high"])
    three = district["three_years"]
    assert float(three["high"]) - float(three["low"]) < float(year["high"]) - float(year["low"])
    assert len(content["road"]["wards"]) == 10
    # Wards are never ranked worst first.
    assert [row["name"] for row in content["road"]["wards"]] == sorted(row["name"] for row in content["road"]["wards"])
    assert sum(row["ksi"] for row in content["road"]["wards"]) <= three["ksi"]


def test_provisional_months_are_marked_wherever_they_stand(content: dict[str, Any]) -> None:
    road = content["road"]
    assert road["provisional"] == [f"2026-0{month}" for month in range(1, 7)]
    assert (road["provisional_in_period"], road["provisional_before"]) == (6, 0)
    blocks = road_blocks(content)
    assert any(isinstance(one, Inset) and "6 of the 12 months of the year to June 2026" in str(one) for one in blocks)
    tables = [one for one in blocks if isinstance(one, Table)]
    assert tables[0].columns[2].title == "Now (p)"
    assert [row[-1] for row in tables[1].rows][-2:] == [("Final",), ("Provisional",)]
    (picture,) = [one for one in blocks if isinstance(one, Picture)]
    assert ["(p)" in str(row[1]) for row in picture.table.rows][-7:] == [False, *[True] * 6]


def test_a_release_that_somebody_marked_as_final_has_no_provisional_month(
    people: People, releases: tuple[Release, ...], folder: Path
) -> None:
    (release,) = import_files(people.analyst, files_in(folder), kind="road-casualties").made
    accept(people.analyst, release, status=FigureStatus.VALIDATED)
    assert road_alone()["provisional"] == []


def test_serious_injuries_are_not_compared_across_a_change_in_recording(
    people: People, releases: tuple[Release, ...], folder: Path
) -> None:
    paths = files_in(folder)
    for path in paths:
        if "casualty-2024" in path.name or "casualty-2025" in path.name:
            # The column before the last two: by injury until now, by judgement in these years.
            path.write_text(re.sub(r",1,([01],[01])$", r",0,\1", path.read_text(), flags=re.MULTILINE))
    took_in(people.analyst, paths)
    content = {"road": road_alone(), "sources": [{"kind": "road-casualties", "publisher": "DfT", "release": "0" * 64}]}
    ksi = line(content, "ksi")
    assert (ksi["percent"], ksi["difference"], ksi["verdict"]) == (None, None, "cannot say")
    assert "no comparison, change in recording: injuries themselves were recorded for" in ksi["words"]
    assert line(content, "all")["difference"] is not None
    assert line(content, "killed")["difference"] is not None
    assert any("serious injuries are not compared" in str(one) for one in road_blocks(content))
    # What the Department estimates for each casualty stands beside what was recorded.
    assert all(float(row["adjusted"]) == row["ksi"] for row in content["road"]["years"])


def test_where_none_are_held_the_section_says_what_to_add(held: Held) -> None:
    _, said = road_blocks(held.analysis.content)
    assert isinstance(said, Paragraph)
    assert "no road casualties are held (add the collision and casualty files" in str(said)
    assert road_blocks({"problems": []}) == []


def test_fewer_than_twelve_months_or_a_single_ward_give_no_figures(
    people: People, releases: tuple[Release, ...], folder: Path
) -> None:
    took_in(people.analyst, files_in(folder)[-2:])
    assert "fewer than twelve months" in road_alone()["missing"]
    assert road_alone(ward=("E05900001", "Hollowbeck")) == {}


def test_each_number_leads_to_its_releases_and_its_rows(
    people: People, deciding: Assessment, roads: Roads, settings: Any
) -> None:
    content = roads.analysis.content
    settings.WARDMOTE_DATA = roads.data
    Release.objects.bulk_create([roads.release])
    found = figure_named(content, "road.children.before")
    assert found is not None
    rows = list(csv.DictReader("".join(rows_of_figure(content, found)).splitlines()))
    assert len(rows) == line(content, "children")["before"] == int(found["value"])
    assert {row["is_child"] for row in rows} == {"True"}
    assert figure_named(content, "road.ksi.nothing") is figure_named(content, "road.nobody.count") is None
    keep_analysis(people.analyst, deciding, roads.analysis)
    client = signed_in(people.analyst)
    page = client.get(f"/assessments/{deciding.id}/figures/road.ksi.count/").content.decode()
    assert "Provisional months" in page
    assert found["releases"][0][1] in page
    draft = client.get(f"/assessments/{deciding.id}/draft/").content.decode()
    assert 'id="road-safety"' in draft
    assert {ref.key for ref in figure_refs(tuple(road_blocks(content)))} >= {"road.ksi.count", "road.all.change"}


def test_open_rows_are_published_and_closed_ones_leave_the_crime_counts_alone(content: dict[str, Any]) -> None:
    public = public_analysis(content)
    assert public["road"] == content["road"]
    assert any("road casualties are shown in full" in words for words in public["disclosure"]["words"])
    figure = figure_named(public, "road.killed.count") or {}
    assert rows_are_open(public, figure)
    about = about_figure(figure, public)
    assert (about["method"], about["status"], about["more_found"]) == ("road-casualties", "provisional", False)
    final = {**public, "sources": [{**one, "status": "validated", "caveat": "Late."} for one in public["sources"]]}
    assert about_figure(figure, final)["status"] == "final"
    assert about_figure(figure, final)["status_words"] == ["The publisher has validated these figures."]
    assert about_figure(figure, final)["caveats"] == ["Late."]
    assert source_facts(figure, final) == [("To know", "Late.")]
    changing = {**public, "sources": [{**one, "status": "provisional", "caveat": ""} for one in public["sources"]]}
    assert about_figure(figure, changing)["status"] == "provisional"
    assert [name for name, _ in source_facts(figure, changing)] == ["Provisional"]
    assert figure_blocks(public, "road.killed.count") == []
    closed = [{**one, "licence": "Not open"} if one["kind"] == "road-casualties" else one for one in content["sources"]]
    hidden = public_analysis({**content, "sources": closed})
    assert "has not opened them row by row" in hidden["road"]["missing"]
    assert hidden["disclosure"]["state"] == "shown in full"
    assert not rows_are_open({**content, "sources": closed}, figure)
