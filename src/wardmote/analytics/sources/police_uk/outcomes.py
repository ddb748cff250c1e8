"""Outcomes of data.police.uk: what was decided about a crime, in the month of the decision, one data set a force.

Source: https://data.police.uk/about/ (columns of the CSV downloads). A crime can have several outcomes, and an outcome
can stand in a file twice; rows are kept as published.
"""

from collections.abc import Sequence
from typing import Any, Final

from wardmote.analytics.sources.police_uk.companion import Companion, read_companions
from wardmote.analytics.sources.police_uk.layout import OUTCOMES as LAYOUT
from wardmote.analytics.sources.police_uk.layout import PoliceFile
from wardmote.analytics.sources.police_uk.rows import Lsoas, Months, Places, Rejected, Tally
from wardmote.analytics.sources.request import Outcome, ReadRequest
from wardmote.analytics.sources.tables import Row
from wardmote.analytics.warehouse.schema import OUTCOMES

SPEC: Final = Companion(
    kind="police-uk-outcomes",
    layout=LAYOUT,
    dataset="police-uk-outcomes",
    title="outcomes of crimes",
    reader="police_uk_outcomes/1",
    schema=OUTCOMES,
    counted={"rows_by_outcome": "outcome"},
)


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read outcomes files into one prepared release for each force; raises SourceRefused."""
    return read_companions(request, SPEC, _Maker(request))


class _Maker:
    def __init__(self, request: ReadRequest) -> None:
        self._months, self._places, self._lsoas = Months(request.now), Places(), Lsoas()

    def record(self, file: PoliceFile, row: Row, cells: Sequence[str], *, tally: Tally) -> tuple[Any, ...]:
        crime_id, month_text, by, within, lon, lat, location, code, name, outcome = cells
        month = self._months.of(file, row, month_text.strip(), tally=tally)
        if not outcome.strip():
            raise Rejected("Outcome type", "no outcome", kind="no outcome")
        code = self._lsoas.of(code.strip())
        x, y, x_micro, y_micro, outside = self._places.of(lon, lat, tally=tally)
        return (
            crime_id or None,
            month.first_day,
            month.index,
            by or None,
            within or None,
            x,
            y,
            x_micro,
            y_micro,
            location or None,
            code or None,
            name or None,
            outside,
            outcome.strip(),
            file.source.name,
        )
