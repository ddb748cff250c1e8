"""Turns our SVG drawings into PNG, for documents that cannot show SVG everywhere; the same drawing, the same bytes."""

import json
from collections.abc import Sequence
from pathlib import Path

from wardmote.printing.typesetter import typeset

_TEMPLATE = Path(__file__).parent / "picture.typ"
DOTS_PER_INCH = 200


def bitmaps(drawings: Sequence[tuple[str, int]]) -> tuple[bytes, ...]:
    """Each SVG, drawn at its width in millimetres, as PNG at 200 dots an inch."""
    if not drawings:
        return ()
    content = json.dumps([{"svg": svg, "width": width} for svg, width in drawings], ensure_ascii=False)
    return typeset(_TEMPLATE, {"drawings": content}, format="png", ppi=DOTS_PER_INCH)
