"""The command line as a person meets it: exit 0 done, 2 input refused with a sentence, 1 our fault."""

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.processes import Ended, in_a_process, wardmote
from tests.printing.pdf_checks import assert_accessible
from wardmote.sample.generator import SampleFiles
from wardmote.sample.places import DISTRICTS, VALE, small_areas

WARD_OF = {area.code: area.ward.code for area in small_areas()}
DISTRICT_OF = {area.code: area.ward.district.code for area in small_areas()}
STATED = (
    "dataset", "release", "publisher", "period_from", "period_to", "rows_read", "rows_accepted", "rows_rejected",
    "quality",
)  # fmt: skip


def published(files: SampleFiles) -> list[dict[str, str]]:
    return [row for path in files.street for row in csv.DictReader(io.StringIO(path.read_text()))]


def table(ended: Ended) -> list[dict[str, str]]:
    assert ended.status == 0, ended.err
    return list(csv.DictReader(io.StringIO(ended.out)))


def test_the_help_loads_none_of_the_heavy_libraries() -> None:
    heavy = {"ibis", "duckdb", "numpy", "pyarrow", "scipy", "typst", "pandas", "django.db"}
    code = (
        "import sys\nfrom wardmote.cli.main import parser\nparser().format_help()\n"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_help_names_every_command(tmp_path: Path) -> None:
    ended = wardmote(tmp_path, "--help")
    assert ended.status == 0
    for command in ("import", "releases", "figures", "assess", "verify", "partnership", "person"):
        assert command in ended.out


def test_an_import_prints_its_releases_with_the_stated_fields(imported: tuple[Path, Ended], files: SampleFiles) -> None:
    ended = imported[1]
    assert ended.status == 0, ended.err
    made = ended.json
    assert all(set(STATED) <= set(row) for row in made)
    (street,) = [row for row in made if row["kind"] == "police-uk"]
    assert (street["period_from"], street["period_to"]) == ("2024-09", "2026-08")
    assert street["rows_read"] == street["rows_accepted"] == len(published(files))
    assert street["rows_rejected"] == 0
    assert street["quality"]["rows_by_month"] == Counter(row["Month"] for row in published(files))


def test_the_releases_come_in_a_stable_order_with_the_same_fields(held: Path, imported: tuple[Path, Ended]) -> None:
    first, second = (wardmote(held, "releases", "--json") for _ in range(2))
    assert first.out == second.out
    assert [row["dataset"] for row in first.json] == sorted(row["dataset"] for row in first.json)
    assert {row["release"] for row in first.json} == {row["release"] for row in imported[1].json}
    assert len(wardmote(held, "releases").out.splitlines()) == len(first.json)


def test_the_same_files_again_are_nothing_to_do(held: Path, files: SampleFiles) -> None:
    before = wardmote(held, "releases", "--json").out
    ended = wardmote(held, "import", "police_uk", *files.street)
    assert ended.status == 0
    assert ended.out.startswith("Nothing to do: these files are held already")
    assert wardmote(held, "releases", "--json").out == before


def test_rows_that_cannot_be_used_do_not_stop_an_import(files: SampleFiles, tmp_path: Path) -> None:
    street = tmp_path / files.street[-1].name
    lines = files.street[-1].read_text().splitlines()[:6]
    street.write_text("\n".join([*lines[:-1], lines[-1].replace("2026-08", "2026-13")]) + "\n")
    ended = wardmote(tmp_path / "data", "import", "police-uk", street, "--json")
    assert ended.status == 0, ended.err
    (made,) = ended.json
    assert (made["rows_read"], made["rows_accepted"], made["rows_rejected"]) == (5, 4, 1)


def test_a_partners_table_is_imported_through_its_mapping(tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "fires.csv", tmp_path / "fires.json"
    sheet.write_text("Month,Ward,Incidents\n2026-01,Abbey,12\n2026-01,Bridge,<5\n2026-01,Castle,many\n")
    told = {
        "title": "Deliberate fires",
        "supplier": "Ashcombe Fire and Rescue Service",
        "value_columns": ["Incidents"],
        "period": {"column": "Month"},
        "area": {"column": "Ward"},
        "measure": {"constant": "Deliberate fires"},
    }
    mapping.write_text(json.dumps(told))
    ended = wardmote(tmp_path / "data", "import", "figures", sheet, "--mapping", mapping, "--json")
    assert ended.status == 0, ended.err
    (made,) = ended.json
    assert (made["dataset"], made["rows_accepted"], made["rows_rejected"]) == ("figures-deliberate-fires", 2, 1)
    wrong = wardmote(tmp_path / "data", "import", "police-uk", sheet, "--mapping", mapping)
    assert wrong.status == 2
    assert "A mapping is for tables of figures" in wrong.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "police-uk", "no-such-file.csv"),
        ("import", "police-uk", "letter.csv"),
        ("import", "auto", "letter.csv"),
        ("import", "weather", "letter.csv"),
        ("figures", "moons"),
        ("figures", "counts", "--by", "moon"),
        ("figures", "counts", "--where", "moon=full"),
        ("figures", "counts", "--where", "category"),
        ("figures", "counts", "--where", "month>=2026-13", "--where", "month<=2026-14"),
        ("figures", "counts", "--where", "district=E07999999"),
        ("assess", "--partnership", "Nowhere", "--as-at", "2026-10-31", "--out", "out"),
        ("assess", "--partnership", "Ashcombe Vale", "--as-at", "31/10/2026", "--out", "out"),
        ("assess", "--partnership", "Ashcombe Vale", "--as-at", "2020-01-01", "--out", "out"),
        ("assess", "--all", "--as-at", "2020-01-01", "--out", "out"),
        ("person", "a@b.example", "--name", "A", "--post", "B", "--agency", "C", "--role", "scorer",
         "--partnership", "Nowhere"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_input_is_refused_with_a_sentence(
    held: Path, tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.csv").write_text("Dear,Sir\n1,2\n")
    ended = wardmote(held, *arguments)
    assert ended.is_refused(), (ended.status, ended.err)
    assert ended.out == ""


KEYS = {
    "month": lambda row: row["Month"],
    "category": lambda row: row["Crime type"],
    "lsoa": lambda row: row["LSOA code"],
    "ward": lambda row: WARD_OF[row["LSOA code"]],
    "district": lambda row: DISTRICT_OF[row["LSOA code"]],
}


def test_counts_by_each_dimension_are_those_of_the_files(held: Path, files: SampleFiles) -> None:
    placed = [row for row in published(files) if row["LSOA code"] in WARD_OF]
    for name, key in KEYS.items():
        rows = published(files) if name in ("month", "category") else placed
        found = {row[name]: int(row["count"]) for row in table(wardmote(held, "figures", "counts", "--by", name))}
        assert {value: count for value, count in found.items() if value and count} == Counter(map(key, rows)), name


@pytest.mark.parametrize("name", ["financial_year", "problem", "partnership"])
def test_every_other_dimension_answers_too(held: Path, name: str) -> None:
    rows = table(wardmote(held, "figures", "counts", "--by", name))
    assert len(rows) >= 1
    assert all(row[name] for row in rows if row["count"])


def test_conditions_keep_and_leave_out(held: Path, files: SampleFiles) -> None:
    ended = wardmote(
        held, "figures", "counts", "--by", "month,category", "--where", "category=Burglary,Robbery",
        "--where", "month>=2026-01", "--where", "month<=2026-03", "--where", f"district={VALE.code}",
        "--exclude", "category=Robbery",
    )  # fmt: skip
    found = {(row["month"], row["category"]): int(row["count"]) for row in table(ended) if row["count"] != "0"}
    assert found == Counter(
        (row["Month"], row["Crime type"])
        for row in published(files)
        if row["Crime type"] == "Burglary"
        and "2026-01" <= row["Month"] <= "2026-03"
        and DISTRICT_OF.get(row["LSOA code"]) == VALE.code
    )


@pytest.mark.parametrize("measure", ["rates", "change"])
def test_every_measure_prints_the_same_as_csv_and_as_json(held: Path, measure: str) -> None:
    asked = ("figures", measure, "--by", "problem", "--where", f"district={VALE.code}")
    period = ("--where", "month>=2025-09", "--where", "month<=2026-08")
    as_csv = table(wardmote(held, *asked, *period))
    as_json = wardmote(held, *asked, *period, "--format", "json").json
    assert [row["problem"] for row in as_csv] == [row["problem"] for row in as_json["rows"]]
    assert list(as_csv[0]) == as_json["columns"]
    assert as_json["measure"] == measure
    assert as_json["provenance"]


@pytest.fixture(scope="module")
def assessed(held: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What `assess --all` wrote and printed."""
    folder = tmp_path_factory.mktemp("assessed") / "all"
    ended = wardmote(held, "assess", "--all", "--as-at", "2026-10-31", "--out", folder)
    assert ended.status == 0, ended.err
    return folder, ended.out


def test_every_partnership_of_the_lookup_is_assessed(assessed: tuple[Path, str]) -> None:
    folder, printed = assessed
    codes = sorted(path.name for path in folder.iterdir())
    assert codes == sorted(district.partnership_code for district in DISTRICTS)
    assert printed.split() == [str(folder / code) for code in codes]


def test_partnerships_assessed_in_several_processes_get_the_same_files(
    held: Path, assessed: tuple[Path, str], tmp_path: Path
) -> None:
    folder, printed = assessed
    ended = wardmote(held, "assess", "--all", "--as-at", "2026-10-31", "--out", tmp_path / "all", "--processes", "2")
    assert ended.status == 0, ended.err
    assert ended.out.split() == printed.replace(str(folder), str(tmp_path / "all")).split()
    for path in folder.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "all" / path.relative_to(folder)).read_bytes()


@pytest.mark.parametrize("number", ["0", "65", "two"])
def test_a_number_of_processes_that_cannot_be_is_refused(held: Path, tmp_path: Path, number: str) -> None:
    asked = ("assess", "--all", "--as-at", "2026-10-31", "--out", tmp_path, "--processes", number)
    ended = wardmote(held, *asked)
    assert ended.status == 2
    assert f"{number} is not a number of processes from 1 to 64" in ended.err


def test_an_assessment_alone_is_written_as_the_three_files_that_it_is_among_all(
    held: Path, assessed: tuple[Path, str], tmp_path: Path
) -> None:
    ended = wardmote(
        held, "assess", "--partnership", "Ashcombe Vale", "--as-at", "2026-10-31", "--out", tmp_path / "one"
    )
    assert ended.status == 0, ended.err
    assert ended.out.split() == [str(tmp_path / "one" / f"assessment.{kind}") for kind in ("html", "pdf", "json")]
    assert_accessible(tmp_path / "one" / "assessment.pdf")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (assessed[0] / VALE.partnership_code / path.name).read_bytes(), path.name
    assert "Draft" in (tmp_path / "one" / "assessment.html").read_text()


def test_verifying_exits_one_and_names_each_file_that_differs(copy: Path) -> None:
    whole = wardmote(copy, "verify")
    assert (whole.status, whole.err) == (0, "")
    assert whole.out.strip().endswith("stored files checked, 0 differ.")
    first, second = sorted((copy / "releases").iterdir())[:2]
    with (first / "rows.parquet").open("ab") as file:
        file.write(b"x")
    (second / "manifest.json").unlink()
    broken = wardmote(copy, "verify")
    assert broken.status == 1
    assert set(broken.out.splitlines()[:-1]) == {
        f"differs: releases/{first.name}/rows.parquet",
        f"differs: releases/{second.name}/manifest.json",
    }


def test_a_partnership_and_a_person_are_set_up_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    name = "Fernhollow Community Safety Partnership"
    asked = ("partnership", name, "--kind", "district", "--district", "E07000900=Fernhollow")
    assert wardmote(data, *asked).out == f"Set up {name}.\n"
    assert wardmote(data, *asked).is_refused()
    person = ("person", "a@fernhollow.example", "--name", "A B", "--post", "Analyst", "--agency", "Council",
              "--role", "analyst", "--partnership", name)  # fmt: skip
    short = wardmote(data, *person, typed="short\n")
    assert short.is_refused()
    done = wardmote(data, *person, typed="three-unrelated-words-plum\n")
    assert (done.status, done.out) == (0, f"a@fernhollow.example can sign in as analyst of {name}.\n")


def test_our_own_fault_exits_one_with_a_sentence_and_no_traceback(copy: Path) -> None:
    for folder in (copy / "releases").iterdir():
        (folder / "rows.parquet").write_bytes(b"not Parquet")
    ended = in_a_process(copy, "figures", "counts")
    assert ended.status == 1
    assert "Traceback" not in ended.out + ended.err
    assert "its fault and not yours" in ended.err
