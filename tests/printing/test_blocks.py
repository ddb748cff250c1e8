"""A report refuses to exist with a number that has no source, a picture without words or a broken outline."""

from dataclasses import replace

import pytest

from tests.printing.reports import full_report, line_chart, picture, source, table
from wardmote.printing.blocks import Block, FigureRef, Heading, Link, Paragraph, Picture, ReportError, Table, plain


def report_of(*blocks: Block) -> None:
    replace(full_report(), blocks=blocks)


def test_a_number_without_a_source_is_refused() -> None:
    with pytest.raises(ReportError, match="no source: nowhere"):
        report_of(Paragraph((FigureRef("12", "nowhere"),)))


def test_two_sources_with_one_key_are_refused() -> None:
    with pytest.raises(ReportError, match="share the key total"):
        replace(full_report(), figures=(source("total", "1"), source("total", "2"), source("rate", "3")))


def test_a_heading_that_skips_a_level_is_refused() -> None:
    with pytest.raises(ReportError, match="skips a level"):
        report_of(Heading("One", 2, "one"), Heading("Deep", 4, "deep"))


@pytest.mark.parametrize("anchor", ["", "Two words", "report-source-1", "1st"])
def test_an_anchor_that_could_clash_is_refused(anchor: str) -> None:
    with pytest.raises(ReportError, match="anchor"):
        report_of(Heading("One", 2, anchor))


def test_two_headings_with_one_anchor_are_refused() -> None:
    with pytest.raises(ReportError, match="share the anchor one"):
        report_of(Heading("One", 2, "one"), Heading("Again", 2, "one"))


def test_a_picture_without_words_is_refused() -> None:
    whole = picture("Crime", line_chart())
    with pytest.raises(ReportError, match="description"):
        Picture(whole.title, whole.subtitle, whole.chart, "  ", whole.source, whole.table)


def test_a_table_with_a_short_row_is_refused() -> None:
    good = table()
    with pytest.raises(ReportError, match="needs 4 cells"):
        Table(good.caption, good.columns, (good.rows[0][:3],))


def test_a_table_without_a_caption_is_refused() -> None:
    with pytest.raises(ReportError, match="caption"):
        replace(table(), caption=" ")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "evidence/"])
def test_a_link_that_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ReportError, match="must start with"):
        Link("here", url)


def test_plain_text_keeps_the_words_of_a_number() -> None:
    assert plain(("There were ", FigureRef("1,069", "total"), ".")) == "There were 1,069."
