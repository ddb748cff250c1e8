"""The Word document has real headings, marked head rows, described pictures, its language, and the same bytes."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.printing.reports import HOSTILE, full_report
from wardmote.printing import docx
from wardmote.printing.blocks import Heading, Paragraph, Picture, Table, figure_refs


@pytest.fixture(scope="module")
def printed() -> bytes:
    return docx.render(full_report())


def test_the_same_report_gives_the_same_bytes(printed: bytes) -> None:
    assert docx.render(full_report()) == printed
    assert docx.render(full_report(status="draft")) != printed
    with zipfile.ZipFile(io.BytesIO(printed)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_are_headings_and_the_contents_lead_to_them(printed: bytes) -> None:
    document = Document(io.BytesIO(printed))
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    expected = [(f"Heading {b.level - 1}", b.text) for b in full_report().blocks if isinstance(b, Heading)]
    assert styled[: len(expected)] == expected
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    targets = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))} - {None}
    assert targets <= names
    contents = [p for p in document.paragraphs if p.style and p.style.name.startswith("toc")]
    assert [p.text for p in contents][: len(expected)] == [text for _, text in expected]
    assert "TOC" in contents[0]._p.xml


def test_every_table_of_figures_repeats_its_head_and_has_a_name(printed: bytes) -> None:
    document = Document(io.BytesIO(printed))
    captions = {b.caption for b in full_report().blocks if isinstance(b, Table)}
    named = {t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): t for t in document.tables}
    assert captions <= set(named)
    assert all(named[caption].rows[0]._tr.xml.count("w:tblHeader") == 1 for caption in captions)


def test_every_picture_has_its_words_and_is_a_picture_that_word_shows(printed: bytes) -> None:
    document = Document(io.BytesIO(printed))
    pictures = [b for b in full_report().blocks if isinstance(b, Picture)]
    described = [found.get("descr") for found in document.element.iter(qn("wp:docPr"))]
    assert described == [picture.description for picture in pictures]
    with zipfile.ZipFile(io.BytesIO(printed)) as package:
        images = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    assert len(images) == len(pictures)
    assert all(image.startswith(b"\x89PNG") for image in images)


def test_the_document_knows_its_title_and_language(printed: bytes) -> None:
    properties = Document(io.BytesIO(printed)).core_properties
    assert (properties.title, properties.language) == (full_report().title, "en-GB")
    assert properties.created is not None
    assert properties.created.date() == full_report().as_at
    with zipfile.ZipFile(io.BytesIO(printed)) as package:
        languages = re.findall(r'<w:lang [^>]*w:val="([^"]+)"', package.read("word/styles.xml").decode())
        assert set(languages) == {"en-GB"}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_it_says_every_number_that_the_page_says(printed: bytes) -> None:
    document = Document(io.BytesIO(printed))
    words = "".join(text.text or "" for text in document.element.iter(qn("w:t")))
    assert [ref.text for ref in figure_refs(full_report().blocks) if ref.text not in words] == []


def test_a_draft_says_so_on_every_page_and_a_sample_too() -> None:
    section = Document(io.BytesIO(docx.render(full_report(status="draft")))).sections[0]
    assert "Draft: not agreed" in section.header.paragraphs[0].text
    assert "Fictional sample" in section.footer.paragraphs[0].text


def test_text_is_never_markup() -> None:
    document = Document(io.BytesIO(docx.render(full_report(words=HOSTILE))))
    assert HOSTILE in [p.text for p in document.paragraphs]


def test_a_report_without_numbers_or_pictures_is_printed_too() -> None:
    bare = replace(full_report(), blocks=(Heading("One", 2, "one"), Paragraph(("Text.",))), figures=())
    texts = [p.text for p in Document(io.BytesIO(docx.render(bare))).paragraphs]
    assert "Text." in texts
    assert "Where these numbers come from" not in texts
