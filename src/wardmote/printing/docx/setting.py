"""Sets the shape of a printed report (paper.py) into a Word document, block by block."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

import wardmote.printing.docx.marks as marks  # noqa: PLR0402  naming the package would make a cycle
from wardmote.printing.bitmaps import bitmaps
from wardmote.printing.docx.styles import ACCENT, BRASS, MIST, TEAL

TEXT_WIDTH_MM = 166
TILES_A_ROW = 4
Shape = dict[str, Any]


class Setting:
    """One document being set: where its blocks go, its bookmarks and its pictures."""

    def __init__(self, document: Document, shape: Shape) -> None:
        self.document = document
        self.shape = shape
        self.bookmarks: dict[str, str] = {}
        # Looked up once: python-docx reads every style of the document to set one, and a report has thousands of cells.
        self.style_ids = {str(style.name): style.style_id for style in document.styles}
        pictures = [block for block in shape["blocks"] if block["kind"] == "picture"]
        drawn = bitmaps([(picture["svg"], _width_mm(picture)) for picture in pictures])
        self.drawings = {picture["annex"]: content for picture, content in zip(pictures, drawn, strict=True)}

    def set_all(self) -> None:
        """Set cover, contents, blocks, annex and sources."""
        self._running()
        self._cover()
        self._contents()
        for block in self.shape["blocks"]:
            self.block(block)
        self._annex()
        self._sources()

    def paragraph(self, content: Sequence[Any], style: str = "Normal") -> Paragraph:
        """Add a paragraph of words, numbers and links."""
        made = self.added(style=style)
        self.run(made, content)
        return made

    def added(self, text: str = "", style: str = "Normal") -> Paragraph:
        """Add a paragraph of plain words in a style."""
        made = self.document.add_paragraph(text)
        if style != "Normal":
            made._p.style = self.style_ids[style]
        return made

    def run(self, paragraph: Paragraph, content: Sequence[Any]) -> None:
        """Add words, numbers with their marks, strong words and links to a paragraph."""
        for item in content:
            if isinstance(item, str):
                paragraph.add_run(item)
            elif item["kind"] == "strong":
                paragraph.add_run(item["text"]).bold = True
            elif item["kind"] == "figureref":
                paragraph.add_run(item["text"])
                self.mark(paragraph, item["number"])
            elif item["url"].startswith("http"):
                marks.link(paragraph, item["text"], to=item["url"])
            else:
                paragraph.add_run(item["text"])

    def mark(self, paragraph: Paragraph, number: int) -> None:
        """Add the number in brackets that leads to the list of sources."""
        place = self.name_of(f"report-source-{number}")
        marks.link(paragraph, f"[{number}]", to=place, style=self.style_ids["Source mark"])

    def name_of(self, anchor: str) -> str:
        """The bookmark of an anchor: Word allows 40 letters, digits and underscores."""
        return self.bookmarks.setdefault(anchor, f"place_{len(self.bookmarks) + 1}")

    def place(self, paragraph: Paragraph, anchor: str) -> None:
        """Put the bookmark of an anchor around a paragraph."""
        name = self.name_of(anchor)
        marks.bookmark(paragraph, name, int(name.rpartition("_")[2]))

    def block(self, block: Shape) -> None:
        """Set one block."""
        setters: dict[str, Callable[[Shape], None]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "bullets": self._bullets,
            "inset": lambda found: marks.shade(self.paragraph(found["content"], "Remark"), bar=TEAL, fill=MIST),
            "warning": self._warning,
            "table": self.table,
            "tiles": self._tiles,
            "facts": lambda found: self.facts(found["rows"]),
            "picture": self._picture,
        }
        setters[block["kind"]](block)

    def heading(self, text: str, level: int, anchor: str, *, new_page: bool = False) -> None:
        """Add a heading that links can find; level 1 is the highest below the title."""
        made = self.added(text, style=f"Heading {level}")
        made.paragraph_format.page_break_before = new_page or None
        self.place(made, anchor)

    def _heading(self, block: Shape) -> None:
        self.heading(block["text"], block["level"] - 1, block["anchor"])

    def _paragraph(self, block: Shape) -> None:
        self.paragraph(block["content"])

    def _bullets(self, block: Shape) -> None:
        for item in block["items"]:
            self.paragraph(item, "List Bullet")

    def _warning(self, block: Shape) -> None:
        made = self.added(style="Remark")
        made.add_run("Warning: ").bold = True
        self.run(made, block["content"])
        marks.shade(made, bar=ACCENT, fill="FBF1EA")

    def _tiles(self, block: Shape) -> None:
        """Headline numbers as a table of three lines: name, number, remark."""
        items = block["items"]
        for start in range(0, len(items), TILES_A_ROW):
            self._tile_row(items[start : start + TILES_A_ROW])

    def _tile_row(self, items: Sequence[Shape]) -> None:
        table = self.document.add_table(rows=2, cols=len(items), style="Figures")
        marks.describe_table(table, "Headline numbers", row_headers=False)
        marks.head_row(table.rows[0])
        _set_widths(table, [TEXT_WIDTH_MM / len(items)] * len(items))
        for place, tile in enumerate(items):
            label, value = table.cell(0, place).paragraphs[0], table.cell(1, place).paragraphs[0]
            label._p.style = value._p.style = self.style_ids["Cell"]
            label.add_run(tile["label"]).bold = True
            self.run(value, tile["value"])
            value.runs[0].font.size = self.document.styles["Heading 1"].font.size
            if tile["note"]:
                value._p.addnext(self._moved(tile["note"], "Small"))
        self._space()

    def _moved(self, text: str, style: str) -> Any:
        """A paragraph's element, to be put somewhere else than at the end."""
        made = self.added(text, style=style)
        return made._p

    def facts(self, rows: Sequence[Any]) -> None:
        """Names and values, a row each."""
        table = self.document.add_table(rows=0, cols=2, style="Figures")
        marks.describe_table(table, "Names and values", row_headers=True)
        for name, value in rows:
            cells = table.add_row().cells
            self._cell(cells[0].paragraphs[0], [name], bold=True)
            self._cell(cells[1].paragraphs[0], value)
        _set_widths(table, (52, TEXT_WIDTH_MM - 52))
        self._space()

    def _cell(self, paragraph: Paragraph, content: Sequence[Any], *, numeric: bool = False, bold: bool = False) -> None:
        paragraph._p.style = self.style_ids["Cell"]
        if numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.run(paragraph, content)
        for run in paragraph.runs if bold else ():
            run.bold = True

    def table(self, block: Shape) -> None:
        """A table under its caption, its head row marked as one."""
        caption = self.added(block["caption"], style="Caption")
        if "anchor" in block:
            self.place(caption, block["anchor"])
        columns = block["columns"]
        table = self.document.add_table(rows=1, cols=len(columns), style="Figures")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        marks.describe_table(table, block["caption"], row_headers=block["row_headers"])
        marks.head_row(table.rows[0])
        self._head_cells(table.rows[0].cells, columns)
        for row in block["rows"]:
            made = table.add_row()
            marks.whole_row(made)
            self._row_cells(made.cells, block, row)
        _set_widths(table, _widths_mm(block))
        self.added(block["note"], style="Small")

    def _row_cells(self, cells: Sequence[Any], block: Shape, row: Sequence[Any]) -> None:
        for place, (cell, column, content) in enumerate(zip(cells, block["columns"], row, strict=True)):
            bold = place == 0 and block["row_headers"]
            self._cell(cell.paragraphs[0], content, numeric=column["numeric"], bold=bold)

    def _head_cells(self, cells: Sequence[Any], columns: Sequence[Shape]) -> None:
        for cell, column in zip(cells, columns, strict=True):
            self._cell(cell.paragraphs[0], [column["title"]], numeric=column["numeric"], bold=True)
            if "number" in column:
                self.mark(cell.paragraphs[0], column["number"])

    def _picture(self, block: Shape) -> None:
        self.added(block["title"], style="Caption")
        if block["subtitle"]:
            self.added(block["subtitle"], style="Small").paragraph_format.keep_with_next = True
        held = self.document.add_paragraph()
        held.paragraph_format.keep_with_next = True
        run = held.add_run()
        run.add_picture(io.BytesIO(self.drawings[block["annex"]]), width=Mm(_width_mm(block)))
        marks.describe_picture(run, name=block["title"], description=block["description"])
        source = self.added(style="Small")
        source.add_run(f"Source: {block['source']}. " if block["source"] else "")
        source.add_run("The numbers stand in ")
        marks.link(source, block["annex_words"], to=self.name_of(block["annex"]))
        source.add_run(".")

    def _space(self) -> None:
        """Two tables without a paragraph between them would become one."""
        self.added(style="Small")

    def _running(self) -> None:
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        draft = self.shape["status"] == "draft"
        _ends(
            section.header.paragraphs[0],
            self.shape["title"],
            "Draft: not agreed" if draft else self.shape["partnership"],
        )
        sample = "Fictional sample: its figures are made up"
        foot = section.footer.paragraphs[0]
        _ends(foot, sample if self.shape["is_sample"] else f"As at {self.shape['as_at_words']}", "Page ")
        marks.field(foot, "PAGE", "1")
        foot.add_run(" of ")
        marks.field(foot, "NUMPAGES", "1")

    def _cover(self) -> None:
        shape = self.shape
        self.added(shape["partnership"], style="Subtitle")
        self.added(shape["title"], style="Title")
        self.added(shape["caption"], style="Subtitle")
        state = "Draft, not agreed" if shape["status"] == "draft" else "Issued"
        rows = [("Status", [state]), ("As at", [shape["as_at_words"]])]
        rows += [(name, [value]) for name, value in shape["issue"]]
        self.facts([*rows, ("Numbers", [shape["count_words"]])])
        if shape["is_sample"]:
            sample = [
                {"kind": "strong", "text": "Sample. "},
                "This is a fictional partnership. Its figures are made up.",
            ]
            marks.shade(self.paragraph(sample, "Remark"), bar=BRASS, fill="FAF1DD")

    def _contents(self) -> None:
        """A table of contents that is filled already and that Word can bring up to date."""
        self.added("Contents", style="Contents heading")
        depth = 1 if self.shape["long"] else 2
        headings = [(b["text"], b["level"] - 1, b["anchor"]) for b in self.shape["blocks"] if b["kind"] == "heading"]
        chosen = [heading for heading in headings if heading[1] <= depth]
        if self.shape["annex"]:
            chosen.append(("The pictures as tables", 1, "report-annex"))
        if self.shape["sources"]:
            chosen.append(("Where these numbers come from", 1, "report-sources"))
        lines = [self._contents_line(*heading) for heading in chosen]
        if lines:
            code = f' TOC \\o "1-{depth}" \\n \\h \\z \\u '
            marks.field_edge(lines[0], "begin", code=code, first=True)
            marks.field_edge(lines[-1], "end")
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _contents_line(self, text: str, level: int, anchor: str) -> Paragraph:
        made = self.added(style=f"toc {level}")
        marks.link(made, text, to=self.name_of(anchor))
        return made

    def _annex(self) -> None:
        if self.shape["annex"]:
            self.heading("The pictures as tables", 1, "report-annex", new_page=True)
        for block in self.shape["annex"]:
            self.table(block)

    def _sources(self) -> None:
        if not self.shape["sources"]:
            return
        self.heading("Where these numbers come from", 1, "report-sources", new_page=True)
        self.paragraph([paper_words()])
        for source in self.shape["sources"]:
            self._source(source)
        if self.shape["releases"]:
            self.heading("Data sets", 2, "report-releases")
        for release in self.shape["releases"]:
            self.paragraph([f"[{release['letter']}] {release['dataset']}: {release['digest']}"], "Small")

    def _source(self, source: Shape) -> None:
        head = self.added(style="Cell")
        head.add_run(f"[{source['number']}] {source['title']}: ").bold = True
        head.add_run(f"{source['value']} {source['unit']}".strip())
        self.place(head, source["anchor"])
        for line in source["lines"]:
            self.paragraph(["; ".join(f"{name}: {value}" for name, value in line)], "Small")


def paper_words() -> str:
    """How the list of sources explains itself."""
    return (
        "A number in square brackets after a figure leads here. A data set is named by the fingerprint of the files "
        "and rules that made it, so that anyone who holds the same files can check it."
    )


def _ends(paragraph: Paragraph, left: str, right: str) -> None:
    """Words at both ends of a line of the margin."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t{right}")


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Word looks at each cell, LibreOffice at the grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    # Row by row: asked for a column, python-docx goes through every cell of the table.
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)


def _width_mm(picture: Shape) -> int:
    return TEXT_WIDTH_MM * int(picture["width"]) // 100


def _widths_mm(block: Shape) -> list[float]:
    """Columns of numbers take their length, words share the rest of the page by theirs."""
    widths = block["widths"]
    fixed = [width["pt"] * MM_IN_A_POINT if "pt" in width else 0.0 for width in widths]
    # Even beside many numbers the words keep a sixth of the page.
    most = TEXT_WIDTH_MM * 5 / 6 if any("fr" in width for width in widths) else TEXT_WIDTH_MM
    fixed = [length * min(1.0, most / (sum(fixed) or 1.0)) for length in fixed]
    rest, total = TEXT_WIDTH_MM - sum(fixed), sum(width.get("fr", 0.0) for width in widths) or 1.0
    return [length or rest * width["fr"] / total for length, width in zip(fixed, widths, strict=True)]


MM_IN_A_POINT = 25.4 / 72
