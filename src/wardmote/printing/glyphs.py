"""Which characters our two typefaces can print, so that a report never fails on a letter that they lack."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# White square: both that something stood here and that we could not print it.
SUBSTITUTE = "\u25a1"


def printable(words: str) -> str:
    """Composed text in which characters without a glyph are squares, and invisible ones are gone."""
    return unicodedata.normalize("NFC", words).translate(_GLYPHS)


class _Glyphs(dict[int, str]):
    """What is printed for each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _printable(chr(code))
        return self[code]


_GLYPHS = _Glyphs()


def _printable(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return letter if ord(letter) in _covered() else SUBSTITUTE


@cache
def _covered() -> frozenset[int]:
    return frozenset(code for name in ("PublicSans-Regular", "DejaVuSans") for code in _codes(FONTS / f"{name}.ttf"))


def _codes(font: Path) -> frozenset[int]:
    """The character map of a TrueType file (OpenType specification, tables `cmap` format 4 and 12)."""
    content = font.read_bytes()
    (tables,) = struct.unpack_from(">H", content, 4)
    # A directory of 16 bytes a table: name, checksum, offset, length.
    directory = (struct.unpack_from(">4sII", content, 12 + 16 * number) for number in range(tables))
    places = {name: offset for name, _, offset in directory}
    start = places[b"cmap"]
    (count,) = struct.unpack_from(">H", content, start + 2)
    found: set[int] = set()
    for number in range(count):
        (offset,) = struct.unpack_from(">I", content, start + 8 + 8 * number)
        found |= _subtable(content, start + offset)
    return frozenset(found)


def _subtable(content: bytes, start: int) -> set[int]:
    (kind,) = struct.unpack_from(">H", content, start)
    if kind == 4:
        return _segments(content, start)
    if kind == 12:
        (groups,) = struct.unpack_from(">I", content, start + 12)
        ranges = (struct.unpack_from(">II", content, start + 16 + 12 * n) for n in range(groups))
        return {code for first, last in ranges for code in range(first, last + 1)}
    return set()


def _segments(content: bytes, start: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", content, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", content, start + 14)
    firsts = struct.unpack_from(f">{count}H", content, start + 16 + doubled)
    # The last segment is always the end mark 0xFFFF.
    return {code for first, end in zip(firsts, ends, strict=True) for code in range(first, end + 1) if code != 0xFFFF}
