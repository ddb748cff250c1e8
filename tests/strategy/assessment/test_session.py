"""The session: scores apart, latecomers, sheets entered for an agency, what is agreed, who may see what and when."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.strategy.conftest import CANARY, People, give_all, problem_of, signed_in, somebody, started
from wardmote.access.permissions import Role
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.definitions import matrix
from wardmote.partnership.members.models import Appointment
from wardmote.printing.blocks import Heading, contents, plain
from wardmote.strategy.assessment.actions import (
    AssessmentRefused,
    GivenAgreement,
    GivenAttendance,
    GivenScore,
    Sheet,
    agree,
    enter_scores,
    give_scores,
    move_assessment,
    record_attendance,
    write_note,
)
from wardmote.strategy.assessment.models import AgreedScore, Agreement, Assessment, Attendance, Score, StageEntered
from wardmote.strategy.assessment.queries.filled import filled_for
from wardmote.strategy.assessment.queries.panel import ProblemPanel
from wardmote.strategy.assessment.queries.ranking import basis_words, ranking_of
from wardmote.strategy.assessment.queries.room import room_of
from wardmote.strategy.assessment.queries.session import who_took_part
from wardmote.strategy.assessment.reports.summaries import summaries_report
from wardmote.strategy.assessment.rules import Answer, AssessmentState, Confidence, EnteredFrom, Presence

pytestmark = pytest.mark.django_db
MATRIX = "kingston-2011"
CODES = [criterion.code for criterion in matrix(MATRIX).criteria]
VALUES = dict.fromkeys(CODES, 3)
AGREED = GivenAgreement(VALUES, Confidence.LOW, "Services see more than the figures.")


@pytest.fixture
def discussing(people: People, scoring: Assessment) -> Assessment:
    """The room: two have scored burglary, far apart, and one of them shoplifting."""
    give_all(people.scorer, scoring, "burglary", 5)
    give_all(people.other_scorer, scoring, "burglary", 2)
    give_all(people.scorer, scoring, "shoplifting", 3)
    move_assessment(people.analyst, scoring, AssessmentState.DISCUSSING)
    return scoring


def sheet_of(people: People, reader: Reader, source: EnteredFrom | None = EnteredFrom.PAPER) -> Sheet:
    assert reader.agency
    return Sheet(reader.agency, reader.agency, people.analyst.key, source)


def room(assessment: Assessment) -> dict[str, Any]:
    return {one.slug: one for one in room_of(assessment, MATRIX, today=assessment.created_at.date())}


def test_the_stages_are_kept_with_their_time_and_the_post_that_opened_them(
    people: People, discussing: Assessment
) -> None:
    move_assessment(people.manager, discussing, AssessmentState.DECIDING)
    kept = list(StageEntered.objects.values_list("state", "entered_by_post"))
    assert kept == [
        ("scoring", people.analyst.post),
        ("discussing", people.analyst.post),
        ("deciding", people.manager.post),
    ]


def test_the_chair_opens_the_ranking_and_the_analyst_only_where_nobody_chairs(
    people: People, discussing: Assessment
) -> None:
    for reader in (people.analyst, people.scorer):
        with pytest.raises(NotAllowed):
            move_assessment(reader, discussing, AssessmentState.DECIDING)
    Appointment.objects.filter(account_id=people.manager.key).delete()
    move_assessment(people.analyst, discussing, AssessmentState.DECIDING)
    assert discussing.state == AssessmentState.DECIDING


def test_first_scores_are_frozen_when_the_discussion_opens(people: People, discussing: Assessment) -> None:
    before = set(Score.objects.values_list("id", "value"))
    with pytest.raises(AssessmentRefused, match="first scores stay as they are"):
        give_all(people.other_scorer, discussing, "burglary", 5)
    assert set(Score.objects.values_list("id", "value")) == before


def test_sending_the_same_scores_again_after_a_lost_connection_is_no_change(
    people: People, discussing: Assessment
) -> None:
    before = set(Score.objects.values_list("id", "value", "scored_at"))
    give_all(people.scorer, discussing, "burglary", 5)
    assert set(Score.objects.values_list("id", "value", "scored_at")) == before


def test_a_latecomer_scores_in_the_room_and_is_marked_as_late(people: People, discussing: Assessment) -> None:
    late = somebody(people.partnership, Role.SCORER, "Housing officer")
    give_all(late, discussing, "burglary", 4)
    assert set(Score.objects.filter(scorer_key=late.key).values_list("given_late", flat=True)) == {True}
    assert not Score.objects.exclude(scorer_key=late.key).filter(given_late=True).exists()


def test_whoever_runs_the_session_gives_no_first_scores_once_they_can_see_the_others(
    people: People, discussing: Assessment
) -> None:
    with pytest.raises(AssessmentRefused, match="You run the session"):
        give_all(people.manager, discussing, "burglary", 4)


def test_another_score_than_the_figures_give_needs_a_reason_and_keeps_it(people: People, scoring: Assessment) -> None:
    problem = problem_of(scoring, "burglary")
    with pytest.raises(AssessmentRefused, match="say why you set aside what the figures say"):
        give_scores(people.scorer, problem, MATRIX, [GivenScore("trends", 4)])
    give_scores(people.scorer, problem, MATRIX, [GivenScore("trends", 4, reason=" Sheds are not reported. ")])
    (score,) = Score.objects.all()
    assert (score.value, score.filled_value, score.override_reason) == (4, 1, "Sheds are not reported.")
    give_scores(people.scorer, problem, MATRIX, [GivenScore("trends", 1, reason="Not needed")])
    score.refresh_from_db()
    assert (score.value, score.override_reason) == (1, "")


def test_a_criterion_that_the_figures_answer_counts_where_nobody_scored_it(people: People, scoring: Assessment) -> None:
    others = [GivenScore(code, 3) for code in CODES if code != "trends"]
    give_scores(people.scorer, problem_of(scoring, "burglary"), MATRIX, others)
    (row,) = [row for row in ranking_of(scoring, MATRIX).rows if row.slug == "burglary"]
    assert row.rank == 1
    assert dict(zip(CODES, row.contribution_words, strict=True))["trends"] == "1"


def test_scores_that_only_the_figures_give_are_not_called_the_panels() -> None:
    found = {"slug": "burglary", "rate": {"count": 40}, "change": {"percent": "12", "verdict": "clear rise"}}
    filled = filled_for({"problems": [found]}, MATRIX)
    figures = ProblemPanel(filled=filled["burglary"])
    assert figures.values("trends") == [5]
    assert basis_words(figures) == "the figures alone: nobody scored it"
    given = Score(criterion="trends", answer=Answer.LEVEL, value=4)
    assert basis_words(ProblemPanel({"trends": [given]}, filled["burglary"])) == "middle of the first scores"


def test_a_level_that_rests_on_what_the_police_found_says_so() -> None:
    found = {"slug": "drug-offences", "rate": {"count": 40}, "change": {"percent": "12", "verdict": "no clear change"}}
    analysis = {"problems": [{**found, "police_generated": True}]}
    filled = filled_for(analysis, MATRIX)["drug-offences"]["trends"]
    assert (filled.level, filled.figure) == (4, "drug-offences.change")
    assert filled.working == "+12.0% on the year before, which may be chance, counting what the police found"
    assert "police" not in filled_for({"problems": [found]}, MATRIX)["drug-offences"]["trends"].working


def test_scores_entered_for_an_agency_say_by_whom_and_from_where(people: People, discussing: Assessment) -> None:
    agency = somebody(people.partnership, Role.SCORER, "Probation officer")
    scores = [GivenScore("volume", 4), GivenScore("pestelo", None, answer=Answer.NOT_OURS)]
    enter_scores(people.analyst, problem_of(discussing, "burglary"), MATRIX, scores, sheet=sheet_of(people, agency))
    kept = Score.objects.filter(agency_id=agency.agency)
    assert set(kept.values_list("scorer_key", "entered_by_key", "entered_from")) == {
        (agency.agency, people.analyst.key, "paper")
    }
    assert entries_of(problem_of(discussing, "burglary").id).last().action == "enter"  # type: ignore[union-attr]
    # A slip of the pen can be put right; nothing is doubled.
    corrected = [GivenScore("volume", 2)]
    enter_scores(people.analyst, problem_of(discussing, "burglary"), MATRIX, corrected, sheet=sheet_of(people, agency))
    assert dict(kept.values_list("criterion", "value")) == {"volume": 2, "pestelo": None}


def test_an_agency_counts_once_by_its_own_people_or_by_a_sheet(people: People, scoring: Assessment) -> None:
    give_all(people.scorer, scoring, "burglary", 4)
    problem = problem_of(scoring, "burglary")
    one = [GivenScore("volume", 4)]
    with pytest.raises(AssessmentRefused, match="given its own scores"):
        enter_scores(people.analyst, problem, MATRIX, one, sheet=sheet_of(people, people.scorer))
    enter_scores(people.analyst, problem, MATRIX, one, sheet=sheet_of(people, people.other_scorer))
    with pytest.raises(AssessmentRefused, match="were entered for it"):
        give_all(people.other_scorer, scoring, "burglary", 3)


def test_a_sheet_needs_its_source_and_a_stage_in_which_scores_are_taken(people: People, scoring: Assessment) -> None:
    problem, one = problem_of(scoring, "burglary"), [GivenScore("volume", 4)]
    with pytest.raises(AssessmentRefused, match="where you have these scores from"):
        enter_scores(people.analyst, problem, MATRIX, one, sheet=sheet_of(people, people.scorer, None))
    with pytest.raises(NotAllowed):
        enter_scores(people.scorer, problem, MATRIX, one, sheet=sheet_of(people, people.scorer))
    move_assessment(people.manager, scoring, AssessmentState.DECIDING)
    with pytest.raises(AssessmentRefused, match="Scoring is closed"):
        enter_scores(people.analyst, problem, MATRIX, one, sheet=sheet_of(people, people.scorer))


def test_what_is_agreed_counts_in_the_ranking_and_first_scores_stay(people: People, discussing: Assessment) -> None:
    before = set(Score.objects.values_list("id", "value"))
    agree(people.analyst, problem_of(discussing, "burglary"), MATRIX, AGREED)
    rows = {row.slug: row for row in ranking_of(discussing, MATRIX).rows}
    assert (rows["burglary"].score_words, rows["burglary"].basis_words) == ("50.0", "agreed by the panel")
    assert rows["burglary"].confidence_words == "Low"
    assert rows["shoplifting"].basis_words == "middle of the first scores"
    assert set(Score.objects.values_list("id", "value")) == before
    agree(people.manager, problem_of(discussing, "burglary"), MATRIX, replace(AGREED, reason="Looked at again."))
    assert Agreement.objects.get().reason == "Looked at again."
    assert AgreedScore.objects.count() == len(CODES)


def test_agreeing_that_nobody_knows_leaves_the_problem_without_a_rank(people: People, discussing: Assessment) -> None:
    unknown = replace(AGREED, scores={**VALUES, "generator": None})
    agree(people.analyst, problem_of(discussing, "burglary"), MATRIX, unknown)
    (row,) = [row for row in ranking_of(discussing, MATRIX).rows if row.slug == "burglary"]
    assert row.rank_words == "not ranked: 1 of 8 criteria not scored"
    assert room(discussing)["burglary"].unknown == ("Crime or fear of crime generator",)


def test_agreed_confidence_is_the_doubt_of_the_stress_test(people: People, discussing: Assessment) -> None:
    firm = {}
    for confidence in (Confidence.HIGH, Confidence.LOW):
        for slug, value in (("burglary", 4), ("shoplifting", 3)):
            given = GivenAgreement(dict.fromkeys(CODES, value), confidence, "So agreed.")
            agree(people.analyst, problem_of(discussing, slug), MATRIX, given)
        (firm[confidence],) = [r for r in ranking_of(discussing, MATRIX).rows if r.slug == "burglary"]
    assert firm[Confidence.HIGH].firmness_words.startswith("always in (100.0%")
    assert not firm[Confidence.LOW].firmness_words.startswith("always in (100.0%")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (replace(AGREED, reason="  "), "in a line why"),
        (replace(AGREED, scores={"volume": 3}), "every criterion"),
        (replace(AGREED, scores={**VALUES, "volume": 9}), "not on the scale"),
    ],
)
def test_an_agreement_that_is_not_whole_is_refused(
    people: People, discussing: Assessment, given: GivenAgreement, complaint: str
) -> None:
    with pytest.raises(AssessmentRefused, match=complaint):
        agree(people.analyst, problem_of(discussing, "burglary"), MATRIX, given)
    assert not Agreement.objects.exists()


def test_nothing_is_agreed_while_everyone_scores_apart_or_by_a_scorer(people: People, scoring: Assessment) -> None:
    with pytest.raises(AssessmentRefused, match="The discussion is closed"):
        agree(people.analyst, problem_of(scoring, "burglary"), MATRIX, AGREED)
    move_assessment(people.analyst, scoring, AssessmentState.DISCUSSING)
    with pytest.raises(NotAllowed):
        agree(people.scorer, problem_of(scoring, "burglary"), MATRIX, AGREED)


def test_an_agreement_or_attendance_whose_audit_entry_fails_is_not_kept(people: People, discussing: Assessment) -> None:
    broken = replace(people.analyst, appointment="not a key")  # type: ignore[arg-type]
    here = [GivenAttendance(people.scorer.agency, Presence.ROOM)]  # type: ignore[arg-type]
    sheet = sheet_of(people, somebody(people.partnership, Role.SCORER, "Clerk"))
    problem = problem_of(discussing, "burglary")
    before = Score.objects.count()
    with pytest.raises(ValidationError), transaction.atomic():
        agree(broken, problem, MATRIX, AGREED)
    with pytest.raises(ValidationError), transaction.atomic():
        record_attendance(broken, discussing, here)
    with pytest.raises(ValidationError), transaction.atomic():
        enter_scores(broken, problem, MATRIX, [GivenScore("volume", 4)], sheet=sheet)
    assert (Agreement.objects.count(), Attendance.objects.count(), Score.objects.count()) == (0, 0, before)


def test_the_database_refuses_an_agreement_without_a_reason(discussing: Assessment, people: People) -> None:
    agree(people.analyst, problem_of(discussing, "burglary"), MATRIX, AGREED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(reason="")


def test_attendance_is_recorded_and_recorded_again(people: People, discussing: Assessment) -> None:
    agency = people.scorer.agency
    assert agency
    record_attendance(people.analyst, discussing, [GivenAttendance(agency, Presence.REMOTE)])
    record_attendance(people.analyst, discussing, [GivenAttendance(agency, Presence.ROOM, " Inspector ")])
    (one,) = Attendance.objects.all()
    assert (one.presence, one.post) == ("room", "Inspector")
    elsewhere = people.stranger.agency
    assert elsewhere
    with pytest.raises(AssessmentRefused, match="not of your partnership"):
        record_attendance(people.analyst, discussing, [GivenAttendance(elsewhere, Presence.ROOM)])


def test_the_room_counts_without_names_and_shows_the_widest_disagreement_first(
    people: People, discussing: Assessment
) -> None:
    found = room_of(discussing, MATRIX, today=discussing.created_at.date())
    assert found[0].slug == "burglary"
    burglary = room(discussing)["burglary"]
    assert burglary.widest.width == 3
    assert burglary.strips[1].words == "2 people gave from 2 to 5, 3 apart."
    assert (burglary.scorers, burglary.waiting) == (2, 0)
    assert room(discussing)["shoplifting"].waiting == 1
    assert CANARY not in repr(found)
    assert "Agency of" not in repr(found)


def test_silence_is_no_agreement(people: People, discussing: Assessment) -> None:
    before = get(people.analyst, discussing, "room/").content.decode().count("No scores yet")
    Score.objects.filter(problem__slug="burglary").delete()
    assert get(people.analyst, discussing, "room/").content.decode().count("No scores yet") == before + 1


def test_what_is_agreed_makes_room_for_what_is_not(people: People, discussing: Assessment) -> None:
    agree(people.analyst, problem_of(discussing, "burglary"), MATRIX, AGREED)
    found = [one.slug for one in room_of(discussing, MATRIX, today=discussing.created_at.date())]
    assert found[-1] == "burglary"
    page = get(people.analyst, discussing, "room/burglary/").content.decode()
    assert "Next: Domestic abuse" in page


def test_an_agency_that_is_absent_or_runs_the_session_is_not_waited_for(people: People, discussing: Assessment) -> None:
    agency = somebody(people.partnership, Role.SCORER, "Health officer").agency
    assert agency
    assert room(discussing)["burglary"].waiting == 1
    for presence, waiting in ((Presence.ABSENT, 0), (Presence.REMOTE, 1), (Presence.RUNS, 0)):
        record_attendance(people.analyst, discussing, [GivenAttendance(agency, presence)])
        assert room(discussing)["burglary"].waiting == waiting
    # Whoever has scored is waited for, whatever was recorded.
    record_attendance(people.analyst, discussing, [GivenAttendance(people.other_scorer.agency, Presence.ABSENT)])  # type: ignore[arg-type]
    assert room(discussing)["shoplifting"].waiting == 1


def test_the_record_says_who_took_part_by_post_and_how(people: People, discussing: Assessment) -> None:
    agency = somebody(people.partnership, Role.SCORER, "Probation officer")
    sheet = sheet_of(people, agency, EnteredFrom.PHONE)
    enter_scores(people.analyst, problem_of(discussing, "burglary"), MATRIX, [GivenScore("volume", 4)], sheet=sheet)
    found = {one.agency: one for one in who_took_part(discussing)}
    assert found["Agency of the inspector"].posts == ("Inspector",)
    assert found["Agency of the inspector"].how == "Scored on screen"
    assert found["Agency of the probation officer"].how == (
        "Entered for it: by phone; some scores given after the discussion opened"
    )


def get(reader: Reader, assessment: Assessment, rest: str) -> Any:
    return signed_in(reader).get(f"/assessments/{assessment.id}/{rest}")


def test_nobody_sees_the_room_view_of_a_problem_before_giving_their_own_scores(
    people: People, discussing: Assessment
) -> None:
    assert get(people.other_scorer, discussing, "room/burglary/").status_code == 200
    refused = get(people.other_scorer, discussing, "room/shoplifting/")
    assert refused.headers["Location"].startswith(f"/assessments/{discussing.id}/scoring/shoplifting/")
    listed = get(people.other_scorer, discussing, "room/").content.decode()
    assert "3 apart" in listed
    assert listed.count("to see what the panel said") == 2
    half = [GivenScore("seriousness", 3)]
    give_scores(people.other_scorer, problem_of(discussing, "shoplifting"), MATRIX, half)
    assert get(people.other_scorer, discussing, "room/shoplifting/").status_code == 302
    give_all(people.other_scorer, discussing, "domestic-abuse", 3)
    assert get(people.other_scorer, discussing, "room/domestic-abuse/").status_code == 200


@pytest.mark.parametrize("role", ["scorer", "analyst", "manager"])
def test_while_everyone_scores_apart_the_room_the_record_and_the_ranking_are_closed_to_all(
    people: People, scoring: Assessment, role: str
) -> None:
    give_all(people.other_scorer, scoring, "burglary", 5)
    reader = getattr(people, role)
    assert "The room view is closed" in get(reader, scoring, "room/").content.decode()
    assert get(reader, scoring, "room/burglary/").status_code == 302
    assert get(reader, scoring, "room/burglary/agree/").status_code == (403 if role == "scorer" else 302)
    assert "First scores" not in get(reader, scoring, "taking-part/").content.decode()
    assert "The ranking is closed" in get(reader, scoring, "ranking/").content.decode()
    for rest in ("record/", "record.pdf"):
        assert get(reader, scoring, rest).status_code == 404


def test_the_ranking_stays_closed_while_the_discussion_is_open(people: People, discussing: Assessment) -> None:
    for reader in (people.scorer, people.analyst, people.manager):
        assert "The ranking is closed" in get(reader, discussing, "ranking/").content.decode()
        assert "How the problems rank" not in get(reader, discussing, "draft/").content.decode()
    assert get(people.scorer, discussing, "record/").status_code == 404
    assert get(people.analyst, discussing, "record/").status_code == 200


SESSION_PAGES = ("room/", "room/burglary/", "record/", "taking-part/", "sheets.pdf", "record.pdf")


def test_no_page_of_the_session_prints_a_person_s_name_and_the_room_no_agency(
    people: People, discussing: Assessment
) -> None:
    for rest in SESSION_PAGES[:4]:
        page = get(people.analyst, discussing, rest).content.decode()
        assert CANARY not in page
        assert ("Agency of the inspector" in page) is (rest in ("record/", "taking-part/"))


@pytest.mark.parametrize("rest", [*SESSION_PAGES, "room/burglary/agree/"])
def test_another_partnership_s_session_is_not_found(people: People, discussing: Assessment, rest: str) -> None:
    assert get(people.manager, discussing, rest).status_code == 200
    assert get(people.stranger, discussing, rest).status_code == 404


@pytest.mark.parametrize(
    "rest", ["taking-part/", "room/burglary/agree/", "sheets/{agency}/", "sheets/{agency}/burglary/"]
)
def test_a_scorer_does_not_run_the_session(people: People, discussing: Assessment, rest: str) -> None:
    address = rest.format(agency=people.other_scorer.agency)
    assert get(people.scorer, discussing, address).status_code == 403
    assert get(people.analyst, discussing, address).status_code == 200


def test_an_agency_of_another_partnership_has_no_sheet_here(people: People, discussing: Assessment) -> None:
    assert get(people.analyst, discussing, f"sheets/{people.stranger.agency}/").status_code == 404


def test_agreeing_by_the_page(people: People, discussing: Assessment) -> None:
    client = signed_in(people.analyst)
    address = f"/assessments/{discussing.id}/room/burglary/agree/"
    sent = {f"{code}-value": "3" for code in CODES} | {"confidence": "medium"}
    assert "Enter why the panel agreed on this" in client.post(address, sent).content.decode()
    answer = client.post(address, {**sent, "generator-value": "unknown", "reason": "So agreed."})
    assert answer.status_code == 302
    kept = dict(AgreedScore.objects.values_list("criterion", "value"))
    assert kept == {code: None if code == "generator" else 3 for code in CODES}


def test_entering_for_an_agency_by_the_page_leads_to_the_next_problem(people: People, discussing: Assessment) -> None:
    agency = somebody(people.partnership, Role.SCORER, "Probation officer").agency
    client = signed_in(people.analyst)
    address = f"/assessments/{discussing.id}/sheets/{agency}/burglary/"
    sent = {f"{code}-value": "3" for code in CODES} | {"trends-value": "1", "then": "next"}
    assert "Select where you have these scores from" in client.post(address, sent).content.decode()
    answer = client.post(address, {**sent, "entered_from": "spoken", "volume-value": "dont-know"})
    assert "/domestic-abuse/" in answer.headers["Location"]
    assert Score.objects.get(agency_id=agency, criterion="volume").answer == Answer.DONT_KNOW


def test_recording_who_takes_part_by_the_page(people: People, discussing: Assessment) -> None:
    client = signed_in(people.analyst)
    agency = people.scorer.agency
    address = f"/assessments/{discussing.id}/taking-part/"
    assert client.post(address, {f"presence-{agency}": "room", f"post-{agency}": "Inspector"}).status_code == 302
    assert Attendance.objects.get().agency_id == agency


def test_the_score_page_says_where_a_filled_number_comes_from_and_asks_why_when_it_is_set_aside(
    people: People, scoring: Assessment
) -> None:
    client = signed_in(people.scorer)
    address = f"/assessments/{scoring.id}/scoring/burglary/"
    page = client.get(address).content.decode()
    assert "The figures answer this with 1: " in page
    assert f"/assessments/{scoring.id}/figures/burglary.change/" in page
    assert "The figures cannot answer this: only 2 of the problems are counted" in page
    assert "current work in place" in page
    refused = client.post(address, {"trends-value": "5"}).content.decode()
    assert "Say why you set aside what the figures say of Trends" in refused
    assert not Score.objects.exists()


def test_words_without_an_answer_are_not_lost_but_asked_about(people: People, scoring: Assessment) -> None:
    sent = {"volume-evidence": "I would have to look", "seriousness-value": "3"}
    page = signed_in(people.scorer).post(f"/assessments/{scoring.id}/scoring/burglary/", sent).content.decode()
    assert "Choose an answer for Volume, or clear what you said of it" in page
    assert "I would have to look" in page


def test_saving_goes_on_to_the_next_problem_that_is_not_wholly_answered(people: People, scoring: Assessment) -> None:
    give_all(people.scorer, scoring, "domestic-abuse", 3)
    client = signed_in(people.scorer)
    sent = {"volume-value": "3", "then": "next"}
    answer = client.post(f"/assessments/{scoring.id}/scoring/burglary/", sent)
    assert "/scoring/shoplifting/" in answer.headers["Location"]
    answer = client.post(f"/assessments/{scoring.id}/scoring/burglary/", {**sent, "then": "list"})
    assert answer.headers["Location"] == f"/assessments/{scoring.id}/scoring/"


def test_giving_scores_writes_one_entry_that_names_criteria_and_never_values(
    people: People, scoring: Assessment
) -> None:
    give_all(people.scorer, scoring, "burglary", 4)
    entry = Entry.objects.filter(action="score").get()
    assert entry.changed_fields == sorted(f"{MATRIX}:{code}" for code in CODES)


def test_the_problems_in_brief_are_printed_with_numbers_that_lead_to_their_sources(
    people: People, scoring: Assessment
) -> None:
    write_note(people.analyst, problem_of(scoring, "burglary"), "Sheds are most of it.")
    report = summaries_report(scoring)
    assert report
    titles = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert titles == ["Burglary", "Domestic abuse", "Theft from shops"]
    words = " ".join(plain(content) for block in report.blocks for content in contents(block))
    assert "Sheds are most of it." in words
    assert {"burglary.count", "burglary.change"} <= {source.key for source in report.figures}
    answer = get(people.scorer, scoring, "summaries.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert summaries_report(started(people)) is None


def test_opening_the_discussion_asks_once_more_and_says_who_is_ready(people: People, scoring: Assessment) -> None:
    for slug in ("burglary", "shoplifting", "domestic-abuse"):
        give_all(people.scorer, scoring, slug, 3)
    give_all(people.analyst, scoring, "burglary", 3)
    page = get(people.analyst, scoring, "open-discussion/").content.decode()
    assert "1 of 3 agencies have scored every problem." in page
    assert "You have not wholly scored 2 problems for your agency." in page
    scoring.refresh_from_db()
    assert scoring.state == AssessmentState.SCORING
    move_assessment(people.analyst, scoring, AssessmentState.DISCUSSING)
    assert get(people.analyst, scoring, "open-discussion/").status_code == 302
    assert get(people.scorer, scoring, "open-discussion/").status_code == 403


def test_an_agency_is_ready_only_when_it_has_scored_under_the_second_matrix_too(
    people: People, scoring: Assessment
) -> None:
    Assessment.objects.filter(pk=scoring.pk).update(second_matrix="kingston-2024")
    scoring.refresh_from_db()
    for slug in ("burglary", "shoplifting", "domestic-abuse"):
        give_all(people.scorer, scoring, slug, 3)
    assert (
        "0 of 2 agencies have scored every problem."
        in get(people.analyst, scoring, "open-discussion/").content.decode()
    )
    rest = [GivenScore(one.code, 3, reason="We see it otherwise.") for one in matrix("kingston-2024").criteria]
    for slug in ("burglary", "shoplifting", "domestic-abuse"):
        give_scores(people.scorer, problem_of(scoring, slug), "kingston-2024", rest)
    assert (
        "1 of 2 agencies have scored every problem."
        in get(people.analyst, scoring, "open-discussion/").content.decode()
    )
