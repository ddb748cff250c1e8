"""Verdicts among many: by hand, in a shuffled world, in the tables and on a ward's page."""

from typing import Any

import numpy as np
import pytest

from tests.strategy.conftest import Held
from wardmote.analytics.measures.interval import dispersion
from wardmote.analytics.measures.words import Verdict
from wardmote.foundations.periods import Month, rolling_12
from wardmote.strategy.assessment.queries.findings.several import add_several, place_verdicts
from wardmote.strategy.assessment.reports.findings.several import among_all, among_words, place_words, places_note
from wardmote.strategy.publishing.reports.wards import meaning_of

LAST = Month(2026, 3)
YEAR = rolling_12(LAST)


def problem(wards: list[tuple[int | None, int | None]], *, phi: str | None = "1") -> dict[str, Any]:
    rows = [{"code": f"E{at}", "before": before, "count": now} for at, (before, now) in enumerate(wards)]
    return {"slug": "burglary", "measured": True, "change": {"phi": phi}, "places": rows}


def test_what_is_clear_alone_may_be_chance_among_twenty_and_what_is_plain_stays() -> None:
    # 30 against 52: z = 22 / sqrt(82) = 2.43, chance 3.3% by Student's t with 11 degrees. Among twenty that is nothing.
    alone, many = problem([(30, 52)]), problem([(30, 52), (20, 90), *[(40, 41)] * 18])
    assert place_verdicts(alone) == {"E0": "clear rise"}
    assert place_verdicts(many) == {"E0": "no clear change", "E1": "clear rise"} | {
        f"E{at}": "no clear change" for at in range(2, 20)
    }


def test_a_ward_page_says_perhaps_where_it_may_be_chance_among_so_many() -> None:
    many = problem([(30, 52), (52, 30), (20, 90), *[(40, 41)] * 17])
    many["several"] = {"places": place_verdicts(many)}
    said = [meaning_of(many, row) for row in many["places"][:4]]
    assert said == [
        "perhaps more than last year",
        "perhaps fewer than last year",
        "clearly more than last year",
        "about the same as last year",
    ]
    assert meaning_of(many | {"police_generated": True}, many["places"][0]) == "perhaps more found"


def test_a_hidden_count_and_an_unknown_noise_have_no_verdict() -> None:
    assert place_verdicts(problem([(None, 5), (5, None), (0, 0), (10, 12)])) == {"E3": "no clear change"}
    assert place_verdicts(problem([(10, 50)], phi=None)) == {}


def shuffled(random: np.random.Generator, wards: int, *, rise: float = 1.0) -> dict[str, Any]:
    """Two years whose months were dealt out at random, so that nothing changed; counts vary more than chance alone."""
    level = random.uniform(1, 12, wards)
    drawn = random.poisson(random.gamma(1 / 0.05, level * 0.05, (24, wards)))
    drawn = drawn[random.permutation(24)]
    years = drawn.sum(axis=1).reshape(2, 12).tolist()
    spread = dispersion(years)
    assert spread is not None
    before, now = drawn[:12].sum(axis=0).tolist(), (drawn[12:].sum(axis=0) * rise).astype(int).tolist()
    return problem(list(zip(before, now, strict=True)), phi=str(spread.phi))


@pytest.mark.parametrize("wards", [5, 20, 60])
def test_a_shuffled_world_has_a_clear_change_somewhere_no_more_often_than_stated(wards: int) -> None:
    random = np.random.default_rng(wards)
    worlds = [place_verdicts(shuffled(random, wards)) for _ in range(300)]
    false = sum(any(one != Verdict.NONE for one in world.values()) for world in worlds)
    # Stated: five in a hundred; two standard deviations of 300 draws are 2.5.
    assert false / 300 <= 0.075


def test_of_the_problems_of_a_shuffled_assessment_any_is_called_clear_no_more_often_than_stated() -> None:
    random, false = np.random.default_rng(7), 0
    for _ in range(200):
        problems, histories = [], {}
        for at in range(14):
            level = random.uniform(5, 200)
            counts = random.poisson(random.gamma(1 / 0.03, level * 0.03, 36)).tolist()
            histories[f"p{at}"] = {LAST - (35 - month): count for month, count in enumerate(counts)}
            change = {"previous": sum(counts[12:24]), "current": sum(counts[24:]), "verdict": "no clear change"}
            problems.append({"slug": f"p{at}", "measured": True, "change": change, "places": []})
        add_several(problems, histories, YEAR)
        false += any(one["several"]["verdict"] != Verdict.NONE for one in problems)
    assert false / 200 <= 0.08


def test_a_real_change_is_still_found() -> None:
    world = place_verdicts(shuffled(np.random.default_rng(3), 20, rise=3.0))
    assert sum(one == Verdict.RISE for one in world.values()) >= 15


def test_the_tables_say_among_how_many(held: Held) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    assert burglary["several"]["of"] == 2
    assert among_all(burglary) in ("clear rise", "clear fall", "no clear change")
    assert "allows for 2 changes" in among_words([burglary])
    row = burglary["places"][0]
    assert place_words(burglary, row) == burglary["several"]["places"][row["code"]]
    assert f"allows for {len(burglary['several']['places'])} areas" in places_note(burglary)
    # An analysis made before, or one whose small counts are hidden.
    assert (among_all({}), among_words([{}]), place_words({}, row), places_note({})) == ("n/a", "", "n/a", "")
