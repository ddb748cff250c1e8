"""A partner's sheet is described once, looked at, imported, and recognised next month."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.strategy.conftest import People, signed_in
from tests.strategy.evidence.test_uploads import text, waiting, work
from wardmote.access.readers import NotAllowed
from wardmote.analytics.sources.mapping import ColumnMapping
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.strategy.evidence.actions import UploadRefused
from wardmote.strategy.evidence.actions.sheets import import_sheet, keep_sheet, remove_abandoned
from wardmote.strategy.evidence.models import Import, Release, SavedMapping
from wardmote.strategy.evidence.queries import warehouse

pytestmark = pytest.mark.django_db

LONG = [["Month", "Ward", "Incidents"], ["2026-01", "Abbey", "12"], ["2026-01", "Bridge", "<5"], ["soon", "X", "1"]]
ANSWERS = {
    "title": "Deliberate fires",
    "supplier": "Ashcombe Fire and Rescue Service",
    "across": "",
    "value_columns": ["Incidents"],
    "period_column": "Month",
    "period_constant": "",
    "area_column": "Ward",
    "area_constant": "",
    "area_code_column": "",
    "measure_column": "the same for every row",
    "measure_constant": "Fires",
    "status_column": "",
    "status": "provisional",
    "decimal": ".",
    "unit": "number",
    "hidden": "ask",
    "blank": "- ; n/a",
    "suppressed": "* ; <n",
    "unavailable": "[x]",
}


def sheet(rows: list[list[str]], name: str = "fires.csv") -> SimpleUploadedFile:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode())


def given(people: People, rows: list[list[str]]) -> tuple[Any, str]:
    client = signed_in(people.analyst)
    answer: Any = client.post("/evidence/add/", {"chosen": [sheet(rows)], "kind": "figures"})
    assert answer.status_code == 302, text(answer)
    return client, answer["Location"]


def test_a_sheet_is_described_looked_at_and_imported(people: People, data: Path) -> None:
    client, address = given(people, LONG)
    page = text(client.get(address))
    assert "What the columns are" in page
    assert "Incidents" in page
    shown = text(client.post(address, {**ANSWERS, "do": "preview"}))
    assert "2 of 3 figures would be taken, 1 would not" in shown
    assert "Missing: suppressed" in shown
    assert "“soon” is not a period" in shown
    assert not Release.objects.exists()
    answer = client.post(address, {**ANSWERS, "do": "import"})
    asked = Import.objects.get()
    assert answer["Location"] == f"/evidence/imports/{asked.id}/"
    assert "Made 1 release with 2 rows" in work(asked).message
    release = Release.objects.get()
    assert (release.kind, release.title, release.publisher) == (
        "figures",
        "Deliberate fires",
        "Ashcombe Fire and Rescue Service",
    )
    assert warehouse().manifest(release.digest).rows_rejected == 1
    assert waiting(data) == []
    assert text(client.get(f"/evidence/releases/{release.digest}/check/"))
    assert "Deliberate fires" in text(client.get(f"/evidence/releases/{release.digest}/"))


def test_next_month_the_saved_description_is_offered_and_used(people: People, data: Path) -> None:
    client, address = given(people, LONG)
    client.post(address, {**ANSWERS, "do": "import"})
    _, again = given(people, [*LONG[:1], ["2026-02", "Abbey", "7"]])
    page = text(client.get(again))
    assert "This looks like “Deliberate fires” of Ashcombe Fire and Rescue Service" in page
    assert 'value="Deliberate fires"' in page
    assert "1 of 1 figures would be taken" in page
    assert "Change what was said last time" in page
    client.post(again, {**ANSWERS, "do": "import"})
    assert SavedMapping.objects.count() == 1
    assert [entry.action for entry in entries_of(SavedMapping.objects.get().id)] == ["save", "save"]


def test_new_months_of_a_wide_table_are_found_anew(people: People, data: Path) -> None:
    wide = {**ANSWERS, "across": "period", "period_column": "what the headings say", "value_columns": ["2026-01"]}
    client, address = given(people, [["Ward", "2026-01"], ["Abbey", "1"]])
    client.post(address, {**wide, "do": "import"})
    _, again = given(people, [["Ward", "2026-01", "2026-02"], ["Abbey", "1", "2"]])
    page = text(client.get(again))
    assert "This looks like" in page
    assert page.count("checked") >= 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Enter what these figures are"),
        ({"value_columns": []}, "Select at least one column"),
        ({"measure_constant": ""}, "for no column says it"),
        ({"area_column": "what the headings say"}, "“area” is missing"),
        ({"blank": "*"}, "cannot mean two things"),
        ({"period_column": "Ward"}, "0 of 3 figures would be taken"),
        ({"value_columns": ["Incidents", "Ward"]}, "Several value columns"),
    ],
)
def test_answers_that_do_not_fit_are_said_and_nothing_is_imported(
    people: People, data: Path, changes: dict[str, Any], words: str
) -> None:
    client, address = given(people, LONG)
    assert words in text(client.post(address, {**ANSWERS, **changes, "do": "import"}))
    assert Import.objects.get().job_key is None
    assert not SavedMapping.objects.exists()


def test_the_headings_can_be_read_from_another_row(people: People, data: Path) -> None:
    client, address = given(people, [["Fires", "of", "2026"], *LONG])
    page = text(client.get(f"{address}?first=2&last=2"))
    assert 'value="Incidents"' in page
    assert "2 of 3" in text(client.post(f"{address}?first=2&last=2", {**ANSWERS, "do": "preview"}))


def test_a_sheet_with_people_in_it_is_destroyed_at_once(people: People, data: Path) -> None:
    client = signed_in(people.analyst)
    rows = [["Month", "Ward", "Incidents", "Surname"], ["2026-01", "Abbey", "1", "Zephyr"]]
    page = text(client.post("/evidence/add/", {"chosen": [sheet(rows)], "kind": "figures"}))
    assert "looks as if it holds people" in page
    assert "Zephyr" not in page
    assert waiting(data) == []
    assert not Import.objects.exists()


def test_a_sheet_can_be_removed_and_goes_by_itself_after_a_day(people: People, data: Path) -> None:
    client, address = given(people, LONG)
    assert client.get(f"{address}remove/").status_code == 405
    client.post(f"{address}remove/")
    assert waiting(data) == []
    given(people, LONG)
    Import.objects.update(asked_at=Import.objects.get().asked_at - timedelta(days=2))
    remove_abandoned(people.analyst)
    assert waiting(data) == []
    assert not Import.objects.exists()


def test_only_those_who_may_import_describe_a_sheet_and_only_their_own(people: People, data: Path) -> None:
    _, address = given(people, LONG)
    assert signed_in(people.scorer).get(address).status_code == 403
    assert signed_in(people.stranger).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        keep_sheet(people.scorer, [sheet(LONG)])


def test_one_sheet_at_a_time(people: People, data: Path) -> None:
    with pytest.raises(UploadRefused, match="one table of figures at a time"):
        keep_sheet(people.analyst, [sheet(LONG), sheet(LONG, "b.csv")])


def test_a_column_can_say_which_figures_are_final(people: People, data: Path) -> None:
    rows = [["Month", "Ward", "Incidents", "Status"], ["2026-01", "Abbey", "1", "Final"], ["2026-01", "B", "2", "p"]]
    client, address = given(people, rows)
    client.post(address, {**ANSWERS, "status_column": "Status", "do": "import"})
    work(Import.objects.get())
    assert Release.objects.get().quality["figures_by_status"] == {"provisional": 1, "validated": 1}


def test_a_second_press_of_import_leads_to_the_import_and_reads_it_once(people: People, data: Path) -> None:
    client, address = given(people, LONG)
    first, second = (client.post(address, {**ANSWERS, "do": "import"}) for _ in range(2))
    asked = Import.objects.get()
    assert first["Location"] == second["Location"] == f"/evidence/imports/{asked.id}/"
    assert client.get(address)["Location"] == first["Location"]
    entries = Entry.objects.count()
    assert import_sheet(people.analyst, asked, ColumnMapping.from_json(SavedMapping.objects.get().mapping)) == asked
    assert Entry.objects.count() == entries


def test_a_mapping_that_reads_nothing_says_so_and_why(people: People, data: Path) -> None:
    client, address = given(people, [["Month", "Ward", "Incidents"], ["soon", "Abbey", "many"], ["later", "X", "few"]])
    page = text(client.post(address, {**ANSWERS, "do": "import"}))
    assert "Not one figure could be read. The first reason:" in page
    assert "Check which columns hold the period, the area and the values." in page


def test_a_table_that_no_reader_knows_is_described_though_nobody_said_what_it_is(people: People, data: Path) -> None:
    client = signed_in(people.analyst)
    answer: Any = client.post("/evidence/add/", {"chosen": [sheet(LONG)], "kind": "auto"})
    assert answer["Location"].startswith("/evidence/sheets/")
    people_in_it = [["Month", "Ward", "Surname"], ["2026-01", "Abbey", "Zephyr"]]
    page = text(client.post("/evidence/add/", {"chosen": [sheet(people_in_it)], "kind": "auto"}))
    assert "looks as if it holds people" in page


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["2024-01", "E01013600", "-1.1", "52.6"]], "a table without its row of headings"),
        ([["hello"], ["world"]], "which no reader knows"),
    ],
)
def test_what_is_no_table_of_figures_is_refused_in_words(
    people: People, data: Path, rows: list[list[str]], words: str
) -> None:
    client = signed_in(people.analyst)
    answer: Any = client.post("/evidence/add/", {"chosen": [sheet(rows)], "kind": "auto"})
    assert answer["Location"].startswith("/evidence/imports/")
    work(Import.objects.get())
    assert words in text(client.get(answer["Location"]))
