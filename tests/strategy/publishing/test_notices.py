"""Correcting, replacing and withdrawing: the notice, its audit, its rollback, and what readers are shown."""

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.strategy.conftest import People, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.jobs.actions import run_job
from wardmote.jobs.models import Job
from wardmote.jobs.rules import JobState
from wardmote.partnership.documents.queries import read_stored
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.publishing.actions import (
    PublishRefused,
    ask_to_correct,
    publish,
    replace_version,
    withdraw_version,
)
from wardmote.strategy.publishing.models import PublishedVersion, VersionNotice
from wardmote.strategy.publishing.rules import GivenNotice, NoticeKind, refusal_of, what_is_missing_in

GIVEN = GivenNotice(
    "The table of wards gave burglaries of the year before.",
    "Bell Green had 31, not 41.",
    "All responsible authorities and the scrutiny committee",
    timezone.localdate(),
)
LIST = "/published/"
FIRST = "/published/ashcombe-vale/1/"
ENTERED = {
    "wrong": GIVEN.wrong,
    "right": GIVEN.right,
    "told": GIVEN.told,
    "told_on_day": str(GIVEN.told_on.day),
    "told_on_month": str(GIVEN.told_on.month),
    "told_on_year": str(GIVEN.told_on.year),
}


@pytest.mark.parametrize(
    ("change", "kind", "missing"),
    [
        ({}, NoticeKind.CORRECTED, ""),
        ({"wrong": " "}, NoticeKind.CORRECTED, "what was wrong"),
        ({"right": ""}, NoticeKind.REPLACED, "what is right"),
        ({"right": ""}, NoticeKind.WITHDRAWN, ""),
        ({"told": ""}, NoticeKind.WITHDRAWN, "who was told"),
        ({"told_on": GIVEN.told_on + timedelta(days=1)}, NoticeKind.CORRECTED, "future"),
    ],
)
def test_a_notice_says_what_was_wrong_what_is_right_and_who_was_told(
    change: dict[str, object], kind: NoticeKind, missing: str
) -> None:
    said = what_is_missing_in(replace(GIVEN, **change), kind, today=GIVEN.told_on)  # type: ignore[arg-type]
    assert (missing in said) if missing else said == ""


@pytest.mark.parametrize(
    ("kind", "already", "refused"),
    [
        (NoticeKind.CORRECTED, [], False),
        (NoticeKind.CORRECTED, [NoticeKind.REPLACED], True),
        (NoticeKind.REPLACED, [NoticeKind.CORRECTED], True),
        (NoticeKind.WITHDRAWN, [NoticeKind.CORRECTED], False),
        (NoticeKind.WITHDRAWN, [NoticeKind.WITHDRAWN], True),
    ],
)
def test_what_can_follow_what(kind: NoticeKind, already: list[NoticeKind], refused: bool) -> None:
    assert bool(refusal_of(kind, already)) is refused


@pytest.mark.django_db
def test_a_correction_is_issued_with_its_notice_and_nothing_printed_changes(
    people: People, decided: Assessment, issued: PublishedVersion, client: Client
) -> None:
    before = [read_stored(sha256) for sha256 in issued.hashes]
    answer = signed_in(people.manager).post(f"/published/change/{issued.id}/correct/", ENTERED)
    job = Job.objects.get()
    assert answer.headers["Location"].endswith(f"{job.id}/")
    assert not VersionNotice.objects.exists()
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.DONE, "Issued as version 2.")
    notice = issued.notices.get()
    assert (notice.kind, notice.wrong, notice.right) == ("corrected", GIVEN.wrong, GIVEN.right)
    assert notice.successor is not None
    assert notice.successor.number == 2
    assert [read_stored(sha256) for sha256 in issued.hashes] == before
    assert "corrected" in set(entries_of(issued.id).values_list("action", flat=True))
    page = client.get(FIRST).content.decode()
    for words in (GIVEN.wrong, "Bell Green had 31, not 41.", GIVEN.told, "/published/ashcombe-vale/2/", "Corrected on"):
        assert words in page
    assert "Corrected by version 2" in client.get(LIST).content.decode()
    assert client.get("/published/ashcombe-vale/latest/").headers["Location"] == "/published/ashcombe-vale/2/"


@pytest.mark.django_db
def test_a_correction_whose_notice_fails_issues_nothing(
    people: People, decided: Assessment, issued: PublishedVersion
) -> None:
    job = ask_to_correct(people.manager, issued, GIVEN)
    withdraw_version(people.manager, issued, GIVEN)
    run_job.call(str(job.id))
    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    assert "has been withdrawn" in job.message
    assert PublishedVersion.objects.count() == 1


@pytest.mark.django_db
def test_a_withdrawn_version_stays_readable_under_its_notice(
    people: People, issued: PublishedVersion, client: Client
) -> None:
    answer = signed_in(people.manager).post(f"/published/change/{issued.id}/withdraw/", ENTERED)
    assert answer.headers["Location"] == FIRST
    page = client.get(FIRST).content.decode()
    assert "Do not rely on this document." in page
    assert GIVEN.wrong in page
    assert "How the problems compare" in page
    assert client.get(f"{FIRST}assessment.pdf").status_code == 200
    ward = issued.wards.all()[0]
    for address in (f"{FIRST}figures/burglary.count/", f"{FIRST}wards/{ward.code}/"):
        assert "corrected, replaced or withdrawn" in client.get(address).content.decode()
    assert "Nothing is published at present" in client.get("/").content.decode()
    assert client.get("/published/wards/").content.decode().count("/wards/E05") == 0
    assert "Withdrawn" in client.get(LIST).content.decode()
    assert client.get("/published/ashcombe-vale/latest/").headers["Location"] == FIRST
    manager = signed_in(people.manager)
    assert "/published/change/" not in manager.get(FIRST).content.decode()
    offered = manager.get(f"/published/change/{issued.id}/").content.decode()
    assert "Publish the assessment again instead." in offered
    assert not [kind for kind in ("correct", "replace", "withdraw") if f"/{issued.id}/{kind}/" in offered]
    (entry,) = entries_of(issued.id).filter(action="withdrawn")
    assert entry.actor_key == people.manager.key


@pytest.mark.django_db
def test_a_withdrawal_whose_audit_entry_fails_is_undone(people: People, issued: PublishedVersion) -> None:
    broken = replace(people.manager, appointment="not a key")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        withdraw_version(broken, issued, GIVEN)
    assert not VersionNotice.objects.exists()


@pytest.mark.django_db
def test_a_version_is_replaced_only_by_a_later_one_that_stands(
    people: People, decided: Assessment, issued: PublishedVersion, client: Client
) -> None:
    second = publish(people.manager, decided, progress=quiet)
    with pytest.raises(PublishRefused, match="later version"):
        replace_version(people.manager, second, issued, GIVEN)
    empty = signed_in(people.manager).post(f"/published/change/{issued.id}/replace/", {}).content.decode()
    assert "Enter why it is replaced" in empty
    assert "Enter what should be used instead" in empty
    sent = {**ENTERED, "successor": str(second.id)}
    signed_in(people.manager).post(f"/published/change/{issued.id}/replace/", sent)
    assert issued.notices.get().successor == second
    offered = signed_in(people.manager).get(f"/published/change/{issued.id}/").content.decode()
    assert [f"/{issued.id}/{kind}/" in offered for kind in ("correct", "replace", "withdraw")] == [False, False, True]
    third = publish(people.manager, decided, progress=quiet)
    withdraw_version(people.manager, third, GIVEN)
    with pytest.raises(PublishRefused, match="itself"):
        replace_version(people.manager, second, third, GIVEN)
    assert "Replaced by version 2" in client.get(LIST).content.decode()
    assert client.get("/published/ashcombe-vale/latest/").headers["Location"] == "/published/ashcombe-vale/2/"


@pytest.mark.django_db
def test_only_those_who_issue_may_and_only_for_their_own_partnership(
    people: People, decided: Assessment, issued: PublishedVersion
) -> None:
    for act in (
        lambda: withdraw_version(people.scorer, issued, GIVEN),
        lambda: ask_to_correct(people.scorer, issued, GIVEN),
    ):
        with pytest.raises(NotAllowed):
            act()
    for name in ("", "correct/", "replace/", "withdraw/"):
        assert signed_in(people.scorer).get(f"/published/change/{issued.id}/{name}").status_code == 403
        assert signed_in(people.stranger).get(f"/published/change/{issued.id}/{name}").status_code == 404
        assert signed_in(people.manager).get(f"/published/change/{issued.id}/{name}").status_code == 200


@pytest.mark.django_db
def test_a_form_that_lacks_something_says_what(people: People, issued: PublishedVersion) -> None:
    page = signed_in(people.manager).post(f"/published/change/{issued.id}/withdraw/", {}).content.decode()
    for words in ("Enter what was wrong", "Enter who was told", "Enter the date"):
        assert words in page
    assert not VersionNotice.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_notice_that_makes_no_sense(issued: PublishedVersion, people: People) -> None:
    withdraw_version(people.manager, issued, GIVEN)
    for values in ({"wrong": ""}, {"told": ""}, {"kind": "lost"}, {"kind": "corrected"}, {"successor": issued}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionNotice.objects.update(**values)


@pytest.mark.django_db
def test_the_feed_carries_what_was_issued_and_what_became_of_it(
    people: People, issued: PublishedVersion, client: Client
) -> None:
    withdraw_version(people.manager, issued, GIVEN)
    for address in ("/published/feed.xml", "/published/ashcombe-vale/feed.xml"):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        items = list(ElementTree.fromstring(answer.content).iter("item"))  # noqa: S314
        titles = [item.findtext("title") for item in items]
        name = "Ashcombe Vale: Strategic assessment 2026, version 1"
        assert titles == [f"Withdrawn: {name}", f"Issued: {name}"]
        assert items[0].findtext("link") == f"http://testserver{FIRST}"
        assert GIVEN.wrong in (items[0].findtext("description") or "")
        assert len({item.findtext("guid") for item in items}) == 2
    assert client.get("/published/elsewhere/feed.xml").status_code == 404
    assert 'href="/published/ashcombe-vale/feed.xml"' in client.get(FIRST).content.decode()


@pytest.mark.django_db
def test_before_publishing_one_is_told_what_becomes_public_and_what_is_undecided(
    people: People, decided: Assessment, issued: PublishedVersion
) -> None:
    page = signed_in(people.manager).get(f"/published/issue/{decided.id}/").content.decode()
    for words in (
        "version 2",
        "Domestic abuse, Shoplifting",
        "Word document (DOCX)",
        "provisional",
        "correct it instead",
    ):
        assert words in page
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_nobody_was_told_of_a_version_before_it_was_issued(people: People, issued: PublishedVersion) -> None:
    early = replace(GIVEN, told_on=GIVEN.told_on - timedelta(days=2))
    with pytest.raises(PublishRefused, match="nobody can have been told before that day"):
        withdraw_version(people.manager, issued, early)
    with pytest.raises(PublishRefused, match="Version 1 was issued on"):
        ask_to_correct(people.manager, issued, early)
    assert not VersionNotice.objects.exists()
