"""The list of problems while an assessment is prepared: add, remove, rename; settled once scoring opens."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from tests.strategy.conftest import People, problem_of, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.jobs.actions import run_job
from wardmote.strategy.assessment.actions import AssessmentRefused, choose_problems, rename_problem, write_note
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import analysis_of

pytestmark = pytest.mark.django_db


def slugs(assessment: Assessment) -> set[str]:
    return set(assessment.problems.values_list("slug", flat=True))


def titles(assessment: Assessment) -> dict[str, str]:
    return {p["slug"]: p["title"] for p in (analysis_of(assessment) or {})["problems"]}


def test_problems_are_added_and_removed_and_the_evidence_is_analysed_again(
    people: People, analysed: Assessment
) -> None:
    write_note(people.analyst, problem_of(analysed, "burglary"), "Sheds.")
    choose_problems(people.analyst, analysed, ["burglary", "robbery"])
    assert slugs(analysed) == {"burglary", "robbery"}
    assert problem_of(analysed, "burglary").note == "Sheds."
    entry = next(one for one in entries_of(analysed.id) if one.action == "choose")
    assert entry.changed_fields == ["+robbery", "-domestic-abuse", "-shoplifting"]
    run_job.call(str(analysed.job_key))
    analysed.refresh_from_db()
    assert set(titles(analysed)) == {"burglary", "robbery"}


def test_a_list_that_did_not_change_asks_for_nothing(people: People, analysed: Assessment) -> None:
    before = entries_of(analysed.id).count()
    choose_problems(people.analyst, analysed, slugs(analysed))
    assert entries_of(analysed.id).count() == before


def test_a_problem_with_a_note_is_not_removed_unseen(people: People, analysed: Assessment) -> None:
    write_note(people.analyst, problem_of(analysed, "shoplifting"), "Staff are afraid.")
    with pytest.raises(AssessmentRefused, match="a note on Shoplifting"):
        choose_problems(people.analyst, analysed, ["burglary"])
    with pytest.raises(AssessmentRefused, match="at least one"):
        choose_problems(people.analyst, analysed, [])
    assert len(slugs(analysed)) == 3


def test_a_renamed_problem_has_its_name_in_the_analysis_and_counts_the_same(
    people: People, analysed: Assessment
) -> None:
    rename_problem(people.analyst, problem_of(analysed, "burglary"), " Break-ins ")
    assert problem_of(analysed, "burglary").title == "Break-ins"
    analysed.refresh_from_db()
    before = [p["rate"]["count"] for p in (analysis_of(analysed) or {})["problems"] if p["slug"] == "burglary"]
    run_job.call(str(analysed.job_key))
    analysed.refresh_from_db()
    assert titles(analysed)["burglary"] == "Break-ins"
    assert [p["rate"]["count"] for p in (analysis_of(analysed) or {})["problems"] if p["slug"] == "burglary"] == before


@pytest.mark.parametrize(("title", "complaint"), [("  ", "Enter what"), ("shoplifting", "called shoplifting already")])
def test_a_name_is_neither_empty_nor_another_s(
    people: People, analysed: Assessment, title: str, complaint: str
) -> None:
    with pytest.raises(AssessmentRefused, match=complaint):
        rename_problem(people.analyst, problem_of(analysed, "burglary"), title)


ACTS: tuple[Callable[..., None], ...] = (
    lambda reader, assessment: choose_problems(reader, assessment, ["burglary"]),
    lambda reader, assessment: rename_problem(reader, problem_of(assessment, "burglary"), "Break-ins"),
)


@pytest.mark.parametrize("act", ACTS)
def test_the_list_is_settled_once_scoring_opens_and_is_not_a_scorer_s(
    people: People, scoring: Assessment, act: Callable[..., None]
) -> None:
    with pytest.raises(AssessmentRefused, match="settled once scoring has opened"):
        act(people.analyst, scoring)
    with pytest.raises(NotAllowed):
        act(people.scorer, scoring)


@pytest.mark.parametrize("act", ACTS)
def test_a_change_of_the_list_whose_audit_entry_fails_is_not_made(
    people: People, analysed: Assessment, act: Callable[..., None]
) -> None:
    with pytest.raises(ValidationError):
        act(replace(people.analyst, appointment="not a key"), analysed)
    assert len(slugs(analysed)) == 3
    assert problem_of(analysed, "burglary").title == "Burglary"


def test_both_by_the_pages(people: People, analysed: Assessment) -> None:
    client = signed_in(people.analyst)
    page = client.get(f"/assessments/{analysed.id}/problems/").content.decode()
    assert page.count('" checked') == 3
    answer = client.post(f"/assessments/{analysed.id}/problems/", {"problems": ["burglary", "robbery"]})
    assert answer.status_code == 302
    assert slugs(analysed) == {"burglary", "robbery"}
    address = f"/assessments/{analysed.id}/problems/burglary/name/"
    assert "is called Robbery already" in client.post(address, {"title": "Robbery"}).content.decode()
    assert client.post(address, {"title": "Break-ins"}).status_code == 302
    assert problem_of(analysed, "burglary").title == "Break-ins"
    for rest in ("problems/", "problems/burglary/name/"):
        assert signed_in(people.scorer).get(f"/assessments/{analysed.id}/{rest}").status_code == 403
        assert signed_in(people.stranger).get(f"/assessments/{analysed.id}/{rest}").status_code == 404
