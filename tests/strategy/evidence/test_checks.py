"""What is looked at before a release counts, and who moved it on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ReleaseFactory, taken_in
from tests.strategy.conftest import People, signed_in, started
from tests.strategy.evidence.test_imports import corrected, counted
from wardmote.access.readers import NotAllowed
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.definitions import matrices
from wardmote.definitions import matrix as matrix_named
from wardmote.foundations.periods import Month
from wardmote.sample.generator import SampleFiles
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.changes import changes_by
from wardmote.strategy.assessment.queries.filled import filled_for
from wardmote.strategy.assessment.queries.newer import newer_evidence
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.evidence.actions import import_files
from wardmote.strategy.evidence.actions.verdicts import VerdictRefused, accept, accept_plain, give_verdict
from wardmote.strategy.evidence.models import Release, ReleaseVerdict
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.evidence.queries.checks import check_for
from wardmote.strategy.evidence.rules import (
    MAY_BE_GIVEN,
    FigureStatus,
    MonthRows,
    ReleaseState,
    Verdict,
    look_at_month,
    look_at_silence,
    look_at_unplaced,
    look_at_whole,
    question_to_supplier,
)

AUGUST = Month.parse("2026-08")


def test_months_that_nobody_can_place_are_one_finding() -> None:
    months = [MonthRows(AUGUST + later, 60, unplaced=60 if later != 1 else 59) for later in range(4)]
    assert look_at_unplaced(months[1:2]) == ()
    (one,) = look_at_unplaced(months[:2])
    assert one.words == "August 2026: no row has a small area, so none counts in any ward or district."
    (all_,) = look_at_unplaced(months)
    assert all_.words.startswith("August 2026 to November 2026, 3 months: no row has a small area")
    assert all_.needs_a_look


@pytest.mark.parametrize(
    ("month", "words", "needs_a_look"),
    [
        (MonthRows(AUGUST, 100), None, None),
        (MonthRows(AUGUST, 100, replaced=100), None, None),
        (MonthRows(AUGUST, 99, replaced=100), "changed: 99 rows now, 100 before (−1.0%).", False),
        # A quarter fewer is looked at, a row less than a quarter is not.
        (MonthRows(AUGUST, 75, replaced=100), "changed: 75 rows now, 100 before (−25.0%).", True),
        (MonthRows(AUGUST, 76, replaced=100), "changed: 76 rows now, 100 before (−24.0%).", False),
        (MonthRows(AUGUST, 1, replaced=0), "changed: 1 row now, 0 before.", True),
        # 300 to 200 is a third fewer, and 100 apart is more than three times the root of 500 (67).
        (MonthRows(AUGUST, 200, year_before=300), "August 2026 has 200 rows; August 2025 had 300 (−33.3%).", True),
        (MonthRows(AUGUST, 201, year_before=300), None, None),
        # 6 to 3 is half, but 3 apart is less than three times the root of 9.
        (MonthRows(AUGUST, 3, year_before=6), None, None),
        # 3 in 100 without an area after 1 in 100: two points more. Points, never per cent.
        (
            MonthRows(AUGUST, 100, unplaced=3, unplaced_before=12, rows_before=1200),
            "3.0% of rows have no small area. In the 12 months before it was 1.0%, a rise of 2.0 percentage points.",
            True,
        ),
        (MonthRows(AUGUST, 1000, unplaced=29, unplaced_before=12, rows_before=1200), None, None),
        (MonthRows(AUGUST, 60, unplaced=60, rows_before=70), None, None),
    ],
)
def test_a_month_is_looked_at_when(month: MonthRows, words: str | None, needs_a_look: bool | None) -> None:
    found = look_at_month(month)
    assert [finding.needs_a_look for finding in found] == ([] if words is None else [needs_a_look])
    assert all(words in finding.words for finding in found if words)


def test_an_area_that_always_had_many_and_now_has_none_fell_silent() -> None:
    before = {"Mill ward": [9] * 12, "Fern ward": [6] * 12, "Both sides": [7, 7]}
    (found,) = look_at_silence("these wards", before, AUGUST)
    assert found.words == "August 2026 has no row at all for these wards: Both sides, Mill ward."
    assert look_at_silence("these wards", {"Fern ward": [6] * 12, "New ward": []}, AUGUST) == ()


def test_rows_that_could_not_be_used_need_a_look_from_one_in_a_hundred() -> None:
    assert [finding.needs_a_look for finding in look_at_whole(read=100, rejected=1, missing_months=())] == [False]
    assert [finding.needs_a_look for finding in look_at_whole(read=100, rejected=2, missing_months=())] == [True]
    (missing,) = look_at_whole(read=9, rejected=0, missing_months=["2026-05"])
    assert missing.words == "Missing between the first and the last month: May 2026."


@given(rows=st.integers(0, 10**6))
def test_a_month_like_the_one_before_is_never_pointed_out(rows: int) -> None:
    same = MonthRows(
        AUGUST, rows, replaced=rows, year_before=rows, unplaced=0, unplaced_before=0, rows_before=12 * rows
    )
    assert look_at_month(same) == ()


def test_every_state_can_be_left_and_an_accepted_release_can_only_be_set_aside() -> None:
    assert set(MAY_BE_GIVEN) == set(ReleaseState)
    assert all(MAY_BE_GIVEN.values())
    assert MAY_BE_GIVEN[ReleaseState.ACCEPTED] == (Verdict.SET_ASIDE,)


def test_the_question_to_the_supplier_says_what_was_noticed() -> None:
    found = look_at_month(MonthRows(AUGUST, 5, replaced=100))
    question = question_to_supplier("Street crime, Ashcombe", found)
    assert "Street crime, Ashcombe" in question
    assert f"- {found[0].words}" in question


@pytest.fixture
def waiting(people: People, data: Any, files: SampleFiles, tmp_path: Any) -> tuple[Release, Release]:
    """Two accepted months, and the second of them again with five rows, which waits."""
    (held,) = taken_in(people.analyst, files.street[-2:], kind="police-uk").made
    (came,) = import_files(people.analyst, [corrected(files.street[-1], tmp_path, keep=5)], kind="police-uk").made
    return held, came


def test_the_older_months_of_a_first_release_are_shown_as_they_are_and_not_pointed_out(
    people: People, data: Any, files: SampleFiles
) -> None:
    (came,) = import_files(people.analyst, files.street, kind="police-uk").made
    check = check_for(people.analyst, came)
    second_year = check.months[12]
    assert second_year.is_history
    assert second_year.year_before == check.months[0].rows
    unplaced = came.quality["rows_without_lsoa_by_month"]
    assert {str(one.month): one.unplaced for one in check.months if one.unplaced} == unplaced
    assert any(one.unplaced for one in check.months[:-1])
    assert look_at_month(replace(second_year, is_history=False, rows=1)) != ()
    assert look_at_month(replace(second_year, rows=1)) == ()


def test_a_bad_month_replaces_no_good_one_until_somebody_accepts_it(
    people: People, waiting: tuple[Release, Release]
) -> None:
    held, came = waiting
    before = counted()
    assert came.state == ReleaseState.WAITING
    assert {one.release: one.months for one in held_releases(is_sample=False)} == {held.digest: ("2026-07", "2026-08")}
    assert check_for(people.analyst, came).needs_a_look
    assert accept_plain(people.analyst, [came]) == (0, 1)
    accept(people.analyst, came, status=FigureStatus.PROVISIONAL, caveat="The system changed.")
    assert counted() == {"2026-07": before["2026-07"], "2026-08": 5}
    give_verdict(people.analyst, came, Verdict.SET_ASIDE, "The file was cut short.")
    assert counted() == before


def test_a_verdict_is_kept_with_who_when_and_why_and_its_entry(
    people: People, waiting: tuple[Release, Release]
) -> None:
    _, came = waiting
    give_verdict(people.analyst, came, Verdict.ASK, "Is that all of August?")
    given = ReleaseVerdict.objects.get(release=came)
    assert (given.verdict, given.words, given.given_by_key) == ("ask", "Is that all of August?", people.analyst.key)
    assert Release.objects.get(id=came.id).state == ReleaseState.HELD
    entry = next(entry for entry in entries_of(came.digest) if entry.action == "ask")
    assert (entry.changed_fields, entry.actor_key) == (["state"], people.analyst.key)


def test_a_verdict_needs_words_its_turn_and_the_permission(people: People, waiting: tuple[Release, Release]) -> None:
    held, came = waiting
    with pytest.raises(VerdictRefused, match="Say why"):
        give_verdict(people.analyst, came, Verdict.HOLD, " ")
    with pytest.raises(VerdictRefused, match="has decided about this release"):
        give_verdict(people.analyst, held, Verdict.HOLD, "Too late.")
    with pytest.raises(NotAllowed):
        accept(people.scorer, came)
    assert Release.objects.get(id=came.id).state == ReleaseState.WAITING
    assert not ReleaseVerdict.objects.filter(release=came).exists()


def test_without_its_entry_a_verdict_is_undone(people: People, waiting: tuple[Release, Release]) -> None:
    from dataclasses import replace

    _, came = waiting
    entries = Entry.objects.count()
    broken = replace(people.analyst, appointment="not a key")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="not a key"):
        give_verdict(broken, came, Verdict.HOLD, "Wait.")
    assert Release.objects.get(id=came.id).state == ReleaseState.WAITING
    assert (ReleaseVerdict.objects.filter(release=came).count(), Entry.objects.count()) == (0, entries)


def test_the_pages_show_what_was_found_and_take_the_decision(people: People, waiting: tuple[Release, Release]) -> None:
    _, came = waiting
    client = signed_in(people.analyst)
    assert "Waiting to be accepted" in client.get("/evidence/").content.decode()
    page = client.get(f"/evidence/releases/{came.digest}/check/").content.decode()
    assert "August 2026, which we hold already, changed: 5 rows now, 1,740 before (−99.7%)." in page
    asked = client.get(f"/evidence/releases/{came.digest}/decide/ask/").content.decode()
    assert "1,740 before" in asked
    address = f"/evidence/releases/{came.digest}/decide/hold/"
    assert "Say why" in client.post(address, {"words": ""}).content.decode()
    assert client.post(address, {"words": "We ask on Monday."}).status_code == 302
    page = client.get(f"/evidence/releases/{came.digest}/").content.decode()
    assert "We ask on Monday." in page
    assert "Analyst, Agency of the analyst" in page
    assert client.get(f"/evidence/releases/{came.digest}/decide/eat/").status_code == 404
    assert signed_in(people.scorer).get(f"/evidence/releases/{came.digest}/check/").status_code == 403


def test_what_a_release_changes_is_shown_old_beside_new(
    people: People, releases: tuple[Release, ...], held: Any, files: SampleFiles, tmp_path: Any
) -> None:
    assessment = started(people)
    keep_analysis(people.analyst, assessment, held.analysis)
    (came,) = import_files(people.analyst, [corrected(files.street[-1], tmp_path, keep=5)], kind="police-uk").made
    page = signed_in(people.analyst).get(f"/assessments/changes/{came.digest}/").content.decode()
    burglary = next(p for p in held.analysis.content["problems"] if p["slug"] == "burglary")
    row = page.split("Burglary</th>")[1].split("</tr>")[0]
    assert f"{burglary['rate']['count']:,}" in row
    lost = burglary["months"]["2026-08"] - sum(
        1 for line in files.street[-1].read_text().splitlines()[1:6] if "Burglary" in line
    )
    assert f"−{lost}" in row
    assert "wards would have another number of incidents." in page
    outside = ReleaseFactory(state=ReleaseState.WAITING, months=("2027-01",))
    page = signed_in(people.analyst).get(f"/assessments/changes/{outside.digest}/").content.decode()
    assert "Its months do not fall into this assessment." in page
    assert date(2026, 10, 31) == assessment.as_at


def test_a_draft_says_that_evidence_was_accepted_since_it_was_analysed(
    people: People, releases: tuple[Release, ...], held: Any, files: SampleFiles, tmp_path: Any
) -> None:
    assessment = started(people)
    assert newer_evidence(assessment) == ()
    keep_analysis(people.analyst, assessment, held.analysis)
    assert newer_evidence(assessment) == ()
    (came,) = import_files(people.analyst, [corrected(files.street[-1], tmp_path, keep=5)], kind="police-uk").made
    assert newer_evidence(assessment) == ()
    accept(people.analyst, came)
    assert newer_evidence(assessment) == (came.title,)
    client = signed_in(people.analyst)
    page = client.get(f"/assessments/{assessment.id}/").content.decode()
    assert f"Newer than this analysis: {came.title}." in page
    assert "evidence was accepted since it was analysed" in client.get("/").content.decode()
    assert "evidence was accepted since" not in signed_in(people.scorer).get("/").content.decode()
    Assessment.objects.update(data_cut_off_on=timezone.localdate() - timedelta(days=1))
    assert newer_evidence(Assessment.objects.get()) != (came.title,)


@pytest.mark.parametrize("matrix", [one.slug for one in matrices()])
def test_the_levels_that_figures_fill_in_are_shown_old_beside_new(
    people: People, releases: tuple[Release, ...], held: Any, files: SampleFiles, tmp_path: Any, matrix: str
) -> None:
    keep_analysis(people.analyst, started(people), held.analysis)
    Assessment.objects.update(matrix=matrix)
    (came,) = import_files(people.analyst, [corrected(files.street[-1], tmp_path, keep=5)], kind="police-uk").made
    (changed,) = changes_by(people.analyst, came)
    accept(people.analyst, came)
    again = analyse(scope_of(changed.assessment)).content
    filled = {one.code: one.filled_by for one in matrix_named(matrix).criteria if one.filled_by}
    from_counts = {code for code, by in filled.items() if by not in {"harm_band", "forecast_band", "likelihood_band"}}
    old, new = (filled_for(one, changed.assessment.matrix) for one in (held.analysis.content, again))
    moved = {
        (problem["title"], old[problem["slug"]][code].level, new[problem["slug"]][code].level)
        for problem in held.analysis.content["problems"]
        for code in old[problem["slug"]]
        if code in from_counts
        if old[problem["slug"]][code].level != new[problem["slug"]][code].level
    }
    assert moved or matrix not in ("kingston-2011", "morile-style")
    assert {(one.title, one.now, one.then) for one in changed.levels} == moved
    assert len(changed.left) == len(filled) - len(from_counts)
    wards = {one.title: (one.moved, one.of) for one in changed.areas}
    burglary = [
        {row["code"]: row["count"] for row in problem["places"]}
        for content in (held.analysis.content, again)
        for problem in content["problems"]
        if problem["slug"] == "burglary"
    ]
    assert wards["Burglary"] == (sum(burglary[0][code] != burglary[1][code] for code in burglary[0]), len(burglary[0]))


def test_what_is_accepted_after_a_cut_off_does_not_count_until_it(
    people: People, waiting: tuple[Release, Release]
) -> None:
    held, came = waiting
    today = timezone.localdate()
    accept(people.analyst, came)
    ReleaseVerdict.objects.filter(release=held).update(given_at=timezone.now() - timedelta(days=10))
    before = {one.release for one in held_releases(is_sample=False, until=today - timedelta(days=1))}
    assert before == {held.digest}
    assert {one.release for one in held_releases(is_sample=False, until=today)} == {held.digest, came.digest}
    assert held_releases(is_sample=False, until=today - timedelta(days=11)) == ()
