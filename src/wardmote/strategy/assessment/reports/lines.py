"""A report as plain lines of text, so that two of them can be held side by side."""

from wardmote.printing.blocks import Block, Heading, Picture, Report, Table, contents, plain


def lines_of(report: Report) -> list[str]:
    """Return every text of a report in its order, a line for each heading, paragraph, item and row of a table."""
    return [line for block in report.blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Table():
            return _table(block)
        case Picture():
            return [block.title, block.subtitle, *_table(block.table)]
        case _:
            return [plain(content) for content in contents(block)]


def _table(table: Table) -> list[str]:
    heads = " | ".join(column.title for column in table.columns)
    rows = [" | ".join(plain(cell) for cell in row) for row in table.rows]
    return [table.caption, heads, *rows, *([table.note] if table.note else [])]
