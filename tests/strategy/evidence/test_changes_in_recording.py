"""Changes in recording are written down once, drawn into every chart, and never crossed unsaid."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.strategy.conftest import People, signed_in, started
from tests.strategy.evidence.test_pages import queries_of
from tests.strategy.evidence.test_uploads import text
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.definitions import Effect
from wardmote.foundations.periods import Month
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.queries import analysis_of, assessment_for
from wardmote.strategy.assessment.queries.analysis import analyse
from wardmote.strategy.assessment.queries.scope import scope_of
from wardmote.strategy.assessment.reports.changes import breaks_of
from wardmote.strategy.evidence.actions.changes import GivenChange, keep_change, remove_change
from wardmote.strategy.evidence.models import RecordedChange, Release
from wardmote.strategy.evidence.queries.changes import changes_known

GIVEN = GivenChange(
    Month(2025, 6),
    "",
    ("burglary",),
    "In June 2025 the force moved to another system.",
    "Letter of 3 July",
    Effect.BREAK,
)
SAID = {"month": "2025-06", "words": GIVEN.words, "source": GIVEN.source, "problems": ["burglary"], "effect": "break"}


def test_a_change_is_kept_corrected_and_taken_back_each_in_the_audit(people: People) -> None:
    change = keep_change(people.analyst, GIVEN)
    keep_change(people.analyst, replace(GIVEN, effect=Effect.CARE), change=change)
    (known,) = changes_known(people.partnership)
    assert (known.month, known.before, known.effect) == ("2025-06", ("Burglary",), Effect.CARE)
    key = change.id
    remove_change(people.analyst, change)
    assert [entry.action for entry in entries_of(key)] == ["keep", "keep", "remove"]
    assert changes_known(people.partnership) == ()


def test_without_a_problem_every_crime_type_is_touched(people: People) -> None:
    keep_change(people.analyst, replace(GIVEN, problems=()))
    (known,) = changes_known(people.partnership)
    assert {"Burglary", "Drugs", "Anti-social behaviour"} <= set(known.before)


def test_a_change_of_a_partners_sheet_does_not_touch_the_open_figures(people: People) -> None:
    keep_change(people.analyst, replace(GIVEN, dataset="figures-fires"))
    assert changes_known(people.partnership) == ()
    assert len(changes_known(people.partnership, dataset="figures-fires")) == 1


def test_only_those_who_import_write_one_down_and_nobody_for_another_partnership(people: People) -> None:
    with pytest.raises(NotAllowed):
        keep_change(people.scorer, GIVEN)
    change = keep_change(people.analyst, GIVEN)
    assert signed_in(people.stranger).post(f"/evidence/recording/{change.id}/remove/").status_code in (403, 404)
    assert "another system" not in text(signed_in(people.stranger).get("/evidence/recording/"))
    assert RecordedChange.objects.count() == 1


def test_the_database_wants_to_know_what_changed_and_who_says_so(people: People) -> None:
    change = keep_change(people.analyst, GIVEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedChange.objects.filter(id=change.id).update(source="")


def test_the_page_asks_for_a_month_that_is_one(people: People) -> None:
    client = signed_in(people.analyst)
    wrong = text(client.post("/evidence/recording/new/", {**SAID, "month": "June 2025"}))
    assert "Enter a month as year and number, for example 2025-06" in wrong
    client.post("/evidence/recording/new/", SAID)
    page = text(client.get("/evidence/recording/"))
    assert "Not compared across" in page
    assert "In May 2013" in page


@pytest.mark.parametrize(("effect", "said"), [(Effect.BREAK, "no comparison"), (Effect.CARE, "Read it with care")])
def test_an_assessment_draws_it_and_says_what_it_does_to_the_comparison(
    people: People, releases: tuple[Release, ...], effect: Effect, said: str
) -> None:
    keep_change(people.analyst, replace(GIVEN, effect=effect))
    assessment = started(people)
    keep_analysis(people.analyst, assessment, analyse(scope_of(assessment)))
    analysis = analysis_of(assessment_for(people.analyst, assessment.id))
    assert analysis is not None
    burglary, shoplifting = (
        next(p for p in analysis["problems"] if p["slug"] == slug) for slug in ("burglary", "shoplifting")
    )
    (mark,) = breaks_of(burglary, analysis["months"])
    assert (analysis["months"][mark.position], mark.letter, mark.cuts) == ("2025-06", "a", effect is Effect.BREAK)
    assert breaks_of(shoplifting, analysis["months"]) == ()
    assert (burglary["change"]["percent"] is None) == (effect is Effect.BREAK)
    assert (burglary["change"]["difference"] is None) == (effect is Effect.BREAK)
    assert ".." not in burglary["change"]["words"]
    assert shoplifting["change"]["percent"] is not None
    page = text(signed_in(people.analyst).get(f"/assessments/{assessment.id}/problems/burglary/"))
    assert said in page
    assert "(a) Change in recording, June 2025" in page


def test_the_list_asks_the_database_as_often_however_long_it_is(people: People) -> None:
    client = signed_in(people.analyst)
    slug = "burglary"
    keep_change(people.analyst, replace(GIVEN, problems=(slug,)))
    few = queries_of(client, "/evidence/recording/")
    for slug in ("robbery", "shoplifting", "vehicle-crime"):
        keep_change(people.analyst, replace(GIVEN, problems=(slug,)))
    assert queries_of(client, "/evidence/recording/") == few < 20


def test_a_change_that_is_sent_twice_stands_once(people: People) -> None:
    assert keep_change(people.analyst, GIVEN) == keep_change(people.analyst, GIVEN)
    assert RecordedChange.objects.count() == 1
