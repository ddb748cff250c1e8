"""Files that come by the web: what is taken in, what its page says, and what the worker leaves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.strategy.conftest import People, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.jobs.actions import run_job
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobState
from wardmote.sample.generator import SampleFiles
from wardmote.strategy.evidence.actions import UploadRefused, receive_files, upload_folder
from wardmote.strategy.evidence.models import Import, Release

pytestmark = pytest.mark.django_db


def upload(name: str, content: bytes = b"a,b\n1,2\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def of(path: Path) -> SimpleUploadedFile:
    return upload(path.name, path.read_bytes())


def work(asked: Import) -> Job:
    run_job.call(str(asked.job_key))
    return Job.objects.get(id=asked.job_key)


def text(answer: Any) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def waiting(data: Path) -> list[Path]:
    return [path for path in (data / "uploads").rglob("*") if path.is_file()]


def test_files_wait_for_the_worker_with_their_hashes(people: People, data: Path, files: SampleFiles) -> None:
    asked = receive_files(people.analyst, [of(path) for path in files.street[-2:]], kind="auto")
    assert [file.name for file in asked.files.all()] == [path.name for path in files.street[-2:]]
    assert {path.read_bytes() for path in waiting(data)} == {path.read_bytes() for path in files.street[-2:]}
    entry = entries_of(asked.id).get()
    assert (entry.action, entry.kind, entry.changed_fields) == ("ask", "import", ["files", "kind"])
    assert not Release.objects.exists()


def test_the_worker_reads_them_and_keeps_no_copy(people: People, data: Path, files: SampleFiles) -> None:
    asked = receive_files(people.analyst, [of(files.street[-1])], kind="auto")
    job = work(asked)
    release = Release.objects.get()
    assert (job.state, job.message) == (
        JobState.DONE,
        f"Made 1 release with {release.rows_accepted:,} rows. It counts only once you have accepted it.",
    )
    assert list(asked.releases.all()) == [release]
    assert not upload_folder(asked.id).exists()


def test_what_was_asked_is_undone_when_its_entry_cannot_be_written(people: People, data: Path) -> None:
    broken = replace(people.analyst, agency="not a key")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        receive_files(broken, [upload("a.csv")], kind="auto")
    assert (Import.objects.count(), Job.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert list((data / "uploads").iterdir()) == []


def test_a_role_without_the_permission_is_refused_before_a_byte_is_written(people: People, data: Path) -> None:
    with pytest.raises(NotAllowed):
        receive_files(people.scorer, [upload("a.csv")], kind="auto")
    assert not data.exists()


def test_more_than_the_limit_is_refused_and_nothing_kept(people: People, data: Path, settings: Any) -> None:
    settings.WARDMOTE_UPLOAD_LIMIT_BYTES = 1024 * 1024
    half = upload("a.csv", b"x" * 600_000), upload("b.csv", b"y" * 600_000)
    with pytest.raises(UploadRefused, match="larger than 1 MB together"):
        receive_files(people.analyst, half, kind="auto")
    assert waiting(data) == []
    assert not Import.objects.exists()
    assert receive_files(people.analyst, [upload("a.csv", b"x" * 600_000)], kind="auto").files.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-01-city-of-london-street.csv", "2024-01-city-of-london-street.csv"),
        ("LSOA_(2021)_to_Ward.csv", "LSOA_(2021)_to_Ward.csv"),
        ("../../etc/passwd", "passwd"),
        ("..", "file"),
        (".hidden.csv", "hidden.csv"),
        ("-rf.csv", "rf.csv"),
        ("trosedd Ŵyr & co.csv", "trosedd-yr-co.csv"),
        ("a" * 300 + ".csv", "a" * 196 + ".csv"),
    ],
)
def test_an_unsafe_name_cannot_leave_its_folder(people: People, data: Path, given: str, kept: str) -> None:
    file = upload("x.csv")
    file._name = given  # type: ignore[attr-defined]  # Django's own cleaning is a second door; this looks at ours
    asked = receive_files(people.analyst, [file], kind="auto")
    assert waiting(data) == [upload_folder(asked.id) / kept]
    assert [stored.name for stored in asked.files.all()] == [kept]


def test_two_files_of_one_name_are_refused(people: People, data: Path) -> None:
    with pytest.raises(UploadRefused, match=r"Two files are called a\.csv"):
        receive_files(people.analyst, [upload("a.csv"), upload("a.csv")], kind="auto")
    assert waiting(data) == []


def test_a_wrong_file_stores_nothing_and_its_page_says_what_to_do(people: People, data: Path) -> None:
    client = signed_in(people.analyst)
    wrong = upload("2026-08-ashcombe-street.csv", b"Crime ID,Month\n,2026-08\n")
    sent = client.post("/evidence/add/", {"chosen": [wrong], "kind": "police-uk"})
    asked = Import.objects.get()
    assert sent.headers["Location"] == f"/evidence/imports/{asked.id}/"
    assert "data-refresh-seconds" in text(client.get(sent.headers["Location"]))
    job = work(asked)
    assert job.state == JobState.REFUSED
    page = text(client.get(sent.headers["Location"]))
    assert "The files were not taken in" in page
    assert page.count("Nothing was changed") + page.count("Nothing that was held has changed.") == 1
    assert "Try other files" in page
    assert "2026-08-ashcombe-street.csv" in job.message
    assert not Release.objects.exists()
    assert waiting(data) == []


def test_the_form_asks_again_for_what_is_missing_and_says_so(people: People, data: Path, settings: Any) -> None:
    client = signed_in(people.analyst)
    page = text(client.post("/evidence/add/", {"kind": "auto"}))
    assert "Choose one or more files" in page
    settings.WARDMOTE_UPLOAD_LIMIT_BYTES = 4
    page = text(client.post("/evidence/add/", {"chosen": [upload("a.csv")], "kind": "auto"}))
    assert "Upload fewer, or use the command line." in page
    assert not Import.objects.exists()


def test_the_page_of_an_import_that_worked_leads_to_its_release(people: People, data: Path, files: SampleFiles) -> None:
    asked = receive_files(people.analyst, [of(files.population[0])], kind="auto")
    work(asked)
    page = text(signed_in(people.scorer).get(f"/evidence/imports/{asked.id}/"))
    assert "The files were read" in page
    assert f"/evidence/releases/{Release.objects.get().digest}/" in page


def test_another_partnership_s_import_is_not_found(people: People, data: Path) -> None:
    asked = receive_files(people.analyst, [upload("a.csv")], kind="auto")
    assert signed_in(people.stranger).get(f"/evidence/imports/{asked.id}/").status_code == 404
