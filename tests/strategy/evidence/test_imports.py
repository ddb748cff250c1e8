"""Reading files into releases: result, audit, rollback, and what a wrong or a repeated file leaves."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests.factories import taken_in
from tests.strategy.conftest import Held, People
from wardmote.access.readers import NotAllowed
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.sources import SourceRefused
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.sample.generator import SampleFiles
from wardmote.strategy.evidence.actions import outcome_words
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import gather_evidence, held_releases, warehouse

pytestmark = pytest.mark.django_db


def rows_in(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def corrected(path: Path, folder: Path, *, keep: int) -> Path:
    """Write the file again with its first rows only, under its own name."""
    copy = folder / path.name
    with copy.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows_in(path)[: keep + 1])
    return copy


def counted(*months: str) -> dict[str, int]:
    evidence = gather_evidence(is_sample=False)
    try:
        found = MEASURES["counts"](evidence, Query(by=("month",))).records()
    finally:
        evidence.con.disconnect()
    all_months = {str(row["month"]): int(str(row["count"])) for row in found}
    return {month: all_months[month] for month in months or all_months}


@pytest.fixture
def two_months(people: People, data: Path, files: SampleFiles) -> Release:
    """The last two months of the fictional force."""
    (made,) = taken_in(people.analyst, files.street[-2:], kind="police-uk").made
    return made


def test_files_become_a_release_with_its_folder_and_its_entry(
    people: People, two_months: Release, files: SampleFiles
) -> None:
    assert two_months.dataset == "police-uk-street-ashcombe"
    assert (two_months.period_from, two_months.period_to) == ("2026-07", "2026-08")
    assert two_months.rows_accepted == sum(len(rows_in(path)) - 1 for path in files.street[-2:])
    assert warehouse().verify(two_months.digest, expected=two_months.file_hashes) == ()
    entry, accepted = entries_of(two_months.digest)
    assert (accepted.action, accepted.changed_fields) == ("accept", ["caveat", "state", "status"])
    assert (entry.action, entry.kind, entry.actor_key, entry.outcome) == (
        "import",
        "release",
        people.analyst.key,
        "allow",
    )


def test_without_its_audit_entry_there_is_no_release_and_the_same_files_can_come_again(
    people: People, data: Path, files: SampleFiles
) -> None:
    broken = replace(people.analyst, appointment="not a key")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        taken_in(broken, files.street[-1:], kind="police-uk")
    assert not Release.objects.exists()
    assert not Entry.objects.exists()
    assert held_releases(is_sample=False) == ()
    (made,) = taken_in(people.analyst, files.street[-1:], kind="police-uk").made
    assert warehouse().verify(made.digest, expected=made.file_hashes) == ()


def test_only_those_who_may_import_do(people: People, data: Path, files: SampleFiles) -> None:
    for reader in (people.scorer, people.administrator):
        with pytest.raises(NotAllowed):
            taken_in(reader, files.street[-1:], kind="police-uk")
    assert not Release.objects.exists()
    assert not data.exists()


def test_the_same_files_again_change_nothing(people: People, two_months: Release, files: SampleFiles) -> None:
    entries = Entry.objects.count()
    again = taken_in(people.analyst, files.street[-2:], kind="police-uk")
    assert again.made == ()
    assert again.already == (two_months,)
    assert outcome_words(again) == "Nothing to do: these files are held already, and nothing has changed."
    assert (Release.objects.count(), Entry.objects.count()) == (1, entries)


def test_a_corrected_month_replaces_that_month_only_and_the_release_before_stays_readable(
    people: People, two_months: Release, files: SampleFiles, tmp_path: Path
) -> None:
    before = counted()
    (newer,) = taken_in(people.analyst, [corrected(files.street[-1], tmp_path, keep=5)], kind="police-uk").made
    assert counted() == {"2026-07": before["2026-07"], "2026-08": 5}
    assert {held.release: held.months for held in held_releases(is_sample=False)} == {
        two_months.digest: ("2026-07",),
        newer.digest: ("2026-08",),
    }
    evidence = gather_evidence(is_sample=False, held=[replace(held_releases(is_sample=False)[0], months=("2026-08",))])
    assert MEASURES["counts"](evidence, Query()).records()[0]["count"] == before["2026-08"]
    evidence.con.disconnect()


def test_a_month_that_comes_back_much_smaller_is_pointed_out_and_so_is_what_it_replaced(
    people: People, two_months: Release, files: SampleFiles, tmp_path: Path
) -> None:
    before = counted()["2026-08"]
    outcome = taken_in(people.analyst, [corrected(files.street[-1], tmp_path, keep=5)], kind="police-uk")
    moved, silent = outcome.warnings
    assert moved == f"August 2026, which we hold already, changed: 5 rows now, {before:,} before (−99.7%)."
    assert silent.startswith("August 2026 has no row at all for these crime types: Bicycle theft, ")
    assert outcome_words(outcome).endswith(f"Look at this: {moved} {silent}")
    again = taken_in(people.analyst, files.street[-2:], kind="police-uk")
    assert again.already == (two_months,)
    assert "But newer files count for 1 of their months" in outcome_words(again)


def test_rows_that_cannot_be_used_are_counted_and_said(
    people: People, data: Path, files: SampleFiles, tmp_path: Path
) -> None:
    copy = corrected(files.street[-1], tmp_path, keep=4)
    lines = copy.read_text().splitlines()
    copy.write_text("\n".join([*lines[:-1], lines[-1].replace("2026-08", "2026-13")]) + "\n")
    outcome = taken_in(people.analyst, [copy], kind="police-uk")
    (made,) = outcome.made
    assert (made.rows_read, made.rows_accepted, made.rows_rejected) == (4, 3, 1)
    assert outcome_words(outcome) == (
        "Made 1 release with 3 rows. 1 row could not be used: each is listed with its reason. "
        "Look at this: More than 1 row in 100 could not be used: 1 of 4."
    )


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("2026-08-ashcombe-street.csv", "Crime ID,Month\n,2026-08\n", "police-uk"),
        ("letter.csv", "Dear,Sir\n1,2\n", "auto"),
        ("2026-08-ashcombe-street.zip", "not a zip", "police-uk"),
        ("lookup.csv", "LSOA21CD\n", "lookup"),
        ("2026-08-ashcombe-street.csv", "Crime ID,Month\n,2026-08\n", "weather"),
    ],
)
def test_a_wrong_file_leaves_nothing(
    people: People, data: Path, tmp_path: Path, name: str, content: str, kind: str
) -> None:
    wrong = tmp_path / name
    wrong.write_text(content)
    with pytest.raises(SourceRefused, match=r"[a-z]{3}.*\.$"):
        taken_in(people.analyst, [wrong], kind=kind)
    assert not Release.objects.exists()
    assert [path for path in data.rglob("*") if path.is_file()] == []


def test_a_wrong_file_among_right_ones_lets_none_in(
    people: People, data: Path, files: SampleFiles, tmp_path: Path
) -> None:
    wrong = tmp_path / "2026-09-ashcombe-street.csv"
    wrong.write_text("Crime ID,Month\n,2026-09\n")
    with pytest.raises(SourceRefused):
        taken_in(people.analyst, [*files.street[-2:], wrong], kind="police-uk")
    assert not Release.objects.exists()


def test_real_and_sample_are_two_worlds(people: People, releases: tuple[Release, ...], held: Held) -> None:
    assert held_releases(is_sample=True) == ()
    assert len(held_releases(is_sample=False)) == len(releases)
