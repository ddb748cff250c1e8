"""What a resident without an account may see: everything issued, and no person's name in it."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.printing.pdf_text import text_of
from tests.strategy.conftest import CANARY, Held, People, problem_of
from wardmote.definitions import matrix
from wardmote.partnership.documents.queries import path_of
from wardmote.strategy.assessment.actions import (
    GivenAgreement,
    GivenAttendance,
    agree,
    move_assessment,
    record_attendance,
)
from wardmote.strategy.assessment.models import Assessment, Score
from wardmote.strategy.assessment.rules import AssessmentState, Confidence, Presence
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.publishing.actions import publish
from wardmote.strategy.publishing.models import PublishedVersion

pytestmark = pytest.mark.django_db
VERSION = "/published/ashcombe-vale/1/"
CODES = [criterion.code for criterion in matrix("kingston-2011").criteria]


def body(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    assert answer.status_code == 200, (address, answer)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_public_page_pdf_or_data_file_holds_a_person_s_name_or_key(
    client: Client, people: People, issued: PublishedVersion
) -> None:
    page = body(client, VERSION).decode()
    addresses = set(re.findall(r'href="(/[^"#]*)"', page)) | {
        "/",
        "/published/",
        f"{VERSION}figures/burglary.count/rows.csv",
    }
    figures = {address for address in addresses if "/figures/" in address}
    assert len(figures) > 60
    pages = {address: body(client, address) for address in (addresses - figures) | set(sorted(figures)[:12])}
    texts = {a: " ".join(text_of(c)) if a.endswith(".pdf") else c.decode(errors="ignore") for a, c in pages.items()}
    assert "Ashcombe Vale" in texts[f"{VERSION}assessment.pdf"]
    readers = (people.analyst, people.scorer, people.other_scorer, people.manager)
    forbidden = [CANARY, CANARY.split()[0], "@fernhollow.example", *[str(reader.key) for reader in readers]]
    assert {(a, words) for a, text in texts.items() for words in forbidden if words in text} == set()
    assert "Manager, Agency of the manager" in page


def test_every_number_of_the_page_leads_to_where_it_comes_from(
    client: Client, issued: PublishedVersion, held: Held
) -> None:
    page = body(client, VERSION).decode()
    assert "/figure-of-this-version/" not in page
    source = body(client, f"{VERSION}figures/burglary.count/").decode()
    assert "police-uk-street-ashcombe" in source
    counted = {s["release"] for s in held.analysis.content["sources"] if s["kind"] != "boundaries"}
    data_file = body(client, f"{VERSION}assessment.json").decode()
    assert {digest for digest in counted if digest not in data_file} == set()


def test_files_are_served_byte_for_byte(client: Client, issued: PublishedVersion) -> None:
    names = ("pdf", "docx", "xlsx", "json")
    hashes = (issued.pdf_sha256, issued.docx_sha256, issued.xlsx_sha256, issued.data_sha256)
    for name, sha256 in zip((f"assessment.{name}" for name in names), hashes, strict=True):
        assert body(client, VERSION + name) == path_of(sha256).read_bytes()
    assert json.loads(body(client, f"{VERSION}assessment.json"))
    headers = client.get(f"{VERSION}assessment.pdf").headers
    assert headers["Content-Disposition"] == 'attachment; filename="ashcombe-vale-1.pdf"'
    assert headers["Cache-Control"] == "public, max-age=300"


def test_a_form_that_an_early_version_was_not_printed_in_is_not_offered(
    client: Client, issued: PublishedVersion
) -> None:
    PublishedVersion.objects.update(docx_sha256="")
    assert client.get(f"{VERSION}assessment.docx").status_code == 404
    assert "assessment.docx" not in body(client, VERSION).decode()


@pytest.mark.parametrize(
    "address",
    ["/published/ashcombe-vale/2/", "/published/elsewhere/1/", "/published/ashcombe-vale/2/assessment.pdf",
     f"{VERSION}figures/burglary.moon/", f"{VERSION}figures/burglary.moon/rows.csv"],
)  # fmt: skip
def test_what_was_not_issued_is_not_found(client: Client, issued: PublishedVersion, address: str) -> None:
    assert client.get(address).status_code == 404


def test_nothing_of_an_assessment_is_public_before_it_is_issued(client: Client, decided: Assessment) -> None:
    for address in ("/", "/published/"):
        assert decided.title not in body(client, address).decode()
    assert client.get(VERSION).status_code == 404


def another(version: PublishedVersion, number: int) -> None:
    values = {f.name: getattr(version, f.name) for f in PublishedVersion._meta.concrete_fields if f.name != "id"}
    PublishedVersion.objects.create(**{**values, "number": number})


def test_an_older_version_says_that_there_is_a_newer_one(client: Client, issued: PublishedVersion) -> None:
    newer = 'href="/published/ashcombe-vale/2/"'
    assert newer not in body(client, VERSION).decode()
    another(issued, 2)
    assert newer in body(client, VERSION).decode()


@pytest.mark.parametrize("address", ["/published/", "/", VERSION])
def test_a_public_page_asks_as_often_however_much_was_issued(
    client: Client, issued: PublishedVersion, address: str
) -> None:
    another(issued, 2)
    counts = []
    for numbers in (range(3, 4), range(4, 30)):
        for number in numbers:
            another(issued, number)
        with CaptureQueriesContext(connection) as captured:
            body(client, address)
        counts.append(len(captured))
    assert counts[0] == counts[1] < 10


def test_a_stored_page_that_was_changed_is_not_shown(client: Client, issued: PublishedVersion) -> None:
    path_of(issued.html_sha256).write_bytes(b"<p>Crime has ended.</p>")
    client.raise_request_exception = False
    answer = client.get(VERSION)
    assert answer.status_code == 500
    assert b"Crime has ended" not in answer.content


def test_nothing_that_is_published_says_which_agency_scored_what_or_why_it_was_agreed(
    client: Client, people: People, decided: Assessment
) -> None:
    move_assessment(people.analyst, decided, AssessmentState.DISCUSSING)
    agreed = GivenAgreement(dict.fromkeys(CODES, 4), Confidence.LOW, "Agreed for a reason of the room")
    agree(people.analyst, problem_of(decided, "burglary"), "kingston-2011", agreed)
    agency = people.other_scorer.agency
    assert agency
    record_attendance(people.analyst, decided, [GivenAttendance(agency, Presence.REMOTE, "Watch manager")])
    move_assessment(people.manager, decided, AssessmentState.DECIDING)
    Score.objects.filter(scorer_key=people.scorer.key).update(evidence="Evidence of one scorer")
    publish(people.manager, decided, progress=quiet)
    texts = [body(client, VERSION).decode(), body(client, f"{VERSION}assessment.json").decode()]
    texts.append(" ".join(text_of(body(client, f"{VERSION}assessment.pdf"))))
    told = ["Agency of the inspector", "Agency of the fire officer", "Watch manager", "Evidence of one scorer"]
    told += ["We see it otherwise", "Agreed for a reason of the room", str(agency), str(people.scorer.key), "2 people"]
    assert [(words, at) for at, text in enumerate(texts) for words in told if words in text] == []
    assert all("agreed by the panel, low confidence" in " ".join(text.split()) for text in texts)
