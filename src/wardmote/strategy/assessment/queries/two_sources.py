"""Two sources of a problem in an analysis: what each says of the year, and which is the figure we publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardmote.analytics.measures.change import Compared
from wardmote.analytics.measures.partner import partner_change, partner_figures, total_over
from wardmote.analytics.measures.words import change_sentence, percent_change
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import Effect, RecordingChange, source_differences
from wardmote.foundations.periods import Month, Period, before
from wardmote.foundations.rounding import half_up
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.evidence.models import Release, SourcePair
from wardmote.strategy.evidence.queries import warehouse
from wardmote.strategy.evidence.queries.changes import changes_known
from wardmote.strategy.evidence.queries.pairs import FIGURES, partner_releases, supplier_of
from wardmote.strategy.evidence.rules.pairs import Chosen, gap_between

PLACES = 6


@dataclass(frozen=True)
class PairedSource:
    """A partner's figures of a problem as an analysis reads them: its releases, and what was said of them."""

    problem: str
    dataset: str
    measure: str
    areas: tuple[str, ...]
    supplier: str
    releases: tuple[HeldRelease, ...]
    reasons: tuple[str, ...]
    note: str
    is_published: bool
    why: str
    changes: tuple[RecordingChange, ...] = ()


def pairs_for(partnership: Partnership, *, until: date | None = None) -> tuple[PairedSource, ...]:
    """Return the pairs of a partnership with the releases accepted by a day; those without any are left out."""
    found = (
        (pair, partner_releases(partnership, pair.dataset, until=until)) for pair in partnership.source_pairs.all()
    )
    words = {one.code: one.words for one in source_differences()}
    return tuple(_paired(pair, releases, words) for pair, releases in found if releases)


def _paired(pair: SourcePair, releases: Sequence[Release], words: dict[str, str]) -> PairedSource:
    return PairedSource(
        problem=pair.problem,
        dataset=pair.dataset,
        measure=pair.measure,
        areas=tuple(pair.areas),
        supplier=supplier_of(releases[-1]),
        releases=tuple(
            HeldRelease(one.digest, one.dataset, FIGURES, tuple(one.manifest["months"]), {}, one.is_sample)
            for one in releases
        ),
        reasons=tuple(words[code] for code in pair.reasons if code in words),
        note=pair.note,
        is_published=pair.chosen == Chosen.PARTNER,
        why=pair.why,
        changes=changes_known(pair.partnership, dataset=pair.dataset),
    )


def _broken(pair: PairedSource, spans: Compared) -> str:
    """Say which changes in the partner's recording keep its two years from being compared."""
    first, last = spans.previous.first, spans.current.last
    inside = [one for one in pair.changes if first < Month.parse(one.month) <= last]
    return " ".join(one.words for one in inside if one.effect is Effect.BREAK)


def two_sources(con: Any, pair: PairedSource, *, period: Period, open_count: int | None, title: str) -> dict[str, Any]:
    """Return what an analysis holds of a pair, as plain values: the partner's year, its change, and the gap."""
    tables = [warehouse().table(con, one.release) for one in pair.releases]
    figures = partner_figures(con, tables, measure=pair.measure, areas=pair.areas)
    now, spans = total_over(figures, period), Compared(before(period), period)
    changed = partner_change(figures, spans, broken=_broken(pair, spans))
    previous = changed.previous if now.value is not None else None
    gap = gap_between(open_count, now.value)
    percent = None if previous is None or now.value is None else percent_change(previous, now.value)
    words = ""
    if changed.reason.startswith("change in recording"):
        percent, words = None, f"{title}: no comparison, {changed.reason}"
    elif previous is not None and now.value is not None:
        words = change_sentence(title, (previous, now.value), (spans.previous, spans.current), changed.verdict)
    return {
        "supplier": pair.supplier,
        "measure": pair.measure,
        "areas": list(pair.areas),
        "dataset": pair.dataset,
        "releases": [[one.dataset, one.release] for one in pair.releases],
        "is_published": pair.is_published and now.value is not None,
        "why": pair.why,
        "count": now.value,
        "before": previous,
        "missing": now.missing,
        "percent": None if percent is None else str(half_up(percent, PLACES)),
        "verdict": str(changed.verdict),
        "words": words,
        "gap": gap.words if gap else "",
        "reasons": list(pair.reasons),
        "note": pair.note,
    }
