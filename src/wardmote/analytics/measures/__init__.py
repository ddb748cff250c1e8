"""One file per measure: counts, rates, shares, change, scoring; a measure takes evidence and a question."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from wardmote.analytics.measures.change import change
from wardmote.analytics.measures.counts import counts
from wardmote.analytics.measures.evidence import Evidence, gather
from wardmote.analytics.measures.figures import Column, Figures, FiguresRefused, Query
from wardmote.analytics.measures.rates import rates
from wardmote.analytics.measures.rows import rows_behind, write_csv
from wardmote.analytics.measures.shares import shares

MEASURES: Final[Mapping[str, Callable[[Evidence, Query], Figures]]] = MappingProxyType(
    {"counts": counts, "rates": rates, "shares": shares, "change": change}
)

__all__ = [
    "MEASURES",
    "Column",
    "Evidence",
    "Figures",
    "FiguresRefused",
    "Query",
    "change",
    "counts",
    "gather",
    "rates",
    "rows_behind",
    "shares",
    "write_csv",
]
