"""Reads the words of a PDF back, page by page, from its glyphs' own Unicode maps."""

import io
import re

import pikepdf


def text_of(document: bytes) -> list[str]:
    """The text of each page in the order in which it is drawn."""
    with pikepdf.open(io.BytesIO(document)) as opened:
        return [_page(page) for page in opened.pages]


def _page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    current: dict[int, str] = {}
    words: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = fonts[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            for item in operands[0] if str(operator) == "TJ" else operands:
                words += _shown(item, current)
    return "".join(words)


def _shown(item: object, letters: dict[int, str]) -> list[str]:
    if not isinstance(item, pikepdf.String):
        return []
    codes = bytes(item)
    return [letters.get(int.from_bytes(codes[place : place + 2]), "") for place in range(0, len(codes), 2)]


def _letters(font: pikepdf.Object) -> dict[int, str]:
    """The ToUnicode map: single codes and ranges of codes (PDF 32000-1, 9.10.3)."""
    cmap = font.ToUnicode.read_bytes().decode("ascii", "replace")
    found: dict[int, str] = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, words in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", body):
            found[int(code, 16)] = bytes.fromhex(words).decode("utf-16-be")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, words in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", body):
            start = int.from_bytes(bytes.fromhex(words))
            for place in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + place] = chr(start + place)
    return found
