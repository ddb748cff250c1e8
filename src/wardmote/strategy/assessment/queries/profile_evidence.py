"""The evidence items of a problem's profile: what the analysis says of each, as a sentence and as figures to quote."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wardmote.definitions import small_counts
from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import Figure, Kind

from .findings.at_risk import at_risk_unit, at_risk_words
from .findings.comparison import comparison_words, own_area
from .findings.concentration import concentration_sentence, told_top
from .findings.forces import force_words
from .findings.forecast import forecast_figures, forecast_sentences
from .findings.harm import harm_words
from .findings.hexes import hex_numbers, hex_sentence
from .findings.hotspots import hotspot_numbers, hotspot_sentence
from .findings.hours import hours_figures, hours_sentence
from .findings.near_repeats import near_figures, near_sentence
from .findings.rate_hotspots import rate_hotspot_numbers, rate_hotspot_sentence
from .findings.repeats import repeats_figures, repeats_sentence
from .findings.season import season_figures, season_sentences
from .findings.usual import usual_sentences

Content = Mapping[str, Any]
MOST_NAMED: Final = 3
FEWEST_MONTHS: Final = 3


@dataclass(frozen=True)
class EvidenceItem:
    """An item of the evidence: the sentence that the analysis proposes, empty where it has none, and its figures."""

    item: Item
    proposed: str
    figures: tuple[Figure, ...]


def evidence_items(problem: Content, analysis: Content) -> tuple[EvidenceItem, ...]:
    """Return what the analysis holds about a measured problem, item by item; nothing where it cannot be measured."""
    if not problem["measured"]:
        return ()
    found = (
        EvidenceItem(Item.CHANGE, _change_words(problem), _change(problem, analysis)),
        EvidenceItem(Item.WHEN, _when_words(problem, analysis), _when(problem)),
        EvidenceItem(Item.USUAL, " ".join(usual_sentences(problem)), _usual(problem)),
        EvidenceItem(Item.SEASON, " ".join(season_sentences(problem)), _season(problem)),
        EvidenceItem(Item.FORECAST, " ".join(forecast_sentences(problem)), _forecast(problem)),
        EvidenceItem(Item.WHERE, _where_words(problem, analysis), _where(problem, analysis)),
        EvidenceItem(Item.SHARE, _share_words(problem), _share(problem, analysis)),
        EvidenceItem(Item.RATE, _rates_words(problem), _rate(problem)),
        EvidenceItem(Item.HARM, harm_words(problem, analysis), _harm(problem, analysis)),
        EvidenceItem(Item.COMPARISON, _compared_words(problem), (*_comparison(problem), *_force(problem))),
        EvidenceItem(Item.HOTSPOTS, _hotspot_words(problem, analysis), _hotspots(problem, analysis)),
        EvidenceItem(Item.CONCENTRATION, concentration_sentence(problem), _concentration(problem)),
        EvidenceItem(Item.HOURS, hours_sentence(problem), _of_list(problem, "hours", hours_figures(problem))),
        EvidenceItem(Item.REPEATS, repeats_sentence(problem), _of_list(problem, "repeats", repeats_figures(problem))),
        EvidenceItem(Item.NEAR_REPEATS, near_sentence(problem), _of_list(problem, "near", near_figures(problem))),
    )
    return tuple(item for item in found if item.figures)


def figures_of(items: tuple[EvidenceItem, ...]) -> dict[str, Figure]:
    """Return every figure of a problem by its key."""
    return {figure.key: figure for item in items for figure in item.figures}


def _figure(problem: Content, rest: str, kind: Kind, value: Any, name: str, *, of: str = "") -> tuple[Figure, ...]:
    """Return a figure, or none where the analysis holds no value: missing, or hidden as a small count."""
    if value is None or value == "":
        return ()
    return (Figure(f"{problem['slug']}.{rest}", kind, Decimal(str(value)), name, of),)


def _change(problem: Content, analysis: Content) -> tuple[Figure, ...]:
    change, before = problem["change"], analysis["before"]["words"]
    return (
        *_count(problem, analysis),
        *_figure(problem, "before", Kind.COUNT, change.get("previous"), f"incidents in the {before}"),
        *_figure(problem, "change", Kind.CHANGE, change.get("percent"), f"change on the {before}"),
        *_figure(problem, "difference", Kind.DIFFERENCE, _difference(problem), f"difference from the {before}"),
        *_figure(problem, "change.low", Kind.CHANGE, change.get("low"), "lower end of the interval of the change"),
        *_figure(problem, "change.high", Kind.CHANGE, change.get("high"), "upper end of the interval of the change"),
    )


def _count(problem: Content, analysis: Content) -> tuple[Figure, ...]:
    """Return the number of incidents: one figure, however many items tell it, so that it is flagged when it moves."""
    count = problem["rate"].get("count")
    return _figure(problem, "count", Kind.COUNT, count, f"incidents in the {analysis['period']['words']}")


def _difference(problem: Content) -> int | None:
    now, then = problem["change"].get("current"), problem["change"].get("previous")
    return None if now is None or then is None else int(now) - int(then)


def _change_words(problem: Content) -> str:
    words = str(problem["change"].get("words") or "")
    return f"{words}." if words else ""


def _when(problem: Content) -> tuple[Figure, ...]:
    named = ((month, Month.parse(month).words(), count) for month, count in problem["months"].items())
    return tuple(
        figure
        for month, words, count in named
        for figure in _figure(problem, f"month.{month}", Kind.COUNT, count, f"incidents in {words}", of=words)
    )


def _when_words(problem: Content, analysis: Content) -> str:
    first, last = analysis["period"]["first"], analysis["period"]["last"]
    known = {month: count for month, count in problem["months"].items() if first <= month <= last}
    # With a month missing or hidden nobody can say which had most, and which fewest.
    if len(known) < FEWEST_MONTHS or None in known.values() or len(set(known.values())) == 1:
        return ""
    most, fewest = max(known, key=lambda m: known[m]), min(known, key=lambda m: known[m])
    said = "were found" if problem.get("police_generated") else "were recorded"
    return (
        f"In the {analysis['period']['words']} the most {said} in {Month.parse(most).words()} "
        f"({with_thousands(known[most])}), the fewest in {Month.parse(fewest).words()} "
        f"({with_thousands(known[fewest])})."
    )


def _usual(problem: Content) -> tuple[Figure, ...]:
    """Return the ends of the usual range of each month that lies outside it, with its count."""
    found = problem.get("usual") or {}
    named = ((month, Month.parse(month).words(), found["months"][month]) for month in found.get("outside", {}))
    return (
        (
            *_when(problem),
            *(
                figure
                for month, words, one in named
                for end, name in (("low", "lower"), ("high", "upper"))
                for figure in _figure(
                    problem, f"usual.{month}.{end}", Kind.COUNT, one[end], f"{name} end of the usual range", of=words
                )
            ),
        )
        if found
        else ()
    )


def _season(problem: Content) -> tuple[Figure, ...]:
    return tuple(
        figure
        for rest, (value, name, of) in season_figures(problem).items()
        for figure in _figure(problem, rest, Kind.CHANGE, value, name, of=of)
    )


def _forecast(problem: Content) -> tuple[Figure, ...]:
    return tuple(
        figure
        for rest, (value, name) in forecast_figures(problem).items()
        for figure in _figure(problem, rest, Kind.COUNT, value, name)
    )


def _where(problem: Content, analysis: Content) -> tuple[Figure, ...]:
    places, total = problem["places"], _placed(problem)
    now, before = analysis["period"]["words"], analysis["before"]["words"]
    rows = [
        figure
        for row in places
        for what, kind, name in (
            ("count", Kind.COUNT, f"incidents in {row['name']}, {now}"),
            ("before", Kind.COUNT, f"incidents in {row['name']}, {before}"),
            ("rate", Kind.RATE, f"rate of {row['name']}, {now}"),
        )
        for figure in _figure(problem, f"place.{row['code']}.{what}", kind, row.get(what), name, of=row["name"])
    ]
    if not rows:
        return ()
    return (
        *rows,
        *_figure(problem, "where.areas", Kind.COUNT, len(places), "areas"),
        *_figure(problem, "where.total", Kind.COUNT, total, "incidents placed in an area"),
        *_figure(problem, "where.share", Kind.SHARE, _top_share(problem), "share of the areas with most incidents"),
    )


def _placed(problem: Content) -> int | None:
    """Return how many incidents lie in an area; None where any count is hidden, which the sum would give away."""
    counts = [row["count"] for row in problem["places"]]
    return sum(counts) if counts and all(count is not None for count in counts) else None


def _top(problem: Content) -> list[Content]:
    """Return the areas with most incidents; an area with a small count is never named."""
    named = [row for row in problem["places"] if (row["count"] or 0) >= small_counts().threshold]
    return sorted(named, key=lambda row: (-row["count"], row["name"]))[:MOST_NAMED]


def _top_share(problem: Content) -> Decimal | None:
    total, top = _placed(problem), _top(problem)
    if not total or len(top) < MOST_NAMED or total < small_counts().smallest_base:
        return None
    return half_up(Decimal(100 * sum(row["count"] for row in top)) / total, 1)


def _where_words(problem: Content, analysis: Content) -> str:
    top, share = _top(problem), _top_share(problem)
    if len(problem["places"]) <= MOST_NAMED or len(top) < MOST_NAMED or share is None:
        return ""
    # By name: an area is never ranked worst first.
    named = [f"{row['name']} ({with_thousands(row['count'])})" for row in sorted(top, key=lambda row: row["name"])]
    estimated = [row["name"] for row in sorted(top, key=lambda row: row["name"]) if row.get("shared", {}).get("count")]
    also = f" Part of the figure of {', '.join(estimated)} is an estimate." if estimated else ""
    areas = "wards" if analysis["place_level"] == "ward" else "small areas"
    return (
        f"Of {len(problem['places'])} {areas}, {', '.join(named[:-1])} and {named[-1]} had most: together "
        f"{half_up(share)}% of the {with_thousands(_placed(problem) or 0)} that can be placed in one.{also}"
    )


def _hotspot_words(problem: Content, analysis: Content) -> str:
    told = (hotspot_sentence, rate_hotspot_sentence, hex_sentence)
    said = (sentence(problem, analysis) for sentence in told)
    return " ".join(sentence for sentence in said if sentence)


def _hotspots(problem: Content, analysis: Content) -> tuple[Figure, ...]:
    numbers = {
        **{f"hotspots.{what}": told for what, told in hotspot_numbers(problem).items()},
        **{f"rate_hotspots.{what}": told for what, told in rate_hotspot_numbers(problem).items()},
        **{f"hex_hotspots.{what}": told for what, told in hex_numbers(problem, analysis).items()},
    }
    return tuple(
        figure
        for rest, (number, name) in numbers.items()
        for figure in _figure(problem, rest, Kind.COUNT, number, name)
    )


def _concentration(problem: Content) -> tuple[Figure, ...]:
    top, found = told_top(problem), problem.get("concentration")
    if top is None or not found:
        return ()
    return (
        *_figure(problem, "concentration.places", Kind.COUNT, found["places"], "areas"),
        *_figure(problem, "concentration.count", Kind.COUNT, found["count"], "incidents placed in an area"),
        *_figure(problem, "concentration.top", Kind.COUNT, top["places"], "a tenth of the areas, those with most"),
        *_figure(problem, "concentration.share", Kind.SHARE, top["share"], "share of the tenth of areas with most"),
    )


def _of_list(problem: Content, name: str, told: Mapping[str, tuple[str, str, str]]) -> tuple[Figure, ...]:
    """Return the figures of a finding that a list of incidents gave."""
    return tuple(
        figure
        for rest, (value, words, kind) in told.items()
        for figure in _figure(problem, f"{name}.{rest}", Kind(kind), value, words)
    )


def _share(problem: Content, analysis: Content) -> tuple[Figure, ...]:
    share = problem["share"]
    if share.get("share") is None:
        return ()
    return (
        *_figure(problem, "share", Kind.SHARE, share.get("share"), "share of everything recorded"),
        *_count(problem, analysis),
        *_figure(problem, "share.total", Kind.COUNT, share.get("total"), "everything recorded"),
    )


def _share_words(problem: Content) -> str:
    share = problem["share"]
    if None in (share.get("share"), share.get("count"), share.get("total")):
        return ""
    return (
        f"{problem['title']}: {with_thousands(Decimal(share['share']), 1)}% of everything recorded, "
        f"{with_thousands(int(share['count']))} of {with_thousands(int(share['total']))} incidents."
    )


def _rate(problem: Content) -> tuple[Figure, ...]:
    rate, found = problem["rate"], problem.get("at_risk") or {}
    own: tuple[Figure, ...] = ()
    if found:
        words = found["words"]
        own = (
            *_figure(problem, "at_risk.rate", Kind.RATE, found["rate"], f"rate {at_risk_unit(problem)}"),
            *_figure(problem, "at_risk.value", Kind.COUNT, found["value"], f"{words} of {found['year']}"),
        )
    if rate.get("rate") is None:
        return own
    return (
        *_figure(problem, "rate", Kind.RATE, rate["rate"], "rate per 1,000 residents"),
        *_figure(problem, "population", Kind.COUNT, rate.get("population"), "residents"),
        *own,
    )


def _rates_words(problem: Content) -> str:
    return " ".join(words for words in (_rate_words(problem), at_risk_words(problem)) if words)


def _rate_words(problem: Content) -> str:
    rate = problem["rate"]
    if rate.get("rate") is None or not rate.get("population"):
        return ""
    residents = with_thousands(Decimal(str(rate["population"])))
    return (
        f"That is {with_thousands(Decimal(rate['rate']), 1)} incidents per 1,000 residents, counting the {residents} "
        f"residents of mid-{rate.get('population_year')}."
    )


def _comparison(problem: Content) -> tuple[Figure, ...]:
    found = problem.get("comparison") or {}
    if not found:
        return ()
    own = own_area(found)
    return (
        *_rate(problem),
        *_figure(problem, "comparison.rate", Kind.RATE, own["rate"], "rate per 1,000 residents, as compared"),
        *_figure(problem, "comparison.mean", Kind.RATE, found["mean"], "mean of the rates of the districts compared"),
        *_figure(problem, "comparison.areas", Kind.COUNT, len(found["areas"]), "districts compared"),
        *_figure(problem, "comparison.tied", Kind.COUNT, own["tied"] - 1, "districts with the same rate"),
    )


def _compared_words(problem: Content) -> str:
    return " ".join(filter(None, (comparison_words(problem), force_words(problem))))


def _force(problem: Content) -> tuple[Figure, ...]:
    found = problem.get("force") or {}
    if not found:
        return ()
    rates = {
        "rate": "rate of the whole police force area",
        "mean": "mean of the rates of the police force areas",
        "national": "rate of England and Wales",
    }
    return (
        *(
            one
            for name, words in rates.items()
            for one in _figure(problem, f"force.{name}", Kind.RATE, found[name], words)
        ),
        *_figure(problem, "force.number", Kind.COUNT, found["number"], "police force areas compared"),
        *_figure(problem, "force.tied", Kind.COUNT, found["tied"] - 1, "police force areas with the same rate"),
    )


def _harm(problem: Content, analysis: Content) -> tuple[Figure, ...]:
    found = problem.get("harm") or {}
    if "share" not in found:
        return ()
    days = {
        "days": "harm days, estimated",
        "low": "lower end of the range of harm days",
        "high": "upper end of the range of harm days",
        "lightest": "harm days by the lightest offence of every code",
        "heaviest": "harm days by the heaviest offence of every code",
    }
    shares = {"share": "share of the harm weighed", "incident_share": "share of the incidents weighed"}
    return (
        *(
            one
            for name, words in days.items()
            for one in _figure(problem, f"harm.{name}", Kind.COUNT, found[name], words)
        ),
        *(
            one
            for name, words in shares.items()
            for one in _figure(problem, f"harm.{name}", Kind.SHARE, found[name], words)
        ),
        *_count(problem, analysis),
    )
