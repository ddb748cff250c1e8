"""A few blocks of an analysis as a small report of their own, so that a page prints them as documents do."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wardmote.printing.blocks import Block, Report, figure_refs

from . import source_of


def blocks_report(blocks: Sequence[Block], analysis: Mapping[str, Any]) -> Report:
    """Return blocks as a report whose numbers have their sources."""
    keys = dict.fromkeys(found.key for found in figure_refs(tuple(blocks)))
    return Report(
        title="Evidence",
        caption="",
        partnership=analysis["partnership"],
        status="issued",
        as_at=date.fromisoformat(analysis["as_at"]),
        blocks=tuple(blocks),
        figures=tuple(source_of(analysis, key) for key in keys),
        is_sample=analysis["is_sample"],
    )
