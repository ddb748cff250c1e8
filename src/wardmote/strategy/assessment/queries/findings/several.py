"""Which changes stay clear when one allows for how many problems, or wards of a problem, are compared side by side."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, TypeVar

from wardmote.analytics.measures.interval import Dispersion, chance, dispersion
from wardmote.analytics.measures.several import clear_among
from wardmote.analytics.measures.words import Verdict
from wardmote.foundations.periods import Period

from .series import Series, unbroken

YEAR: Final = 12
MOST_YEARS: Final = 5
# The wards' noise is taken from the district's two years of twelve months: (2 - 1) x (12 - 1).
WARD_DEGREES: Final = 11
SURE: Final = (Verdict.RISE, Verdict.FALL, Verdict.NONE)
Content = Mapping[str, Any]
Counts = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)


def add_several(problems: Sequence[dict[str, Any]], histories: Mapping[str, Series], period: Period) -> None:
    """Put beside each problem its verdict among all problems that are compared, and those of its wards."""
    compared = {
        problem["slug"]: _counts(problem["change"].get("previous"), problem["change"].get("current"))
        for problem in problems
        if problem["change"].get("verdict") in SURE
    }
    spreads = {slug: _spread(histories[slug], period) for slug in compared if slug in histories}
    verdicts = _among({slug: (counts, spreads.get(slug)) for slug, counts in compared.items() if counts is not None})
    for problem in problems:
        if problem["measured"]:
            verdict = verdicts.get(problem["slug"], "")
            problem["several"] = {"verdict": verdict, "of": len(verdicts), "places": place_verdicts(problem)}


def place_verdicts(problem: Content) -> dict[str, str]:
    """Return by code the verdict of each area whose two counts are shown, among all of them.

    Noise is that of the problem's own months, as on the wards' pages; nothing where it is not known.
    """
    phi = problem["change"].get("phi")
    if phi is None:
        return {}
    spread = Dispersion(max(1.0, float(phi)), WARD_DEGREES)
    counts = {row["code"]: _counts(row["before"], row["count"]) for row in problem["places"]}
    return _among({code: (pair, spread) for code, pair in sorted(counts.items()) if pair is not None})


def _counts(previous: Any, current: Any) -> Counts | None:
    return None if previous is None or current is None else (int(previous), int(current))


def _spread(history: Series, period: Period) -> Dispersion | None:
    counts = unbroken(history, period.last)
    years = min(len(counts) // YEAR, MOST_YEARS)
    kept = counts[len(counts) - years * YEAR :]
    return dispersion([kept[at : at + YEAR] for at in range(0, len(kept), YEAR)])


def _among(changes: Mapping[Key, tuple[Counts, Dispersion | None]]) -> dict[Key, str]:
    chances = {
        name: chance(*counts, spread)
        for name, (counts, spread) in changes.items()
        if spread is not None and any(counts)
    }
    clear = clear_among(chances)
    return {name: str(_verdict(changes[name][0], is_clear=name in clear)) for name in chances}


def _verdict(counts: Counts, *, is_clear: bool) -> Verdict:
    if not is_clear:
        return Verdict.NONE
    return Verdict.RISE if counts[1] > counts[0] else Verdict.FALL
