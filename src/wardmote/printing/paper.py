"""What every printed form shares: numbers led to their sources, an annex of tables, the list of sources, releases.

PDF and DOCX are set from this one shape, so that a number has the same place in both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import ascii_uppercase
from typing import Any

from wardmote.printing.blocks import FigureRef, FigureSource, Heading, Issue, Picture, Report, Table, plain
from wardmote.printing.charts import AreaMap, Titled, draw
from wardmote.printing.datafile import structure
from wardmote.printing.dates import words
from wardmote.printing.glyphs import printable


def document(report: Report, issue: Issue | None) -> dict[str, Any]:
    """The report as plain mappings, ready to be set: every text printable, every number with its place."""
    shape: dict[str, Any] = _words_that_print(_document(report, issue))
    return shape


def _document(report: Report, issue: Issue | None) -> dict[str, Any]:
    groups = _groups(report.figures)
    numbers = {source.key: place for place, group in enumerate(groups, start=1) for source in group}
    pictures = [block for block in report.blocks if isinstance(block, Picture)]
    letters = _letters(report.figures)
    language, _, region = report.language.partition("-")
    return {
        **{name: getattr(report, name) for name in ("title", "caption", "partnership", "status", "is_sample")},
        "lang": language,
        "region": region or "GB",
        "as_at_words": words(report.as_at),
        "count_words": f"{len(numbers):,} figures, their sources at the end" if numbers else "No figures",
        "title_size": 34 if len(report.title) < 48 else 27 if len(report.title) < 90 else 21,
        "long": sum(isinstance(block, Heading) and block.level < 4 for block in report.blocks) > 22,
        "issue": _issue(issue),
        "blocks": [_block(block, numbers, pictures) for block in report.blocks],
        "annex": [_annex(picture, place, numbers) for place, picture in enumerate(pictures, start=1)],
        "sources": [_source(group, place, letters) for place, group in enumerate(groups, start=1)],
        "releases": [
            {"letter": letter, "dataset": dataset, "digest": digest} for (dataset, digest), letter in letters.items()
        ],
    }


def _issue(issue: Issue | None) -> list[list[str]]:
    """What the first page says of the issue, name by name."""
    if issue is None:
        return []
    rows = [["Version", str(issue.number)], ["Issued on", words(issue.on)], ["Issued by", issue.by]]
    said = [["Approval", issue.approved], ["Replaces", issue.replaces]]
    return [*rows, *([name, words_] for name, words_ in said if words_)]


def _block(block: Any, numbers: Mapping[str, int], pictures: list[Picture]) -> dict[str, Any]:
    if isinstance(block, Picture):
        return _picture(block, pictures.index(block) + 1)
    if isinstance(block, Table):
        return _table(block, numbers)
    shape: dict[str, Any] = _numbered(structure(block), numbers)
    return shape


def _table(block: Table, numbers: Mapping[str, int]) -> dict[str, Any]:
    """A table; where all numbers of a column have one source its head says so, instead of every cell."""
    shape: dict[str, Any] = _numbered(structure(block), numbers)
    for place, column in enumerate(shape["columns"]):
        cells = [row[place] for row in shape["rows"]]
        found = {item["number"] for cell in cells for item in cell if isinstance(item, dict) and "number" in item}
        if len(found) == 1 and len(cells) > 1:
            column["number"] = min(found)
            for row in shape["rows"]:
                row[place] = [
                    item["text"] if isinstance(item, dict) and "number" in item else item for item in row[place]
                ]
    return shape | {"widths": _widths(block), "keep": _fits_together(block)}


def _fits_together(table: Table) -> bool:
    """Whether a table is so short that it goes to the next page as a whole, instead of breaking."""
    told = sum(len(plain(cell)) for row in table.rows for cell in row)
    return len(table.rows) <= SHORT_ROWS and told <= SHORT_CHARACTERS


def _picture(block: Picture, place: int) -> dict[str, Any]:
    titled = Titled(printable(block.title), printable(block.description), f"report-picture-{place}")
    return {
        "kind": "picture",
        "title": block.title,
        "subtitle": block.subtitle,
        "source": block.source.rstrip("."),
        "description": block.description,
        "svg": printable(draw(block.chart, titled, width="wide")),
        "width": 78 if isinstance(block.chart, AreaMap) else 100,
        "annex": f"report-annex-{place}",
        "annex_words": f"table {place} of the annex",
    }


def _annex(picture: Picture, place: int, numbers: Mapping[str, int]) -> dict[str, Any]:
    anchor = {"anchor": f"report-annex-{place}", "caption": f"Table {place}. {picture.table.caption}"}
    return {**_table(picture.table, numbers), **anchor}


def _numbered(value: Any, numbers: Mapping[str, int]) -> Any:
    """Every number gets its place in the list of sources, and the anchor to lead to."""
    if isinstance(value, list):
        return [_numbered(item, numbers) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") == FigureRef.__name__.lower():
        number = numbers[value["key"]]
        return {**value, "number": number, "target": f"report-source-{number}"}
    return {key: _numbered(item, numbers) for key, item in value.items()}


def _widths(table: Table) -> list[dict[str, float]]:
    """Widths of columns: numbers get what their cells and two lines of heading need, words share the rest.

    `pt` is a length in points, `fr` a share of what is left.
    """
    numeric = [column.numeric for column in table.columns]
    if all(numeric):
        return [{"fr": 10.0} for _ in numeric]
    room = LINE - ROOM_FOR_WORDS * numeric.count(False)
    needs: list[int] = []
    # Where it is crowded an interval may break before or after its “to”.
    for most in MOST_OF_A_NUMBER:
        needs = [_need(table, place, most=most) for place in range(len(numeric))]
        if sum(need for need, is_number in zip(needs, numeric, strict=True) if is_number) <= room:
            break
    return [
        {"pt": need * CHARACTER + INSETS} if is_number else {"fr": float(need)}
        for need, is_number in zip(needs, numeric, strict=True)
    ]


# A third of a page of print.
SHORT_ROWS, SHORT_CHARACTERS = 12, 1600
# Of the set type, in points: a character of a table, the space beside a cell; in characters, a line and what it holds.
CHARACTER, INSETS = 5.4, 11.0
LINE, ROOM_FOR_WORDS = 78, 16
MOST_OF_A_NUMBER = (23, 15, 11)


def _need(table: Table, place: int, *, most: int) -> int:
    """Return how many characters a column needs: of words by their length, of numbers as little as they fit in."""
    column = table.columns[place]
    told = [plain(row[place]) for row in table.rows]
    word = max(len(word) for text in (column.title, *told) for word in (text.split() or [""]))
    longest = max(map(len, told), default=0)
    if not column.numeric:
        # A long word does not break: it has to fit with some room beside it.
        return min(max(longest, len(column.title), 14, word * 8 // 5 + 2), 44)
    # A number, or its heading, carries the mark of its source; a heading stands on two lines.
    mark = 4 if any(isinstance(item, FigureRef) for row in table.rows for item in row[place]) else 1
    return max(word + mark, min(longest + mark, most), (len(column.title) + 1) // 2 + 2)


def _letters(figures: Iterable[FigureSource]) -> dict[tuple[str, str], str]:
    releases = sorted({release for source in figures for release in source.releases})
    return {release: _letter(place) for place, release in enumerate(releases)}


def _letter(place: int) -> str:
    rounds, rest = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[rest] + (str(rounds + 1) if rounds else "")


def _groups(figures: Iterable[FigureSource]) -> list[list[FigureSource]]:
    """The figures that paper lists together, in the order in which their first one is printed."""
    found: dict[str, list[FigureSource]] = {}
    for source in figures:
        found.setdefault(source.group or f"only {source.key}", []).append(source)
    return list(found.values())


def _source(group: list[FigureSource], number: int, letters: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    source = group[0] if len(group) == 1 else _shared(group)
    lines = (
        (("Measure", source.measure), ("Period", source.period), ("Area", source.area)),
        (("Population", source.population), ("Chosen", _chosen(source)), ("Software", source.code_version)),
        (("Data sets", ", ".join(f"[{letters[release]}] {release[0]}" for release in source.releases)),),
        (("Notes", " ".join(source.notes)),),
    )
    said = [[list(row) for row in line if row[1]] for line in lines]
    return {
        "number": number,
        "anchor": f"report-source-{number}",
        "title": source.title,
        "value": source.value,
        "unit": source.unit,
        "lines": [line for line in said if line],
    }


def _shared(group: list[FigureSource]) -> FigureSource:
    """What all figures of a group have in common, under the group's title."""
    first = group[0]
    parameters = {
        name: value
        for name, value in first.parameters.items()
        if all(one.parameters.get(name) == value for one in group)
    }
    unit = f"{len(group):,} figures, {first.unit}"
    return replace(
        first,
        title=first.group,
        value="",
        unit=unit,
        parameters=parameters,
        area=_common(one.area for one in group),
        population=_common(one.population for one in group),
    )


def _common(texts: Iterable[str]) -> str:
    """The text that all share, or nothing."""
    different = set(texts)
    return different.pop() if len(different) == 1 else ""


def _chosen(source: FigureSource) -> str:
    return "; ".join(f"{name} = {value}" for name, value in sorted(source.parameters.items()))


def _words_that_print(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return [_words_that_print(item) for item in value]
    if isinstance(value, dict):
        return {key: _words_that_print(item) for key, item in value.items()}
    return value
