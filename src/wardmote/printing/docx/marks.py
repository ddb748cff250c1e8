"""What Word needs that python-docx has no word for: bookmarks, links, fields, repeated head rows, descriptions.

Source: ECMA-376, Office Open XML, part 1 (WordprocessingML).
"""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(name: str, /, **attributes: str) -> Any:
    """An element such as `w:bookmarkStart` with attributes of the same namespace."""
    made = OxmlElement(name)
    prefix = name.partition(":")[0]
    for key, value in attributes.items():
        made.set(qn(f"{prefix}:{key}"), value)
    return made


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around all that the paragraph holds."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    place = 0 if properties is None else paragraph._p.index(properties) + 1
    paragraph._p.insert(place, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, text: str, *, to: str, style: str = "Hyperlink") -> Run:
    """Add words that lead to a bookmark of this document, or to an address; `style` is the id of a style of letters."""
    if to.startswith("http"):
        address = paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        held = OxmlElement("w:hyperlink")
        held.set(qn("r:id"), address)
    else:
        held = element("w:hyperlink", anchor=to, history="1")
    run = paragraph.add_run(text)
    run._r.style = style
    held.append(run._r)
    paragraph._p.append(held)
    return run


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field such as PAGE, with what it shows until Word works it out."""
    made = element("w:fldSimple", instr=code)
    run = paragraph.add_run(shown)
    made.append(run._r)
    paragraph._p.append(made)


def field_edge(paragraph: Paragraph, kind: str, *, code: str = "", first: bool = False) -> None:
    """Add the begin or end of a field that spans paragraphs, such as a table of contents."""
    parts = [element("w:fldChar", fldCharType=kind)]
    if code:
        instruction = element("w:instrText")
        instruction.set(qn("xml:space"), "preserve")
        instruction.text = code
        parts += [instruction, element("w:fldChar", fldCharType="separate")]
    runs = []
    for part in parts:
        run = element("w:r")
        run.append(part)
        runs.append(run)
    if not first:
        paragraph._p.extend(runs)
        return
    properties = paragraph._p.pPr
    place = 0 if properties is None else paragraph._p.index(properties) + 1
    for offset, run in enumerate(runs):
        paragraph._p.insert(place + offset, run)


def head_row(row: _Row) -> None:
    """Say that a row is the table's head: repeated on each page, and read out with its cells."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))


def whole_row(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def describe_table(table: Table, caption: str, *, row_headers: bool) -> None:
    """Give a table its name for those who cannot see it, and say which of its cells are heads."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    column = "1" if row_headers else "0"
    look = element("w:tblLook", val="0420", firstRow="1", lastRow="0", firstColumn=column, lastColumn="0")
    look.set(qn("w:noHBand"), "0")
    look.set(qn("w:noVBand"), "1")
    properties.append(look)
    properties.append(element("w:tblCaption", val=caption))


def describe_picture(run: Run, *, name: str, description: str) -> None:
    """Give the picture of a run its alternative text."""
    (properties,) = run._r.iter(qn("wp:docPr"))
    properties.set("name", name)
    properties.set("descr", description)


def shade(paragraph: Paragraph, *, bar: str, fill: str) -> None:
    """Set a remark apart: a bar on its left and a pale ground."""
    properties = paragraph._p.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="24", space="8", color=bar))
    ground = element("w:shd", val="clear", color="auto", fill=fill)
    # The schema wants borders and shading in this order, before spacing and indents.
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )
    properties.insert_element_before(
        ground, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )
