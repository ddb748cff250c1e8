"""The printed document is PDF/UA-1, the same bytes each time, and says what the page and the data file say."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.printing.pdf_checks import assert_accessible
from tests.printing.pdf_text import text_of
from tests.printing.reports import HOSTILE, full_report, source, table
from wardmote.printing import datafile, html, pdf
from wardmote.printing.blocks import FigureRef, Heading, Inlines, Paragraph, Report, Table, figure_refs
from wardmote.printing.glyphs import printable


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render(full_report())


def test_the_document_passes_the_rules_of_pdf_ua(printed: bytes, tmp_path: Path) -> None:
    place = tmp_path / "report.pdf"
    place.write_bytes(printed)
    assert_accessible(place)


def test_a_sheet_prints_tables_of_words_and_numbers_too() -> None:
    blocks = (Heading("Problems", 2, "problems"), table(), Paragraph(("The end.",)))
    sheet = pdf.render_sheet(replace(full_report(), blocks=blocks))
    assert "Problems in order of their score" in " ".join(text_of(sheet))


def test_the_same_report_gives_the_same_bytes(printed: bytes) -> None:
    assert pdf.render(full_report()) == printed
    assert pdf.render(full_report(status="draft")) != printed


def test_the_document_knows_its_title_and_language(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert str(document.docinfo["/Title"]) == full_report().title
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.MarkInfo.Marked
        assert "/CreationDate" not in document.docinfo or "1970" in str(document.docinfo["/CreationDate"])


def test_every_picture_has_its_words(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        alts = [
            str(item.get("/Alt"))
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert sum("highest value is in September 2023" in words for words in alts) == 4


def test_a_draft_says_so_on_every_page_and_a_sample_too() -> None:
    pages = text_of(pdf.render(full_report(status="draft")))
    assert all("Draft" in words for words in pages)
    assert all("ictional" in words for words in pages)
    issued = text_of(pdf.render(full_report(is_sample=False)))
    assert not any("Draft" in words or "ictional" in words for words in issued)


def test_text_is_never_code() -> None:
    words = " ".join(text_of(pdf.render(full_report(words=HOSTILE))))
    assert "#set page() $x$" in words


@pytest.mark.parametrize("words", ["日本語 🎉 العربية", "ŵ ŷ Ŵ − – … ≥ ½ £ €", "a\u200bb\x00c\ufe0f", "e\u0301"])
def test_letters_that_the_typefaces_lack_do_not_stop_the_printing(words: str) -> None:
    assert pdf.render(full_report(words=f"Wards {words}")).startswith(b"%PDF")


def test_welsh_is_printed_as_it_is_and_unknown_letters_become_squares() -> None:
    assert printable("Tŷ Ŵyn −3%") == "Tŷ Ŵyn −3%"
    assert printable("🎉") == "\u25a1"
    assert printable("a\x00b\nc") == "ab c"


def test_a_report_without_numbers_or_pictures_is_printed_too() -> None:
    bare = replace(full_report(), blocks=(Heading("One", 2, "one"), Paragraph(("Text.",))), figures=())
    assert "Where these numbers come from" not in " ".join(text_of(pdf.render(bare)))


def test_a_long_table_breaks_across_pages_and_repeats_its_head() -> None:
    table = next(block for block in full_report().blocks if isinstance(block, Table))
    pages = text_of(pdf.render(replace(full_report(), blocks=(replace(table, rows=table.rows * 20),))))
    assert sum("Problem" in words and "Offences" in words for words in pages) >= 3


NUMBERS = st.lists(
    st.one_of(st.integers(0, 10**7).map(lambda n: f"{n:,}"), st.decimals(0, 999, places=1).map(lambda n: f"−{n}")),
    min_size=1,
    max_size=12,
)


def report_of(numbers: list[str]) -> Report:
    refs = [FigureRef(words, f"n{place}") for place, words in enumerate(numbers)]
    table = next(block for block in full_report().blocks if isinstance(block, Table))
    rows: tuple[tuple[Inlines, ...], ...] = tuple((("Row",), ("Where",), (ref,), (ref,)) for ref in refs)
    blocks = (Paragraph(("Numbers: ", *refs)), Table(table.caption, table.columns, rows))
    figures = tuple(source(ref.key, ref.text) for ref in refs)
    return replace(full_report(), blocks=blocks, figures=figures)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NUMBERS)
def test_page_document_and_data_file_print_the_same_numbers(numbers: list[str]) -> None:
    report = report_of(numbers)
    on_page = re.sub(r"<[^>]+>", " ", html.render(report, figure_url=None))
    in_document = "".join(text_of(pdf.render(report)))
    in_file = datafile.report_bytes(report).decode()
    for ref in figure_refs(report.blocks):
        assert ref.text in on_page
        assert ref.text in in_document
        assert f'"text":"{ref.text}"' in in_file
