"""Themes and the definition of serious violence are whole: each says its source, and who could fill its gaps."""

import csv
import re
from pathlib import Path

import pytest

from wardmote.definitions import DefinitionError, serious_violence, themes
from wardmote.definitions.reading import folder, parse
from wardmote.definitions.themes import NOTHING, PROBLEM, ROADS

SLUGS = {
    "anti-social-behaviour",
    "domestic-abuse",
    "exploitation",
    "hate-crime",
    "reoffending",
    "road-safety",
    "serious-violence",
}


def text_of(name: str) -> str:
    return folder().joinpath(name).read_text(encoding="utf-8")


def test_the_seven_themes_stand_in_the_order_of_their_titles() -> None:
    assert {one.slug for one in themes()} == SLUGS
    titles = [one.title for one in themes()]
    assert titles == sorted(titles)


def test_every_theme_says_by_which_law_who_checked_it_and_who_could_give_what_it_needs() -> None:
    for one in themes():
        assert one.statute
        assert one.source
        assert one.checker == "not yet checked"
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", one.review_on)
        assert all(need.giver and need.tells for need in one.needs)


def test_what_meets_a_need_is_a_problem_of_the_theme_or_road_casualties_that_it_reads() -> None:
    for theme in themes():
        for need in theme.needs:
            is_own = need.met_by.removeprefix(PROBLEM) in theme.problems
            assert need.met_by == NOTHING or is_own or (need.met_by == ROADS and theme.reads_roads)


def test_no_problem_is_both_the_theme_and_wider_than_it() -> None:
    assert all(not set(one.problems) & set(one.wider) for one in themes())


def test_a_slip_in_a_theme_is_named() -> None:
    text = text_of("themes/hate-crime.yaml").replace("met_by: nothing", "met_by: somebody")
    with pytest.raises(DefinitionError, match="needs/1/met_by"):
        parse(text, schema="theme", name="hate-crime.yaml")


def test_a_slip_in_the_definition_of_serious_violence_is_named() -> None:
    text = text_of("serious_violence.yaml").replace("test: any-age", "test: sometimes", 1)
    with pytest.raises(DefinitionError, match="kinds/3/test"):
        parse(text, schema="serious_violence", name="serious_violence.yaml")


@pytest.mark.shared_data
def test_the_words_of_the_definition_are_those_of_the_plan(shared: Path) -> None:
    (plan,) = (shared.parent / "sources").glob("002_*.txt")
    told = " ".join(plan.read_text(encoding="utf-8").split())
    assert serious_violence().words in told
    for part in serious_violence().extended_words.rstrip(".").split("; "):
        assert part.lower() in told.lower()


@pytest.mark.shared_data
def test_every_listed_code_is_one_of_the_home_office_tables_with_such_a_title(shared: Path) -> None:
    table = shared / "offences" / "prc-pfa-201718_new.csv"
    with table.open(newline="", encoding="utf-8") as stream:
        found = {row["Offence_Code"]: row["Offence_Description"] for row in csv.DictReader(stream)}
    titles = {code: title for joined, title in found.items() for code in joined.split("/")}
    wanted = {
        "homicide": "homicide",
        "grievous-bodily-harm": "murder|serious harm",
        "actual-bodily-harm": "assault with injury",
        "rape": "rape",
        "sexual-assault": "sexual assault",
        "personal-robbery": "robbery of personal",
        "threats-to-kill": "threats to kill",
        "exploitation": "slavery|exploitation",
        "property": "arson|criminal damage",
        "drug-trafficking": "trafficking in controlled drugs",
    }
    for kind in serious_violence().kinds:
        for code in kind.codes:
            assert re.search(wanted[kind.slug], titles[code].lower()), (code, titles[code])
    assert serious_violence().kind_of("1/4.1/4.10/4.2") is serious_violence().kind_of("1")
