"""Stop and search of data.police.uk, one data set a force.

Source: https://data.police.uk/about/ (columns of the CSV downloads) and https://data.police.uk/docs/method/stops-force/:
some forces give only the day of a stop, so that its time is midnight. The file holds no names.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from wardmote.analytics.sources.police_uk.companion import Companion, read_companions
from wardmote.analytics.sources.police_uk.layout import STOPS as LAYOUT
from wardmote.analytics.sources.police_uk.layout import PoliceFile
from wardmote.analytics.sources.police_uk.rows import Months, Places, Rejected, Tally
from wardmote.analytics.sources.request import Outcome, ReadRequest
from wardmote.analytics.sources.tables import Row
from wardmote.analytics.warehouse.schema import STOPS
from wardmote.foundations.british_time import in_britain
from wardmote.foundations.periods import Month

SPEC: Final = Companion(
    kind="police-uk-stops",
    layout=LAYOUT,
    dataset="police-uk-stops",
    title="stop and search",
    reader="police_uk_stops/1",
    schema=STOPS,
    counted={
        "rows_by_type": "type",
        "rows_by_object": "object",
        "rows_by_outcome": "outcome",
        "rows_by_self_defined_ethnicity": "self_defined_ethnicity",
        "rows_by_officer_defined_ethnicity": "officer_defined_ethnicity",
    },
)
_YES_OR_NO: Final = {"true": True, "false": False, "": None}


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read stop and search files into one prepared release for each force; raises SourceRefused."""
    return read_companions(request, SPEC, _Maker(request))


class _Maker:
    def __init__(self, request: ReadRequest) -> None:
        self._months, self._places = Months(request.now), Places()

    def record(self, file: PoliceFile, row: Row, cells: Sequence[str], *, tally: Tally) -> tuple[Any, ...]:
        kind, when, operation, operation_name, lat, lon, *who, linked, clothing = cells
        gender, age, self_defined, officer_defined, legislation, searched_for, outcome = (cell or None for cell in who)
        moment = _moment(when.strip())
        month = self._months.of(file, row, str(Month.of(moment.date())), tally=tally)
        if not kind.strip():
            raise Rejected("Type", "no type of search", kind="no type")
        x, y, x_micro, y_micro, outside = self._places.of(lon, lat, tally=tally)
        return (
            kind.strip(),
            when.strip(),
            moment.date(),
            month.first_day,
            month.index,
            _yes_or_no(operation, "Part of a policing operation"),
            operation_name or None,
            x,
            y,
            x_micro,
            y_micro,
            gender,
            age,
            self_defined,
            officer_defined,
            legislation,
            searched_for,
            outcome,
            _yes_or_no(linked, "Outcome linked to object of search"),
            _yes_or_no(clothing, "Removal of more than just outer clothing"),
            outside,
            file.source.name,
        )


def _moment(text: str) -> dt.datetime:
    """Read the time of a stop as a clock in Britain showed it: 23:20 UTC on 31 July is a stop of August."""
    if not text:
        raise Rejected("Date", "no date", kind="not a date")
    try:
        return in_britain(dt.datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise Rejected("Date", f"“{text[:40]}” is not a date", kind="not a date") from None


def _yes_or_no(text: str, column: str) -> bool | None:
    try:
        return _YES_OR_NO[text.strip().lower()]
    except KeyError:
        raise Rejected(column, f"“{text[:40]}” is neither True nor False", kind="neither True nor False") from None
