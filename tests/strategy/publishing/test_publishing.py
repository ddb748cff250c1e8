"""Issuing an assessment: its number, its frozen bytes, and what can no longer happen to it."""

import io
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from docx import Document

from tests.factories import taken_in
from tests.printing.pdf_text import text_of
from tests.strategy.conftest import AS_AT, Held, People, approved, problem_of, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.definitions import matrix
from wardmote.jobs.actions import run_job
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobState
from wardmote.partnership.documents.queries import path_of, read_stored
from wardmote.sample.generator import SampleFiles
from wardmote.strategy.assessment.actions import (
    GivenAgreement,
    GivenDecision,
    agree,
    decide,
    keep_analysis,
    move_assessment,
    write_note,
)
from wardmote.strategy.assessment.actions.board import GivenCheck, check_changes, plan_route
from wardmote.strategy.assessment.models import Assessment, Decision
from wardmote.strategy.assessment.rules import ApprovalOutcome, AssessmentState, Confidence, Outcome
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.publishing.actions import PublishRefused, ask_to_publish, publish
from wardmote.strategy.publishing.models import PublishedRelease, PublishedVersion
from wardmote.strategy.publishing.queries import verify_stored

pytestmark = pytest.mark.django_db
PRINTED = ("data_sha256", "html_sha256", "pdf_sha256", "docx_sha256", "xlsx_sha256", "analysis_sha256")
CLOCKLESS = ("data_sha256", "html_sha256", "analysis_sha256")


def printed(version: PublishedVersion) -> list[bytes]:
    return [read_stored(getattr(version, name)) for name in PRINTED]


def test_issuing_prints_keeps_and_records(people: People, issued: PublishedVersion, held: Held) -> None:
    assert (issued.number, issued.title) == (1, "Strategic assessment 2026")
    assert issued.issued_by_post == "Manager, Agency of the manager"
    assert set(issued.releases.values_list("digest", flat=True)) == set(held.analysis.cited)
    assert printed(issued)[2].startswith(b"%PDF-")
    entry = entries_of(issued.id).get()
    assert (entry.action, entry.kind, entry.actor_key) == ("issue", "version", people.manager.key)
    assert verify_stored()[1] == ()


def test_issuing_again_gives_the_next_number_and_the_same_data_and_page(
    people: People, decided: Assessment, issued: PublishedVersion
) -> None:
    again = publish(people.analyst, decided, progress=quiet)
    assert again.number == 2
    assert [getattr(again, name) for name in CLOCKLESS] == [getattr(issued, name) for name in CLOCKLESS]


def test_the_first_page_says_which_version_it_is_who_issued_it_and_when(issued: PublishedVersion) -> None:
    day = timezone.localtime(issued.issued_at)
    said = ("1", f"{day.day} {day:%B %Y}", "Manager, Agency of the manager")
    first_page = text_of(read_stored(issued.pdf_sha256))[0]
    cover = Document(io.BytesIO(read_stored(issued.docx_sha256))).tables[0]
    for name, words in zip(("Version", "Issued on", "Issued by"), said, strict=True):
        assert name in first_page
        assert words in first_page
        assert [row.cells[1].text for row in cover.rows if row.cells[0].text == name] == [words]
    assert said[1] not in read_stored(issued.data_sha256).decode()


def test_the_first_page_says_who_approved_what_was_changed_and_who_checked_it(
    people: People, deciding: Assessment
) -> None:
    given = GivenDecision(Outcome.PRIORITY, "It harms most.", "Community Safety Board", date(2026, 10, 20))
    decide(people.analyst, problem_of(deciding, "burglary"), given)
    approval = approved(people, deciding, outcome=ApprovalOutcome.WITH_CHANGES, changes="Name the town centre")
    with pytest.raises(PublishRefused, match="Community Safety Board approved it with changes on 20 October 2026"):
        publish(people.manager, deciding, progress=quiet)
    check_changes(people.analyst, approval, GivenCheck("Chair, board", date(2026, 10, 27)))
    for page in first_pages(publish(people.manager, deciding, progress=quiet)):
        assert "Approved with changes by Community Safety Board on 20 October 2026." in page
        assert "Changes: Name the town centre. Checked by Chair, board on 27 October 2026." in page
        assert "Draft" not in page


def test_nothing_is_issued_after_a_body_sent_it_back_until_it_approves(people: People, decided: Assessment) -> None:
    approved(people, decided, body="Cabinet", outcome=ApprovalOutcome.SENT_BACK, changes="Say what it costs.")
    page = reverse("publishing:publish", args=[decided.id])
    client = signed_in(people.manager)
    shown = client.get(page).content.decode()
    assert "Cabinet sent it back on 20 October 2026." in shown
    assert "The text is the approved one" not in shown
    assert ">Publish<" not in shown
    approved(people, decided, body="cabinet", outcome=ApprovalOutcome.NOTED)
    with pytest.raises(PublishRefused, match="Cabinet sent it back"):
        publish(people.manager, decided, progress=quiet)
    approved(people, decided, body="cabinet")
    assert "Cabinet sent it back" not in client.get(page).content.decode()
    assert publish(people.manager, decided, progress=quiet).number == 1


def test_the_page_before_publishing_names_the_bodies_that_have_not_approved(
    people: People, deciding: Assessment
) -> None:
    given = GivenDecision(Outcome.PRIORITY, "It harms most.", "Community Safety Board", date(2026, 10, 20))
    decide(people.analyst, problem_of(deciding, "burglary"), given)
    client, page = signed_in(people.manager), reverse("publishing:publish", args=[deciding.id])
    before = client.get(page).content.decode()
    assert "No body has approved it" in before
    assert "the approved one, to the comma" not in before
    approved(people, deciding)
    plan_route(people.manager, deciding, [("Community Safety Board", AS_AT), ("Cabinet", date(2027, 3, 9))])
    assert "not approved yet: Cabinet (9 March 2027)." in client.get(page).content.decode()


def test_publish_pressed_twice_prints_once_and_the_page_gone_back_to_is_refused(
    people: People, decided: Assessment
) -> None:
    client, page = signed_in(people.manager), reverse("publishing:publish", args=[decided.id])
    assert 'name="number" value="1"' in client.get(page).content.decode()
    first, again = (client.post(page, {"number": "1"}).headers["Location"] for _ in range(2))
    assert first == again
    run_job.call(str(Job.objects.get().id))
    assert PublishedVersion.objects.count() == 1
    refused = client.post(page, {"number": "1"}, follow=True).content.decode()
    assert "Version 1 has been issued since." in refused
    assert Job.objects.count() == 1
    client.post(page, {"number": "2"})
    assert Job.objects.count() == 2


def first_pages(version: PublishedVersion) -> tuple[str, str]:
    """The words of the cover of the PDF, and of the Word document, breaks aside."""
    cover = text_of(read_stored(version.pdf_sha256))[0]
    document = Document(io.BytesIO(read_stored(version.docx_sha256)))
    cells = [cell.text for table in document.tables[:1] for row in table.rows for cell in row.cells]
    words = " ".join([*(one.text for one in document.paragraphs[:20]), *cells])
    return " ".join(cover.split()), " ".join(words.split())


def test_a_number_taken_while_the_pages_were_printed_is_not_printed_twice(
    people: People, decided: Assessment, issued: PublishedVersion
) -> None:
    taken = []

    def somebody_else_issues(step: str, done: int, total: int) -> None:
        if step == "Issuing" and not taken:
            taken.append(step)
            values = {f.name: getattr(issued, f.name) for f in PublishedVersion._meta.concrete_fields if f.name != "id"}
            PublishedVersion.objects.create(**{**values, "number": 2})

    version = publish(people.manager, decided, progress=somebody_else_issues)
    assert version.number == 3
    cover = Document(io.BytesIO(read_stored(version.docx_sha256))).tables[0]
    assert [row.cells[1].text for row in cover.rows if row.cells[0].text == "Version"] == ["3"]


def test_nothing_that_comes_later_changes_what_was_issued(
    people: People, decided: Assessment, issued: PublishedVersion, held: Held, files: SampleFiles, tmp_path: Path
) -> None:
    before = printed(issued)
    street = tmp_path / files.street[-1].name
    street.write_text("\n".join(files.street[-1].read_text().splitlines()[:9]) + "\n")
    assert taken_in(people.analyst, [street], kind="police-uk").made
    move_assessment(people.analyst, decided, AssessmentState.DISCUSSING)
    scores = dict.fromkeys((criterion.code for criterion in matrix("kingston-2011").criteria), 1)
    agreed = GivenAgreement(scores, Confidence.HIGH, "Agreed later.")
    agree(people.analyst, problem_of(decided, "burglary"), "kingston-2011", agreed)
    write_note(people.analyst, problem_of(decided, "burglary"), "Written later.")
    keep_analysis(
        people.analyst, decided, replace(held.analysis, content={**held.analysis.content, "notes": ["Later."]})
    )
    issued.refresh_from_db()
    assert printed(issued) == before
    rows = signed_in(people.scorer).get(f"/published/ashcombe-vale/{issued.number}/figures/burglary.count/rows.csv")
    lines = b"".join(rows.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    (burglary,) = [p for p in held.analysis.content["problems"] if p["slug"] == "burglary"]
    assert len(lines) - 1 == burglary["rate"]["count"]


def test_a_version_whose_audit_entry_fails_is_not_issued(people: People, decided: Assessment) -> None:
    broken = replace(people.manager, appointment="not a key")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        publish(broken, decided, progress=quiet)
    assert not PublishedVersion.objects.exists()
    assert not PublishedRelease.objects.exists()
    assert not Entry.objects.filter(action="issue").exists()


def test_only_those_who_may_issue_do(people: People, decided: Assessment) -> None:
    with pytest.raises(NotAllowed):
        ask_to_publish(people.scorer, decided)
    with pytest.raises(NotAllowed):
        publish(people.administrator, decided, progress=quiet)
    answer = signed_in(people.scorer).post(f"/published/issue/{decided.id}/")
    assert answer.status_code == 403
    assert signed_in(people.stranger).post(f"/published/issue/{decided.id}/").status_code == 404
    assert not Job.objects.exists()


def test_what_is_missing_is_said(people: People, scoring: Assessment) -> None:
    with pytest.raises(PublishRefused, match="Close scoring first"):
        ask_to_publish(people.manager, scoring)
    Assessment.objects.update(state=AssessmentState.DECIDING)
    scoring.refresh_from_db()
    with pytest.raises(PublishRefused, match="at least one problem"):
        ask_to_publish(people.manager, scoring)
    page = signed_in(people.manager).post(f"/published/issue/{scoring.id}/", follow=True).content.decode()
    assert "Record what was decided about at least one problem first." in page


def test_the_worker_issues_and_its_page_leads_to_the_version(people: People, decided: Assessment) -> None:
    client = signed_in(people.manager)
    address = client.post(f"/published/issue/{decided.id}/").headers["Location"]
    job = Job.objects.get()
    assert "Publishing" in client.get(address).content.decode()
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert (job.state, job.message, job.done) == (JobState.DONE, "Issued as version 1.", 7)
    assert "/published/ashcombe-vale/1/" in client.get(address).content.decode()
    assert signed_in(people.stranger).get(address).status_code == 404


def test_the_worker_looks_again_whether_it_can_be_issued(people: People, decided: Assessment) -> None:
    job = ask_to_publish(people.manager, decided)
    Decision.objects.all().delete()
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert (job.state, job.message) == (
        JobState.REFUSED,
        "Record what was decided about at least one problem first.",
    )


def test_a_release_that_is_cited_cannot_be_deleted(issued: PublishedVersion) -> None:
    for cited in issued.cited.all():
        with pytest.raises(ProtectedError), transaction.atomic():
            cited.release.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        issued.delete()


def replace_bytes(path: Path, content: bytes) -> None:
    """Change a file without writing into the one that other tests share by a link."""
    temporary = path.with_name("changed")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def test_verifying_names_a_changed_byte_a_missing_and_an_extra_file(
    issued: PublishedVersion, releases: tuple[Release, ...], data: Path
) -> None:
    checked, different = verify_stored()
    assert different == ()
    assert checked == sum(len(release.file_hashes) for release in releases) + 6 + 2 * issued.wards.count()
    one, two, three = (f"releases/{release.digest}" for release in releases[:3])
    rows = data / one / "rows.parquet"
    content = bytearray(rows.read_bytes())
    content[len(content) // 2] ^= 1
    replace_bytes(rows, bytes(content))
    (data / two / "manifest.json").unlink()
    (data / three / "extra.txt").write_text("mine")
    pdf = path_of(issued.pdf_sha256)
    replace_bytes(pdf, pdf.read_bytes() + b" ")
    path_of(issued.html_sha256).unlink()
    _, different = verify_stored()
    assert set(different) == {
        f"{one}/rows.parquet",
        f"{two}/manifest.json",
        f"{three}/extra.txt",
        str(pdf.relative_to(data)),
        str(path_of(issued.html_sha256).relative_to(data)),
    }
