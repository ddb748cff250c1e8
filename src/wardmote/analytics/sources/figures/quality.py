"""How good a table of figures is: what is missing and why, what is provisional, which areas are not known."""

from collections import Counter
from collections.abc import Iterable, Sequence

from wardmote.analytics.sources.figures.areas import GIVEN, Areas
from wardmote.analytics.sources.figures.grid import Grid
from wardmote.analytics.sources.figures.records import Figure
from wardmote.analytics.warehouse.manifest import JSON


def figures_quality(figures: Sequence[Figure], grids: Sequence[Grid], areas: Areas) -> dict[str, JSON]:
    """Return the quality figures of a release of figures; every count is of figures, missing ones included."""
    unmatched = sorted({figure.area for figure in figures if areas.code_of(figure)[0] is None})
    return {
        "rows_by_month": _counted(str(month) for figure in figures for month in figure.period.period),
        "figures_by_measure": _counted(figure.measure for figure in figures),
        "figures_by_unit": _counted(figure.value.unit for figure in figures),
        "figures_by_status": _counted(figure.status for figure in figures),
        "figures_by_period_kind": _counted(figure.period.kind for figure in figures),
        "figures_missing": sum(figure.value.value is None for figure in figures),
        "figures_missing_by_reason": _counted(f.value.missing_reason for f in figures if f.value.missing_reason),
        "areas": len({figure.key[1] for figure in figures}),
        "areas_matched_by_name": len({f.area for f in figures if (areas.code_of(f)[1] or GIVEN).startswith("name")}),
        "areas_without_code": list[JSON](unmatched),
        "area_names_that_differ": len({figure.key[1] for figure in figures if areas.disagree(figure)}),
        "area_check": f"against {areas.source}" if areas.source else "not checked: no lookup is held",
        **_about_sheets(grids),
    }


def _about_sheets(grids: Sequence[Grid]) -> dict[str, JSON]:
    books = [grid for grid in grids if grid.is_workbook]
    return {
        "sheets_read": {grid.file.name: grid.sheet.name for grid in books},
        "sheets_left_aside": {grid.file.name: list[JSON](grid.others) for grid in books if grid.others},
        "formulas_taken_by_their_stored_value": sum(grid.sheet.formulas for grid in books),
        "sheets_that_may_be_cut": [grid.file.name for grid in books if grid.sheet.may_be_cut],
        "encodings": {grid.file.name: grid.file.encoding for grid in grids if grid.file.encoding not in ("", "utf-8")},
    }


def _counted(names: Iterable[str]) -> dict[str, JSON]:
    return dict(sorted(Counter(names).items()))
