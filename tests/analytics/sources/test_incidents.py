"""Lists of incidents: what is kept of a row, what makes a pseudonym, what is refused, and the clock in Britain."""

import datetime as dt
import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.sources.making import NOW, rejects_of, rows_of
from wardmote.analytics.sources import AlreadyHeld, ReadRequest, SourceRefused, read
from wardmote.analytics.sources.incidents.pseudonyms import Pseudonyms
from wardmote.analytics.warehouse.manifest import Manifest, Prepared
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.foundations.british_time import in_britain, moments_of
from wardmote.foundations.kept_secret import kept_secret

HEAD = "Crime type,Committed from,Committed to,Easting,Northing,Victim key,Location key\n"
ROW = "Burglary,31/12/2025 23:15,01/01/2026 06:00,451000,221000,V-1,P-1\n"


def read_list(warehouse: Warehouse, path: Path, *, kind: str = "auto", owner: str = "vale") -> Manifest | AlreadyHeld:
    with warehouse.staging() as staging:
        request = ReadRequest((path,), warehouse, staging, is_sample=False, now=NOW, owner=owner)
        (outcome,) = read(kind, request)
        if isinstance(outcome, Prepared):
            warehouse.publish(outcome)
            return outcome.manifest
        return outcome


def held(warehouse: Warehouse, folder: Path, text: str, *, owner: str = "vale") -> Manifest:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    found = read_list(warehouse, path, owner=owner)
    assert isinstance(found, Manifest)
    return found


def minutes(text: str) -> int:
    return int((dt.datetime.fromisoformat(text) - dt.datetime(1970, 1, 1)).total_seconds() // 60)  # noqa: DTZ001


def test_a_list_is_recognised_by_its_headings_and_kept_without_keys(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = held(warehouse, tmp_path, HEAD + ROW + "burglary,02/07/2025 10:00,,,,v - 1,\n")
    assert (manifest.kind, manifest.dataset) == ("incident-records", "incidents-vale-burglary")
    assert (manifest.months[0], manifest.months[-1], len(manifest.months)) == ("2025-07", "2025-12", 6)
    first, second = sorted(rows_of(warehouse, manifest.release), key=lambda row: row["first_minute"])
    # In July the clock is an hour ahead.
    assert (first["first_minute"], first["last_minute"]) == (minutes("2025-07-02T09:00"),) * 2
    assert second["last_minute"] - second["first_minute"] == 6 * 60 + 45
    assert (second["day"], second["lsoa_code"]) == (dt.date(2025, 12, 31), None)
    assert 49 < second["latitude"] < 61
    assert first["longitude"] is None
    # The same key, however it is typed; a key of a place is another thing than that of a victim.
    assert first["victim"] == second["victim"] != second["location"]
    assert first["location"] is None
    everything = b"".join(path.read_bytes() for path in warehouse.releases.rglob("*") if path.is_file())
    assert b"V-1" not in everything
    assert b"P-1" not in everything


def test_a_pseudonym_is_the_same_next_month_and_another_for_another_partnership(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    one = rows_of(warehouse, held(warehouse, tmp_path, HEAD + ROW).release)
    later = rows_of(warehouse, held(warehouse, tmp_path, HEAD + ROW.replace("31/12/2025", "30/12/2025")).release)
    others = rows_of(warehouse, held(warehouse, tmp_path, HEAD + ROW, owner="moor").release)
    assert one[0]["victim"] == later[0]["victim"] != others[0]["victim"]
    assert one[0]["victim"] not in {hashlib.sha256(key.encode()).hexdigest()[:32] for key in ("V-1", "v-1")}
    kept = warehouse.secret_file
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() == kept_secret(kept)


@given(st.text(st.characters(codec="ascii"), max_size=8), st.text(st.characters(codec="ascii"), max_size=8))
def test_two_keys_share_a_pseudonym_only_when_they_are_one(one: str, other: str) -> None:
    def plain(key: str) -> str:
        return "".join(key.split()).casefold()

    pseudonyms = Pseudonyms("secret", "vale")
    assert (pseudonyms.of("victim", one) == pseudonyms.of("victim", other)) == (plain(one) == plain(other))
    if plain(one):
        assert pseudonyms.of("victim", one) != pseudonyms.of("offender", one)
        assert pseudonyms.of("victim", one) != Pseudonyms("other", "vale").of("victim", one)


@pytest.mark.parametrize(
    ("heading", "cell", "says"),
    [
        ("Victim name", "Canaria Nomenclatura", "“Victim name” .names of people"),
        ("Notes", "x", "“Notes” .text"),
        ("Offence", "He came in through the back door and took what he could carry off", "“Offence” .text"),
        ("DOB", "01/02/1980", "dates of birth"),
        ("Contact", "canaria@example.org", "e-mail"),
        ("Ring", "020 7946 0000", "phone"),
        ("Where", "12 Mill Lane", "“Where” .addresses"),
        ("Where", "AB1 2DE", "full postcodes"),
        ("Suspect key", "Canaria Nomenclatura", "“Suspect key” .names of people"),
        ("Suspect key", "CN 01/02/1980", "dates, perhaps of birth"),
    ],
)
def test_a_list_with_anything_personal_is_refused_whole_by_column_and_without_the_value(
    warehouse: Warehouse, tmp_path: Path, heading: str, cell: str, says: str
) -> None:
    path = tmp_path / "list.csv"
    head, row = HEAD.strip(), ROW.strip()
    path.write_text(f"{head},{heading}\n{row},{cell}\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match=says) as refused:
        read_list(warehouse, path)
    assert cell not in str(refused.value) or cell == "x"
    assert "Nothing was stored" in str(refused.value)
    assert [one for one in warehouse.releases.rglob("*") if one.is_file()] == []


def test_streets_and_names_in_a_column_that_nobody_asked_for_are_refused_and_wards_are_not(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    people = ("Ada Canaria", "Bo Canaria", "Cy Canaria", "Di Canaria", "Ed Canaria", "Flo Canaria")

    def write(cells: tuple[str, ...]) -> None:
        rows = [f"Burglary,2025-01-0{at},,,,,,{cell}\n" for at, cell in enumerate(cells, start=1)]
        path.write_text(HEAD.strip() + ",Met\n" + "".join(rows), encoding="utf-8")

    write(people)
    with pytest.raises(SourceRefused, match=r"“Met” .names of people or of streets"):
        read_list(warehouse, path)
    write(("Mill Ward", "Quay Ward") * 3)
    found = read_list(warehouse, path)
    assert isinstance(found, Manifest)
    assert found.quality["columns_not_kept"] == ["Met"]


def test_rows_that_cannot_be_are_listed_with_their_reason_and_no_cell(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = (
        "Burglary,05/01/2026 10:00,05/01/2026 09:00,,,,\n",
        "Burglary,29/03/2026 01:30,,,,,\n",
        "Burglary,26/10/2025 01:50,26/10/2025 01:10,,,,\n",
        "Burglary,Ada Canaria,,,,,\n",
        "Burglary,01/01/2099,,,,,\n",
        "Burglery,01/01/2026,,,,,\n",
        "Burglary,01/01/2026,,221000,9,,\n",
        "Burglary,01/01/2026,,-3,221000,,\n",
    )
    manifest = held(warehouse, tmp_path, HEAD + "".join(rows))
    # Of the doubled hour the second is meant; an easting can be any ground, one below nought none.
    assert (manifest.rows_read, manifest.rows_accepted) == (8, 2)
    listed = rejects_of(warehouse, manifest)
    assert [(line[1], line[2]) for line in listed] == [
        ("2", "Committed to"),
        ("3", "Committed from"),
        ("5", "Committed from"),
        ("6", "Committed from"),
        ("7", "Crime type"),
        ("9", "Easting"),
    ]
    assert "Canaria" not in str(listed)
    doubled = next(row for row in rows_of(warehouse, manifest.release) if row["day"].month == 10)
    assert doubled["last_minute"] - doubled["first_minute"] == 20


def test_a_day_without_an_hour_is_the_whole_day_and_an_hour_may_stand_beside_it(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    head = "Category,From date,From time,To date,To time,LSOA code,Crime number\n"
    rows = (
        "burglary,2025-10-26,,,,E01000001,1\n",
        "burglary,2026-01-05,08:30,2026-01-05,17:00,E01000001,2\n",
        "burglary,2026-01-05,08:30,2026-01-05,17:00,E01000001,2\n",
        "burglary,2026-01-07T08:30Z,,,,E01000001,3\n",
    )
    manifest = held(warehouse, tmp_path, head + "".join(rows))
    lengths = sorted(row["last_minute"] - row["first_minute"] for row in rows_of(warehouse, manifest.release))
    # The Sunday in October has 25 hours; the incident of the same reference counts once, and the reference is not kept.
    assert lengths == [0, 510, 25 * 60]
    assert manifest.rows_rejected == 1


def test_lists_of_two_problems_and_lists_of_nobody_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + ROW + ROW.replace("Burglary", "Vehicle crime"), encoding="utf-8")
    with pytest.raises(SourceRefused, match=r"2 problems \(burglary, vehicle-crime\): give one list for each"):
        read_list(warehouse, path)
    with pytest.raises(SourceRefused, match="belongs to one partnership"):
        read_list(warehouse, path, owner="")


@given(st.datetimes(dt.datetime(2010, 1, 1), dt.datetime(2035, 1, 1)))  # noqa: DTZ001
def test_the_moments_of_a_clock_are_those_at_which_it_showed_that(clock: dt.datetime) -> None:
    clock = clock.replace(second=0, microsecond=0)
    around = [clock + dt.timedelta(minutes=minutes) for minutes in (-60, 0)]
    shown = [one for one in around if in_britain(one.replace(tzinfo=dt.UTC)) == clock]
    assert moments_of(clock) == tuple(shown)
    assert len(shown) == 1 or (clock.hour == 1 and clock.month in (3, 10))


def test_the_hour_lost_in_march_was_never_and_that_of_october_twice() -> None:
    assert moments_of(dt.datetime(2026, 3, 29, 1, 30)) == ()  # noqa: DTZ001
    assert [one.hour for one in moments_of(dt.datetime(2026, 10, 25, 1, 30))] == [0, 1]  # noqa: DTZ001
