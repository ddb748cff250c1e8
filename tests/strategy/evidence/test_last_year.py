"""Last year's plan kept as a release of the partnership's own, pasted in the browser."""

from pathlib import Path
from typing import Any

import pytest

from tests.strategy.conftest import People, signed_in
from wardmote.foundations.plans import PlanProgress, read_plan
from wardmote.home.queries.setting_up import steps_of
from wardmote.jobs.actions import run_job
from wardmote.strategy.evidence.actions import UploadRefused
from wardmote.strategy.evidence.actions.last_year import keep_last_plan
from wardmote.strategy.evidence.actions.verdicts import accept_plain
from wardmote.strategy.evidence.models import Import, Release
from wardmote.strategy.evidence.queries import releases_for
from wardmote.strategy.evidence.queries.last_year import last_plan

PASTED = "1 Burglary\n1a Lock sheds\tAchieved\n1b Lock gates\n2 Shop theft\n2a Train staff\tPartly met"


@pytest.fixture
def kept(people: People, data: Path) -> Release:
    """A plan, pasted, read by the worker and accepted."""
    asked = keep_last_plan(people.analyst, "2025/26", read_plan(PASTED))
    run_job.call(str(asked.job_key))
    release = Release.objects.get()
    assert accept_plain(people.analyst, [release]) == (1, 0)
    return release


def test_a_plan_becomes_a_release_with_its_own_numbering(people: People, kept: Release) -> None:
    assert (kept.dataset, kept.title) == ("plan-ashcombe-vale-2025-26", "Last plan: 2 priorities, 3 commitments")
    plan = last_plan(people.scorer)
    assert plan is not None
    assert plan.lines == read_plan(PASTED)
    assert [plan.count(progress) for progress in (PlanProgress.DONE, PlanProgress.PART, PlanProgress.NOT_KNOWN)] == [
        1,
        1,
        1,
    ]


def test_another_partnership_of_the_site_does_not_see_it(people: People, kept: Release) -> None:
    assert list(releases_for(people.analyst)) == [kept]
    assert list(releases_for(people.stranger)) == []
    assert last_plan(people.stranger) is None
    stranger = signed_in(people.stranger)
    assert stranger.get(f"/evidence/releases/{kept.digest}/").status_code == 404
    assert "Ashcombe" not in stranger.get("/evidence/last-year/").content.decode()


def test_a_plan_without_lines_or_with_a_number_twice_is_refused(people: People, data: Path) -> None:
    for pasted, words in (("", "Paste at least one"), ("1 A\n1 B", "stand twice: 1")):
        with pytest.raises(UploadRefused, match=words):
            keep_last_plan(people.analyst, "2025-26", read_plan(pasted))
    assert not Import.objects.exists()


def test_it_is_pasted_then_each_line_says_how_far_it_got(people: People, data: Path) -> None:
    client: Any = signed_in(people.analyst)
    wrong = client.post("/evidence/last-year/paste/", {"year": "25", "text": ""}).content.decode()
    assert "Enter the year like 2025-26" in wrong
    page = client.post("/evidence/last-year/paste/", {"year": "2025-26", "text": PASTED}).content.decode()
    assert "Commitment: 1a Lock sheds" in page
    given = {"year": "2025-26", "text": PASTED} | {f"progress_{n}": "done" for n in range(5)}
    answer = client.post("/evidence/last-year/progress/", given)
    assert answer.status_code == 302
    asked = Import.objects.get()
    run_job.call(str(asked.job_key))
    accept_plain(people.analyst, asked.releases.all())
    page = client.get("/evidence/last-year/").content.decode()
    assert "3 carried out, 0 carried out in part" in page
    assert signed_in(people.scorer).get("/evidence/last-year/paste/").status_code == 403


@pytest.mark.parametrize(
    ("year", "pasted", "words"),
    [
        ("2025-99", "1 A", "the second year follows the first"),
        ("9999-00", "1 A", "the second year follows the first"),
        ("2025-26", "1 A\n1 B", "These numbers stand twice: 1. Give each line its own."),
        ("2025-26", "A\n" * 201, "There are 201 lines."),
    ],
)
def test_what_is_wrong_is_said_while_the_text_can_be_changed(
    people: People, data: Path, year: str, pasted: str, words: str
) -> None:
    page: Any = signed_in(people.analyst).post("/evidence/last-year/paste/", {"year": year, "text": pasted})
    assert words in page.content.decode()
    assert "<textarea" in page.content.decode()


def test_the_year_of_a_century_is_a_year(people: People, data: Path) -> None:
    page: Any = signed_in(people.analyst).post("/evidence/last-year/paste/", {"year": "2099/00", "text": "1 A"})
    assert "How far did each get?" in page.content.decode()


def test_a_plan_that_waits_is_not_called_missing(people: People, data: Path) -> None:
    asked = keep_last_plan(people.analyst, "2025-26", read_plan("1 Burglary\n1a Lock sheds"))
    run_job.call(str(asked.job_key))
    assert Release.objects.get().title == "Last plan: 1 priority, 1 commitment"
    page = signed_in(people.analyst).get("/evidence/last-year/").content.decode()
    assert "look at it and accept it" in page
    assert "Nothing is kept yet" not in page
    steps = {step.text: step for step in steps_of(people.manager)}
    assert steps["Last year's priorities"].status == "Begun"
