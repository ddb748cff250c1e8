"""The worked examples of docs/methods, read from the pages themselves and worked out by the program."""

import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tests.analytics.measures import world
from tests.analytics.measures.test_casualties import count as casualties
from tests.analytics.measures.test_partner import given, series, series_total
from tests.analytics.measures.test_placing import by_code, held, lookup, place
from tests.analytics.measures.test_scoring import KINGSTON
from tests.analytics.measures.world import incident, months
from wardmote.analytics.measures import MEASURES, Query
from wardmote.analytics.measures.aoristic import Stretch, times
from wardmote.analytics.measures.bands import (
    ExpectedYear,
    forecast_band,
    harm_band,
    often_band,
    spread_band,
    trend_band,
    volume_band,
)
from wardmote.analytics.measures.casualties import adjusted_severe, casualty_rate, interval_of, recording_break
from wardmote.analytics.measures.comparison import AreaCount, Place, compare, move
from wardmote.analytics.measures.concentration import concentration, curve
from wardmote.analytics.measures.control import Limits, limits, signals
from wardmote.analytics.measures.cost import CategoryCost, cost_of, mean_cost
from wardmote.analytics.measures.density import bandwidth_for, densities
from wardmote.analytics.measures.deprivation import fifths_of
from wardmote.analytics.measures.family import Alike, family
from wardmote.analytics.measures.forecasts import ends_around
from wardmote.analytics.measures.gi_star import deviates
from wardmote.analytics.measures.harm import (
    CategoryWeight,
    Harm,
    Offence,
    category_weight,
    code_weights,
    harm_of,
    share_of,
)
from wardmote.analytics.measures.hexagons import hexagons_at, square_metres, width_for
from wardmote.analytics.measures.interval import dispersion, interval
from wardmote.analytics.measures.knox import knox
from wardmote.analytics.measures.local_moran import patterns
from wardmote.analytics.measures.neighbours import neighbours_from
from wardmote.analytics.measures.partner import total_over
from wardmote.analytics.measures.peers import standing
from wardmote.analytics.measures.permutation import Draws, tails
from wardmote.analytics.measures.preferences import rank_items
from wardmote.analytics.measures.proportions import change_interval, share_interval
from wardmote.analytics.measures.repeats import repeats
from wardmote.analytics.measures.scoring import score
from wardmote.analytics.measures.seasons import seasons
from wardmote.analytics.measures.several import clear_among
from wardmote.analytics.measures.severity import severity_of
from wardmote.analytics.measures.smoothing import Method, carry
from wardmote.analytics.measures.standard_rates import standard_rates
from wardmote.analytics.measures.stress import kendall_tau
from wardmote.analytics.measures.usual import usual_ranges
from wardmote.analytics.measures.words import printed_change
from wardmote.definitions import matrix
from wardmote.foundations.periods import Month, Period
from wardmote.foundations.rounding import half_up
from wardmote.strategy.evidence.rules.pairs import gap_between

PAGES = Path(__file__).parents[3] / "docs" / "methods"
PARTS = ["**What.**", "**Source.**", "**Example.**", "**Limits.**"]


def examples(page: str) -> list[dict[str, Any]]:
    # The loader without types, so that 2024-04 stays text and numbers stay what they are.
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize(
    "page",
    [
        "counts",
        "places",
        "rates",
        "shares",
        "change",
        "two-sources",
        "scoring",
        "bands",
        "firmness",
        "consultation",
        "usual-range",
        "control",
        "comparison",
        "family",
        "hotspots",
        "rate-hotspots",
        "concentration",
        "near-repeats",
        "repeats",
        "forecasts",
        "season",
        "several",
        "times",
        "harm",
        "severity",
        "road-casualties",
        "forces",
        "cost",
    ],
)
def test_every_page_says_what_from_where_by_example_and_within_which_limits(page: str) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    assert [part for part in PARTS if part not in text] == []
    assert f"({page}.md)" in (PAGES / "README.md").read_text(encoding="utf-8")
    assert examples(page)


def test_counts() -> None:
    (example,) = examples("counts")
    rows = [incident(month) for month, n in example["incidents"].items() for _ in range(n)]
    evidence = world.evidence(rows, example["held"])
    by_month = MEASURES["counts"](
        evidence, Query(by=("month",), period=Period(Month(2024, 4), Month(2024, 9)))
    ).records()
    assert {row["month"]: "missing" if row["count"] is None else row["count"] for row in by_month} == example["months"]
    quarters = MEASURES["counts"](evidence, Query(by=("quarter",))).records()
    assert {row["quarter"]: row["count"] for row in quarters} == example["quarters"]
    assert {row["quarter"]: row["status"] for row in quarters} == example["incomplete"]


def test_two_sources() -> None:
    (example,) = examples("two-sources")
    first, then = (given(example[name]) for name in ("first", "then"))
    for told, tables in (("before", [first]), ("after", [first, then])):
        figures = series(tables, areas=("Quay", "Mill"))
        for row in example["totals"]:
            total = total_over(figures, Period(Month.parse(row["from"]), Month.parse(row["to"])))
            assert (total.value if total.value is not None else "missing") == row[told], row
    gap = gap_between(example["open"], series_total([first, then]))
    assert gap is not None
    assert (gap.difference, gap.percent) == (example["gap"], Decimal(str(example["percent"])))


def test_rates() -> None:
    (example,) = examples("rates")
    lsoas = {"Quay": ["E01900001", "E01900002"], "Mill": ["E01900003"], "Drove": ["E01900004", "E01900005"]}
    rows = [
        incident("2024-04", lsoa=lsoas[name][0])
        for name, one in example["areas"].items()
        for _ in range(one["incidents"])
    ]
    people = {(code, 2024): 0 for codes in lsoas.values() for code in codes}
    people |= {(lsoas[name][0], 2024): one["residents"] for name, one in example["areas"].items()}
    figures = MEASURES["rates"](
        world.evidence(rows, ["2024-04"], population=people), Query(by=("ward",), per=example["per"])
    )
    found = {row["ward_name"]: row for row in figures.records()}
    for name, one in example["areas"].items():
        assert str(half_up(Decimal(str(found[name]["rate"])), 1)) == one["rate"]
        assert (found[name]["population"], found[name]["rank"]) == (one["residents"], one["rank"])


def test_shares() -> None:
    (example,) = examples("shares")
    rows = [incident("2024-04", category) for category, n in example["counts"].items() for _ in range(n)]
    found = MEASURES["shares"](world.evidence(rows, ["2024-04"]), Query(by=("category",))).records()
    assert {row["category"]: row["share"] for row in found} == example["shares"]
    assert {row["category"]: row["rank"] for row in found} == example["ranks"]


def test_change() -> None:
    example, kent = examples("change")
    two_years = months("2023-10", "2025-09")
    counts = [*example["before"], *example["now"]]
    rows = [incident(month) for month, n in zip(two_years, counts, strict=True) for _ in range(n)]
    (row,) = MEASURES["change"](world.evidence(rows, two_years), Query(where={"category": ("Burglary",)})).records()
    assert [row["previous"], row["current"]] == example["totals"]
    printed = [str(half_up(Decimal(str(row[name])), places)) for name, places in (("percent", 1), ("phi", 2))]
    assert printed == [example["percent"], example["phi"]]
    assert [str(half_up(Decimal(str(row[name])), 1)) for name in ("low", "high")] == example["interval_percent"]
    assert row["words"] == example["words"]
    spread = dispersion([example["now"], example["before"]])
    assert spread is not None
    assert spread.degrees == example["degrees"]
    assert interval(*example["totals"], spread) is not None
    for of_counts, table in ((True, kent["counts"]), (False, kent["percentages"])):
        for difference, (previous, current) in table.items():
            assert printed_change(Decimal(str(previous)), Decimal(str(current)), of_counts=of_counts) == difference


def test_scoring() -> None:
    kingston, style = examples("scoring")
    for example, used in ((kingston, KINGSTON), (style, matrix("morile-style"))):
        codes = [one.code for one in used.criteria]
        found = score(used, {name: dict(zip(codes, row, strict=True)) for name, row in example["scores"].items()})
        assert {one.problem: one.total for one in found} == {
            name: Fraction(str(total)) for name, total in example["totals"].items()
        }
        assert {one.problem: one.rank for one in found} == example["ranks"]
        normalised = {one.problem: str(half_up(one.normalised, 2)) for one in found if one.normalised is not None}
        assert normalised == example["normalised"]
        assert {one.problem: dict(one.second_axis) for one in found} == example.get(
            "second_axis", {one.problem: {} for one in found}
        )


def test_bands() -> None:
    (example,) = examples("bands")
    for slug, band in example["volume"].items():
        assert volume_band(example["counts"], slug).level == band
    for change in example["trend"]:
        assert trend_band(Decimal(change["percent"]), is_clear=change["clear"]).level == change["band"]
    for one in example["harm"]:
        assert harm_band(Decimal(one["days"])).level == one["band"]
    for count, band in example["often"].items():
        assert often_band(count, words="in the year").level == band
    for one in example["spread"]:
        assert spread_band(one["wards"], areas="wards").level == one["band"]
    for one in example["forecast"]:
        year = ExpectedYear(one["expected"], one["low"], one["high"])
        assert forecast_band(one["last"], year).level == one["band"]


def test_firmness() -> None:
    chance, rankings = examples("firmness")
    cases = [a >= b for a in chance["a"] for b in chance["b"]]
    assert f"{sum(cases) / len(cases):.2f}" == chance["probability"]
    tau = kendall_tau(rankings["first"], rankings["second"])
    assert f"{tau:.2f}" == rankings["tau"]


def test_places() -> None:
    # The second example, how a divided LSOA is shared, is in test_divided.py.
    example, _ = examples("places")
    for case in example.values():
        new = {f"E0190002{at}": ward for at, ward in enumerate(case["successors"])}
        wards = lookup([{"lsoa_code": code, "ward_code": ward} for code, ward in new.items()])
        fit = lookup([{"lsoa_2011_code": "E01900002", "lsoa_code": code} for code in new])
        con, placed = place(
            ["E01900002"],
            (held("lookup-lsoa2021-ward2024", lsoa="2021", ward="2024"), wards),
            (held("lookup-lsoa2011-lsoa2021", lsoa="2021", lsoa_2011="2011"), fit),
        )
        assert (by_code(con, placed)["E01900002"]["ward_code"] or "shared") == case["placed_in"]


def test_consultation() -> None:
    (example,) = examples("consultation")
    found = {one.item: one for one in rank_items(example["places"])}
    assert {item: float(half_up(one.average or 0, 2)) for item, one in found.items()} == example["averages"]
    assert {item: one.points for item, one in found.items()} == example["points"]
    share = Fraction(example["chosen"], example["base"])
    assert half_up(100 * share) == example["share"]
    around = share_interval(share, example["base"])
    assert [int(half_up(Fraction(one) * 100)) for one in (around.low, around.high)] == example["interval"]
    before, now = (Fraction(str(example[name])) / 100 for name in ("before", "now"))
    assert float(half_up(100 * (now - before), 1)) == example["change"]
    moved = change_interval(before, example["bases"], now, example["bases"])
    assert [float(half_up(Fraction(one) * 100, 1)) for one in (moved.low, moved.high)] == example["change_interval"]


def test_usual_range() -> None:
    (example,) = examples("usual-range")
    assert {(one.expected, one.low, one.high) for one in usual_ranges(example["years"])} == {
        (example["expected"], *example["range"])
    }


def test_control() -> None:
    (example,) = examples("control")
    found = limits(example["values"])
    assert found is not None
    assert (found.mean, found.moving_range) == (example["mean"], example["moving_range"])
    assert [found.lower, found.upper] == pytest.approx(example["limits"])
    for name, values in example["signals"].items():
        last = signals(values, Limits(mean=10.0, moving_range=3.0, points=20))[-1]
        assert last is not None
        assert last.signal == name


def test_comparison() -> None:
    example, moves = examples("comparison")
    found = compare([AreaCount(str(at), count, example["base"]) for at, count in enumerate(example["counts"])])
    assert found is not None
    one = found.areas[0]
    assert found.mean == example["mean"]
    assert [round(end, 2) for end in (one.low_95, one.high_95)] == example["limits_95"]
    assert [round(end, 2) for end in (one.low_998, one.high_998)] == example["limits_998"]
    assert [[was, now, str(move(Place(was), Place(now)))] for was, now, _ in moves["moves"]] == moves["moves"]


def test_family() -> None:
    (example,) = examples("family")
    values = {name: {code: Fraction(one) for code, one in example[name].items()} for name in ("residents", "density")}
    found = family(example["own"], values, size=example["size"])
    assert [[one.code, round(one.distance, 1), one.alike.name.lower()] for one in found.neighbours] == example["family"]
    assert found.neighbours[3].alike is Alike.FAR


def test_hotspots() -> None:
    (example,) = examples("hotspots")
    counts, area = np.array(example["counts"]), example["area"]
    here = neighbours_from([(a, b) for a, b in example["touching"]], len(counts))
    others = [count for at, count in enumerate(example["counts"]) if at != area]
    pairs, observed = [a + b for a, b in combinations(others, 2)], int(here.sums(counts)[area])
    assert sum(pair >= observed for pair in pairs) == example["pairs_at_least"]
    assert sum(pair <= observed for pair in pairs) == example["pairs_at_most"]
    assert tails(counts, here, Draws(40_000, 40_000)).p[area] == pytest.approx(example["p"], abs=0.02)
    assert round(float(deviates(counts, here)[area]), 3) == example["gi_star"]
    assert patterns(counts, here)[area] == example["pattern"]


def test_rate_hotspots() -> None:
    (example,) = examples("rate-hotspots")
    assert standard_rates(example["counts"], example["residents"]).tolist() == example["ten_thousandths"]


def test_hex_hotspots() -> None:
    (example,) = examples("hex-hotspots")
    found = hexagons_at([point[:2] for point in example["points"]], example["width"])
    assert found.tolist() == [point[2:] for point in example["points"]]
    rule = example["rule"]
    ground = rule["square_kilometres"] * 1e6
    assert width_for(ground, rule["points"], rule["spacing"]) == rule["width"]
    assert round(ground / square_metres(rule["width"])) == rule["hexagons"]


def test_density() -> None:
    (example,) = examples("density")
    places, numbers = [one[:2] for one in example["incidents"]], [one[2:] for one in example["incidents"]]
    found = densities([one[:2] for one in example["at"]], places, numbers, example["bandwidth"])
    assert [round(float(one), 3) for one in found[:, 0]] == [one[2] for one in example["at"]]
    box = example["box"]
    assert bandwidth_for((0, 0, box["shorter_side"], 2 * box["shorter_side"]), box["spacing"]) == box["bandwidth"]


def test_concentration() -> None:
    (example,) = examples("concentration")
    for case in example.values():
        spread = [int(count) for count, places in case["places_by_count"].items() for _ in range(places)]
        found = concentration(spread)
        assert found is not None
        assert (str(half_up(found.gini, 3)), str(half_up(found.generalised, 3))) == (case["gini"], case["generalised"])
        assert {top.percent: f"{half_up(100 * top.share)}%" for top in found.tops} == case["top"]
        points = {top.percent: f"{top.places} {top.count}" for top in curve(spread)}
        assert {percent: points[percent] for percent in case["curve"]} == case["curve"]


def test_repeats() -> None:
    (example,) = examples("repeats")
    found = repeats([(key, day) for key, day in example["incidents"]], first=example["first"], last=example["last"])
    told = {name: getattr(found, name) for name in example["repeats"]}
    assert told == example["repeats"]
    given_ = example["offenders"]
    more = given_["offences"] - given_["others"]
    spread = concentration([*given_["most"], *([1] * (given_["others"] - more)), *([2] * more)])
    assert spread is not None
    tops = {top.percent: f"{top.places} {top.count} {half_up(100 * top.share)}" for top in spread.tops}
    assert {percent: tops[percent] for percent in example["top"]} == example["top"]


def test_near_repeats() -> None:
    (example,) = examples("near-repeats")
    places, days = zip(*((one[:2], one[2]) for one in example["incidents"]), strict=True)
    found = knox(places, days, distances=(100,), spans=(7, 14), permutations=9_999)
    pairs = {(one.distance, one.days): one for one in found.cells}
    assert {key: one.pairs for key, one in pairs.items() if one.pairs} == {tuple(k): n for *k, n in example["pairs"]}
    assert found.shared_points == example["shared"]
    assert pairs[100, 7].p == pytest.approx(example["p"], abs=0.02)


def test_forecasts() -> None:
    (example,) = examples("forecasts")
    counts = np.array([[*example["last_year"], *example["last_year"]]], dtype=float)
    found = carry(Method.MEAN, counts, np.array([24]), np.ones((1, 12)))
    root, noise = float(found.roots[0, 0]), float(found.noise[0])
    assert f"{noise:.4f}" == example["noise"]
    assert f"{root**2 + noise**2:.2f}" == example["expected"]
    assert list(ends_around(root, example["width"] * noise)) == example["interval"]


def test_season() -> None:
    (example,) = examples("season")
    found = seasons([example["year"]] * example["years"], first=1)
    assert found is not None
    november = found[10]
    assert (november.count, f"{november.expected:.1f}", str(half_up(november.percent, 1))) == (
        example["november"]["count"],
        example["november"]["expected"],
        example["november"]["percent"],
    )
    assert [number for number, one in enumerate(found, start=1) if one.clear > 0] == example["high"]


def test_several() -> None:
    (example,) = examples("several")
    assert sorted(clear_among(example["chances"])) == example["clear"]


def test_times() -> None:
    (example,) = examples("times")
    found = times([Stretch(*(datetime.fromisoformat(example[end]) for end in ("start", "end")))])
    parts = {
        f"{day} {hour}": str(part) for day, hours in enumerate(found.hours) for hour, part in enumerate(hours) if part
    }
    assert parts == example["parts"]


def test_severity() -> None:
    (example,) = examples("severity")
    given = [
        Offence(code, Fraction(days)) for codes, days in example["weights"].items() for code in str(codes).split("/")
    ]
    weights = code_weights(given, map(str, example["mix"]))
    mix = {str(code): count for code, count in example["mix"].items()}
    whole, homes = severity_of(mix, weights), severity_of({"28E": mix["28E"]}, weights)
    assert whole is not None
    assert homes is not None
    assert (whole.weight, whole.unweighed) == (example["severity"], example["unweighed"])
    assert float(whole.score(example["residents"])) == example["score"]
    assert float(whole.per_offence) == pytest.approx(example["mean_weight"])
    assert float(100 * homes.weight / whole.weight) == pytest.approx(example["share_of_28E"])
    assert 100 * homes.offences / whole.offences == pytest.approx(example["share_of_offences_28E"])


def test_harm() -> None:
    (example,) = examples("harm")
    offences = [Offence(one["code"], Fraction(one["days"]), is_attempt="attempt" in one) for one in example["offences"]]
    weights = code_weights(offences, ["28E", "30C"])
    assert weights["28E"].middle == example["weight_of_28E"]
    found = category_weight(example["own"], example["elsewhere"], weights, everywhere={})
    assert found is not None
    assert found.weight.middle == example["weight"]
    assert [found.low, found.high] == example["range"]
    assert [found.weight.lightest, found.weight.heaviest] == example["bounds"]
    weighed: dict[str, CategoryWeight] = {"Burglary": found}
    burglary = harm_of({"Burglary": example["incidents"]}, weighed)
    assert burglary is not None
    assert burglary.days == example["harm"]
    assert [burglary.low, burglary.high] == example["harm_range"]
    days, incidents = burglary.days + example["other_harm"], example["incidents"] + example["other_incidents"]
    share = share_of(burglary, Harm(days, days, days, days, days, incidents))
    assert share is not None
    assert 100 * share.harm == example["share_of_harm"]
    assert 100 * share.incidents == example["share_of_incidents"]


def test_road_casualties() -> None:
    (example,) = examples("road-casualties")
    sizes = {int(hurt): number for hurt, number in example["collisions"].items()}
    assert sum(hurt * number for hurt, number in sizes.items()) == example["casualties"]
    rate = casualty_rate(sizes, example["residents"])
    assert rate is not None
    assert float(half_up(rate.value, 2)) == example["rate"]
    assert [round(end, 2) for end in (rate.low, rate.high)] == example["interval"]
    ends = interval_of({1: example["casualties"]})
    assert [round(end * 10_000 / example["residents"], 2) for end in ends] == example["each_on_its_own"]
    mean = Fraction(sum(example["years"]), 3)
    assert float(half_up(mean, 2)) == example["mean_of_three_years"]
    shares = [Fraction(example["recorded_by_injury"][name], 100) for name in ("before", "now")]
    assert (recording_break(*shares) == "") is example["compared"]
    adjusted = example["adjusted"]
    chances = [Fraction(str(one)) for one in adjusted["chances"]]
    injured = [casualties(severity="slight", serious=one) for one in chances]
    within = [*injured, casualties(severity="fatal", number=adjusted["killed"], serious=None)]
    found = adjusted_severe(within, Period(Month(2024, 1), Month(2024, 12)))
    assert found == Fraction(str(adjusted["severe"]))


def test_cost() -> None:
    (example,) = examples("cost")
    costs = {}
    for name, one in example["categories"].items():
        found = mean_cost(one["mix"], example["costs"])
        assert found == (one["pounds"], Fraction(one["covered"], 100))
        costs[name] = CategoryCost(found[0], found[0], found[0], found[1])
    whole = cost_of(example["incidents"], costs)
    assert whole is not None
    assert (whole.pounds, 100 * whole.covered) == (example["cost"], Fraction(str(example["covered"])))


def test_deprivation() -> None:
    (example,) = examples("deprivation")
    found = fifths_of(example["deciles"])
    assert list(found.counts) == example["fifths"]
    assert found.unknown == example["unknown"]


def test_forces() -> None:
    (example,) = examples("forces")
    rates = {code: None if rate is None else Fraction(rate) for code, rate in example["rates"].items()}
    found = standing(example["own"], rates)
    assert found is not None
    assert (found.rank, found.tied, found.number) == (example["rank"], example["tied"], example["number"])
    assert found.mean == Fraction(str(example["mean"]))
    assert found.rate - example["national"] == example["difference"]
    assert list(found.without) == example["without"]
