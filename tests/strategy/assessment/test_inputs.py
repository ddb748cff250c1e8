"""Needs assessments, learning from reviews, services: kept, marked as old, printed, approved, copied forward."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.strategy.conftest import AS_AT, People, approved, signed_in, started
from tests.strategy.evidence.test_pages import queries_of
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.definitions import input_ages
from wardmote.printing.datafile import report_bytes
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.inputs import (
    GivenLearning,
    GivenNeeds,
    GivenProvision,
    copy_forward,
    finish_learning,
    keep_learning,
    keep_needs,
    keep_provision,
    remove_input,
)
from wardmote.strategy.assessment.actions.outline import agree_part, write_part
from wardmote.strategy.assessment.models import Assessment, NeedsAssessment, Provision, ReviewLearning
from wardmote.strategy.assessment.presenters.outline import changed_since
from wardmote.strategy.assessment.queries.inputs import inputs_of
from wardmote.strategy.assessment.queries.outline import outline_of
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import PartState
from wardmote.strategy.assessment.rules.inputs import ReviewKind, said_count, use_words, why_old
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.publishing.actions import publish

D = date
NEEDS = GivenNeeds(
    "Drug and alcohol needs assessment", "Brackenmoor public health", D(2025, 3, 31), "One in nine drinks too much."
)
LEARNING = GivenLearning(
    ReviewKind.ABUSE_RELATED_DEATH,
    "Review 2 of 2025",
    "Ask about abuse at every first visit.",
    "Head of midwifery, hospital",
    D(2027, 3, 31),
    "domestic-abuse",
)
SERVICE = GivenProvision(
    "Help after burglary",
    "burglary",
    "Safer homes",
    "Brackenmoor Council",
    "visits",
    200,
    184,
    "year to March 2026",
    "Contract report, May 2026",
    "Fewer repeat burglaries.",
)
GAP = GivenProvision("Help for shop workers", "shoplifting", gap="Nobody offers it; 40 asked for it in a year.")


@pytest.mark.parametrize(
    ("dated", "review", "as_at", "words"),
    [
        (D(2023, 10, 31), None, D(2026, 10, 31), ""),
        (D(2023, 10, 30), None, D(2026, 10, 31), "Old: more than 3 years."),
        (D(2025, 3, 31), D(2026, 10, 31), D(2026, 10, 31), ""),
        (D(2025, 3, 31), D(2026, 10, 30), D(2026, 10, 31), "Old: its own review date, 30 October 2026, had passed."),
        # Its own review date speaks first.
        (D(2020, 1, 1), D(2022, 1, 1), D(2026, 10, 31), "Old: its own review date, 1 January 2022, had passed."),
    ],
)
def test_when_a_needs_assessment_is_old(dated: date, review: date | None, as_at: date, words: str) -> None:
    assert why_old(dated, review, as_at=as_at, years=3) == words


def test_the_age_is_held_as_a_reviewed_definition() -> None:
    assert input_ages().needs_assessment_years == 3
    assert "more than 3 years old" in input_ages().words


@pytest.mark.parametrize(
    ("count", "threshold", "rounding", "words"),
    [
        (0, 5, 1, "0"),
        (1, 5, 1, "fewer than 5"),
        (4, 5, 1, "fewer than 5"),
        (5, 5, 1, "5"),
        (1234, 5, 1, "1,234"),
        (9, 10, 5, "fewer than 10"),
        (31, 10, 5, "about 30"),
        (33, 10, 5, "about 35"),
    ],
)
def test_small_counts_of_people_are_not_said(count: int, threshold: int, rounding: int, words: str) -> None:
    assert said_count(count, threshold=threshold, rounding=rounding) == words


@given(st.integers(0, 4), st.integers(0, 4))
def test_no_two_small_counts_can_be_told_apart(one: int, other: int) -> None:
    if one and other:
        assert said_count(one, threshold=5, rounding=1) == said_count(other, threshold=5, rounding=1)


@pytest.mark.parametrize(
    ("taken", "capacity", "words"),
    [
        ("31", 40, "31 places, with room for 40"),
        ("31", None, "31 places"),
        ("", 40, "room for 40 places, use not known"),
        ("", None, ""),
    ],
)
def test_use_is_said_of_its_capacity_where_that_is_known(taken: str, capacity: int | None, words: str) -> None:
    assert use_words(taken, capacity, "places") == words


db = pytest.mark.django_db


@db
def test_a_row_is_kept_changed_and_removed_with_its_audit(people: People) -> None:
    assessment = started(people)
    row = keep_needs(people.analyst, assessment, NEEDS)
    keep_needs(people.manager, assessment, replace(NEEDS, owner=" Public health "), row=row)
    row.refresh_from_db()
    assert row.owner == "Public health"
    key = row.id
    remove_input(people.analyst, row)
    assert not NeedsAssessment.objects.exists()
    assert [entry.action for entry in entries_of(key)] == ["keep", "keep", "remove"]


@db
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (replace(NEEDS, title=" drug and alcohol NEEDS assessment"), "put down already"),
        (replace(NEEDS, title="Another", review_on=D(2025, 3, 30)), "before its own date"),
        (replace(NEEDS, title="Another", dated_on=D(2999, 1, 1)), "lies in the future"),
        (replace(LEARNING, problem="piracy"), "not in this assessment"),
        (GivenProvision("A need"), "say what the gap is"),
        (replace(GAP, taken_up=3), "belong to a service"),
        (replace(SERVICE, source=" "), "its period and its source"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(people: People, given: Any, words: str) -> None:
    assessment = started(people)
    keep_needs(people.analyst, assessment, NEEDS)
    keep = {GivenNeeds: keep_needs, GivenLearning: keep_learning, GivenProvision: keep_provision}[type(given)]
    with pytest.raises(AssessmentRefused, match=words):
        keep(people.analyst, assessment, given)
    assert NeedsAssessment.objects.count() == 1
    assert not ReviewLearning.objects.exists()
    assert not Provision.objects.exists()


@db
def test_the_database_refuses_what_the_rules_do(people: People) -> None:
    assessment = started(people)
    keep_provision(people.analyst, assessment, SERVICE)
    keep_learning(people.analyst, assessment, LEARNING)
    for model, values in (
        (Provision, {"service": ""}),
        (Provision, {"source": ""}),
        (ReviewLearning, {"state": "done"}),
        (ReviewLearning, {"kind": "rumour"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**values)  # type: ignore[attr-defined]


@db
def test_who_does_not_prepare_assessments_changes_nothing(people: People) -> None:
    assessment = started(people)
    row = keep_learning(people.analyst, assessment, LEARNING)
    for attempt in (
        lambda: keep_needs(people.scorer, assessment, NEEDS),
        lambda: keep_provision(people.scorer, assessment, SERVICE),
        lambda: finish_learning(people.scorer, row, "Done.", AS_AT),
        lambda: remove_input(people.scorer, row),
        lambda: copy_forward(people.scorer, assessment),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (NeedsAssessment.objects.count(), ReviewLearning.objects.count()) == (0, 1)


@db
def test_a_recommendation_is_carried_out_once_and_stays_as_it_was(people: People) -> None:
    assessment = started(people)
    row = keep_learning(people.analyst, assessment, LEARNING)
    with pytest.raises(AssessmentRefused, match="what came of it"):
        finish_learning(people.analyst, row, "  ", AS_AT)
    with pytest.raises(AssessmentRefused, match="lies ahead"):
        finish_learning(people.analyst, row, "Every midwife asks.", timezone.localdate() + timedelta(days=1))
    finish_learning(people.analyst, row, "Every midwife asks.", AS_AT)
    assert row.done_on == AS_AT
    with pytest.raises(AssessmentRefused, match="done already"):
        finish_learning(people.analyst, row, "Again.", AS_AT)
    with pytest.raises(AssessmentRefused, match="was carried out"):
        keep_learning(people.analyst, assessment, LEARNING, row=row)


def all_three(people: People, assessment: Assessment) -> None:
    keep_needs(people.analyst, assessment, NEEDS)
    keep_learning(people.analyst, assessment, LEARNING)
    keep_provision(people.analyst, assessment, SERVICE)
    keep_provision(people.analyst, assessment, GAP)


def states(assessment: Assessment) -> dict[str, PartState]:
    return {part.required.code: part.state for part in outline_of(assessment)}


@db
def test_rows_fill_their_parts_and_a_changed_row_lifts_the_agreement(people: People) -> None:
    assessment = started(people)
    parts = ("services", "reviews", "needs-assessments")
    assert {states(assessment)[code] for code in parts} == {PartState.EMPTY}
    all_three(people, assessment)
    assert {states(assessment)[code] for code in parts} == {PartState.DRAFTED}
    words = {part.required.code: part.by_itself for part in outline_of(assessment)}
    assert words["needs-assessments"] == "1 needs assessment is listed, none of them old."
    assert words["reviews"] == "1 recommendation is listed, 1 of them open."
    assert words["services"] == "2 needs are listed, 1 of them with a gap."
    for code in parts:
        agree_part(people.analyst, assessment, code)
    assert states(assessment)["reviews"] is PartState.AGREED
    keep_learning(people.analyst, assessment, replace(LEARNING, reference="Review 3 of 2025"))
    assert states(assessment)["reviews"] is PartState.DRAFTED
    assert states(assessment)["services"] is PartState.AGREED


@db
def test_a_need_without_a_service_is_listed_as_a_gap_and_silence_is_said(people: People) -> None:
    assessment = started(people)
    all_three(people, assessment)
    found = inputs_of(assessment)
    assert [one.row.need for one in found.provision if one.is_gap] == ["Help for shop workers"]
    assert found.silent == ["Domestic abuse"]


@db
def test_everything_is_printed_under_its_part(people: People, analysed: Assessment) -> None:
    all_three(people, analysed)
    keep_needs(people.analyst, analysed, replace(NEEDS, title="Joint needs", dated_on=D(2022, 1, 1)))
    write_part(people.analyst, analysed, "services", "Most needs are met.")
    lines = lines_of(draft_report(analysed))
    at = lines.index("Services, and gaps in them")
    assert lines[at + 1] == "Most needs are met."
    assert (
        "Help after burglary | Safer homes, Brackenmoor Council | 184 visits, with room for 200, year to March 2026. "
        "Source: Contract report, May 2026. | Fewer repeat burglaries."
    ) in lines
    assert "Help for shop workers | Shoplifting | none | Nobody offers it; 40 asked for it in a year." in lines
    assert "Nothing is said here about services for: Domestic abuse." in lines
    assert any("1 January 2022. Old: more than 3 years." in line for line in lines)
    assert any(line.startswith("Domestic homicide (abuse related death) review, Review 2 of 2025 |") for line in lines)


@db
def test_a_small_count_of_people_is_neither_printed_nor_in_the_data_file(people: People, analysed: Assessment) -> None:
    sensitive = replace(SERVICE, problem="domestic-abuse", need="Refuge", counted_as="rooms", capacity=12, taken_up=7)
    keep_provision(people.analyst, analysed, sensitive)
    content = report_bytes(draft_report(analysed)).decode()
    assert "fewer than 10 rooms, with room for 12" in content
    assert "7 rooms" not in content


@db
def test_inputs_belong_to_the_text_that_is_approved_and_frozen(people: People, decided: Assessment) -> None:
    assert changed_since(decided) == ()
    all_three(people, decided)
    changed = "\n".join(line for one in changed_since(decided) for line in one.now)
    assert "Help for shop workers" in changed
    approved(people, decided)
    assert changed_since(decided) == ()
    version = publish(people.manager, decided, progress=quiet)
    page = signed_in(people.scorer).get(f"/published/{people.partnership.slug}/{version.number}/").content.decode()
    assert "Ask about abuse at every first visit." in page
    assert "Nobody offers it; 40 asked for it in a year." in page


@pytest.fixture
def last(people: People) -> Assessment:
    """Last year's assessment with inputs, one recommendation of it carried out."""
    found = started(people)
    Assessment.objects.filter(id=found.id).update(as_at=D(2025, 10, 31), title="Strategic assessment 2025")
    found.refresh_from_db()
    all_three(people, found)
    done = keep_learning(people.analyst, found, replace(LEARNING, reference="Review 1 of 2024"))
    finish_learning(people.analyst, done, "Done.", AS_AT)
    return found


@db
def test_last_year_s_inputs_are_copied_with_one_press_but_what_was_done_stays(people: People, last: Assessment) -> None:
    now = started(people, ("burglary", "shoplifting"))
    assert copy_forward(people.analyst, now) == 4
    assert list(now.learning.values_list("reference", "problem")) == [("Review 2 of 2025", "")]
    assert set(now.provision.values_list("problem", flat=True)) == {"burglary", "shoplifting"}
    assert last.provision.count() == 2
    assert entries_of(now.id).get(action="copy").changed_fields == ["learning", "needs", "provision"]
    with pytest.raises(AssessmentRefused, match="nothing to copy"):
        copy_forward(people.analyst, now)


@db
def test_what_is_put_down_already_is_not_copied_over(people: People, last: Assessment) -> None:
    now = started(people)
    keep_needs(people.analyst, now, replace(NEEDS, title="Joint needs"))
    assert copy_forward(people.analyst, now) == 3
    assert now.needs_assessments.get().title == "Joint needs"


@db
def test_nothing_is_copied_from_another_partnership(people: People, last: Assessment) -> None:
    Assessment.objects.filter(id=last.id).update(partnership=people.stranger.partnership)
    with pytest.raises(AssessmentRefused, match="nothing to copy"):
        copy_forward(people.analyst, started(people))


def day(name: str, year: int, month: int, number: int) -> dict[str, str]:
    return {f"{name}_day": str(number), f"{name}_month": str(month), f"{name}_year": str(year)}


@db
def test_the_pages_keep_show_and_remove(people: People) -> None:
    assessment = started(people)
    client = signed_in(people.analyst)
    base = f"/assessments/{assessment.id}/inputs/"
    needs = {"title": "Joint needs", "owner": "Public health", "findings": "More drink.", **day("dated_on", 2022, 1, 1)}
    assert client.post(f"{base}needs/new/", needs).headers["Location"] == base
    reviewed = {**needs, "title": "Drug needs", **day("dated_on", 2025, 1, 1), **day("review_on", 2026, 6, 30)}
    assert client.post(f"{base}needs/new/", reviewed).status_code == 302
    learning = {
        "kind": "asb-case",
        "reference": "Review 4",
        "recommendation": "Call back within a day.",
        "owner": "ASB lead, council",
        "problem": "burglary",
        **day("due_on", 2027, 1, 31),
    }
    assert client.post(f"{base}learning/new/", learning).status_code == 302
    assert client.post(f"{base}provision/new/", {"need": "Mediation", "gap": "None offered."}).status_code == 302
    refused = client.post(f"{base}provision/new/", {"need": "Mediation"}).content.decode()
    assert "If there is none, say what the gap is" in refused
    shown = client.get(base).content.decode()
    for words in (
        "More than 3 years.",
        "Its own review date, 30 June 2026",
        "Call back within a day.",
        "No service",
        "None offered.",
    ):
        assert words in shown
    problem = client.get(f"/assessments/{assessment.id}/problems/burglary/").content.decode()
    assert "Call back within a day." in problem
    row = ReviewLearning.objects.get()
    assert "Call back" in client.get(f"{base}learning/{row.id}/").content.decode()
    assert (
        client.post(
            f"{base}learning/{row.id}/done/", {"result": "Done within a day.", **day("done_on", 2026, 9, 1)}
        ).status_code
        == 302
    )
    problem = client.get(f"/assessments/{assessment.id}/problems/burglary/").content.decode()
    assert "Call back within a day." not in problem
    assert client.post(f"{base}learning/{row.id}/remove/").status_code == 302
    assert not ReviewLearning.objects.exists()


@db
def test_the_button_copies_and_goes(people: People, last: Assessment) -> None:
    now = started(people)
    client = signed_in(people.analyst)
    base = f"/assessments/{now.id}/inputs/"
    assert "Copy from Strategic assessment 2025" in client.get(base).content.decode()
    assert "4 rows were copied" in client.post(f"{base}copy/", follow=True).content.decode()
    assert "Copy from" not in client.get(base).content.decode()
    assert "There is nothing to copy" in client.post(f"{base}copy/", follow=True).content.decode()


@db
def test_refusals_of_the_pages(people: People) -> None:
    assessment = started(people)
    row = keep_provision(people.analyst, assessment, GAP)
    base = f"/assessments/{assessment.id}/inputs/"
    assert signed_in(people.stranger).get(base).status_code == 404
    assert signed_in(people.stranger).post(f"{base}provision/{row.id}/remove/").status_code == 404
    scorer = signed_in(people.scorer)
    assert scorer.post(f"{base}provision/{row.id}/remove/").status_code == 403
    assert "Add a need" not in scorer.get(base).content.decode()
    client = signed_in(people.analyst)
    for row_of in (f"needs/{row.id}", f"rumours/{row.id}", f"provision/{uuid4()}"):
        assert client.post(f"{base}{row_of}/remove/").status_code == 404
    assert Provision.objects.exists()


@db
def test_the_page_asks_as_often_for_ten_rows_as_for_two(people: People) -> None:
    assessment = started(people)
    client = signed_in(people.analyst)
    address = f"/assessments/{assessment.id}/inputs/"
    all_three(people, assessment)
    few = queries_of(client, address)
    for n in range(8):
        keep_provision(people.analyst, assessment, replace(SERVICE, need=f"Need {n}"))
        keep_learning(people.analyst, assessment, replace(LEARNING, reference=f"Review {n}"))
    assert queries_of(client, address) == few
    assert assessment.as_at == AS_AT
