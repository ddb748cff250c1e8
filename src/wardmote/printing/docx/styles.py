"""The look of a Word document as named styles, so that whoever goes on writing in it keeps the look."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from wardmote.printing.docx.marks import element

INK, SLATE, TEAL, PINE = "14212B", "4A5763", "0B6068", "12393F"
HAIRLINE, MIST, ACCENT, BRASS = "C4CECD", "F2F5F4", "A63D0A", "C98B1F"
# Present on every machine that opens Word files, or replaced by a face of the same widths.
FONT = "Arial"


def dress(document: Document, language: str) -> None:
    """Set paper, language and every style that the printer uses."""
    _paper(document)
    _language(document, language)
    styles = (
        ("Normal", 10.5, INK, False, 6.0, 6.0),
        ("Title", 26, PINE, True, 0.0, 10.0),
        ("Subtitle", 13, SLATE, False, 0.0, 4.0),
        ("Heading 1", 18, PINE, True, 22.0, 8.0),
        ("Heading 2", 13.5, PINE, True, 16.0, 6.0),
        ("Heading 3", 11, PINE, True, 12.0, 4.0),
        ("Caption", 10, INK, True, 12.0, 4.0),
        ("List Bullet", 10.5, INK, False, 2.0, 2.0),
        ("Header", 8.5, SLATE, False, 0.0, 0.0),
        ("Footer", 8.5, SLATE, False, 0.0, 0.0),
        ("Remark", 10.5, INK, False, 8.0, 8.0),
        ("Small", 8.5, SLATE, False, 2.0, 4.0),
        ("Cell", 9, INK, False, 2.0, 2.0),
        ("Contents heading", 13, PINE, True, 14.0, 4.0),
        ("toc 1", 10.5, INK, False, 3.0, 1.0),
        ("toc 2", 10.0, INK, False, 1.0, 1.0),
    )
    for name, size, colour, bold, above, below in styles:
        _paragraph_style(document, name, (size, colour, bold), (above, below))
    document.styles["toc 2"].paragraph_format.left_indent = Mm(6)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption"):
        document.styles[name].paragraph_format.keep_with_next = True
    _link_style(document)
    _table_style(document)


def _paper(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)


def _language(document: Document, language: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for found in defaults.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    settings = document.settings.element
    for found in settings.findall(qn("w:themeFontLang")):
        found.set(qn("w:val"), language)


def _paragraph_style(
    document: Document, name: str, look: tuple[float, str, bool], spacing: tuple[float, float]
) -> None:
    known = {style.name for style in document.styles}
    style: Any = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    size, colour, bold = look
    _face(style)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(spacing[0]), Pt(spacing[1]), 1.15
    style.hidden, style.quick_style = False, True
    _plain(style)


def _face(style: ParagraphStyle) -> None:
    """State the typeface outright: the template's theme would win over a name."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    for spaced in (*properties.findall(qn("w:spacing")), *properties.findall(qn("w:kern"))):
        properties.remove(spaced)


def _plain(style: ParagraphStyle) -> None:
    """Take away what the template draws around titles, and its tab stops for a wider sheet."""
    properties = style.element.pPr
    for found in [*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:tabs"))]:
        properties.remove(found)


def _link_style(document: Document) -> None:
    style: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(TEAL)
    style.font.underline = True
    mark: Any = document.styles.add_style("Source mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.color.rgb = RGBColor.from_string(TEAL)
    mark.font.superscript = True


def _table_style(document: Document) -> None:
    style: Any = document.styles.add_style("Figures", WD_STYLE_TYPE.TABLE)
    properties = element("w:tblPr")
    borders = element("w:tblBorders")
    for side, weight, colour in (("top", "8", PINE), ("bottom", "8", PINE), ("insideH", "4", HAIRLINE)):
        borders.append(element(f"w:{side}", val="single", sz=weight, space="0", color=colour))
    properties.append(borders)
    style.element.append(properties)
    for place in ("firstRow", "firstCol"):
        part = element("w:tblStylePr", type=place)
        bold = element("w:rPr")
        bold.append(element("w:b"))
        part.append(bold)
        style.element.append(part)
