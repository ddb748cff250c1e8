"""Weights of the Crime Severity Score by offence, from the user's copy of the data tool of the statistics office.

Source: Office for National Statistics (2016), Research outputs: developing a Crime Severity Score for England and
Wales. The layout of the tool is not fixed between editions: its table of weights is found by the names of its columns.
"""

import re
from typing import Final

from wardmote.analytics.sources.named_columns import Columns
from wardmote.analytics.sources.offence_weights import CODE, Scale, Weighed, read_weights
from wardmote.analytics.sources.release import OGL
from wardmote.analytics.sources.request import Outcome, ReadRequest
from wardmote.analytics.warehouse.schema import SEVERITY_WEIGHTS

COLUMNS: Final = Columns(
    needed={
        "offence": ("offencedescription", "offencename", "offencetitle", "offence"),
        "weight": ("weight", "cssweight", "severityweight", "crimeseverityweight", "crimeseverityscoreweight"),
        "ho_code": ("offencecode", "hooffencecode", "homeofficeoffencecode", "homeofficecode", "hocode"),
    },
    welcome={"group": ("offencegroup", "group")},
)
_BETWEEN: Final = re.compile(r"\s*(?:[/,;&+]|\band\b)\s*", re.IGNORECASE)


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read one table of weights into one prepared release; raises SourceRefused where a table is not one."""
    return read_weights(request, SCALE)


def codes_of(text: str) -> str | None:
    """Return the Home Office codes of one weight, joined as the open tables join them: `1/4.1/4.2`; None of no code."""
    codes = [code for code in _BETWEEN.split(text.strip().upper()) if code]
    return "/".join(codes) if codes and all(CODE.fullmatch(code) for code in codes) else None


def _record(one: Weighed) -> tuple[object, ...]:
    return one.texts["offence"], one.code, one.texts.get("group") or None, one.weight


SCALE: Final = Scale(
    kind="severity-weights",
    dataset="severity-weights-ons",
    reader="severity_weights/1",
    publisher="Office for National Statistics",
    licence=OGL,
    attribution="Weights: Office for National Statistics, Crime Severity Score, Open Government Licence v3.0.",
    title="Crime Severity Score weights",
    title_after="",
    sample_title="Made-up weights of severity",
    columns=COLUMNS,
    value="weight",
    schema=SEVERITY_WEIGHTS,
    unit="a weight",
    beyond="no offence weighs {}",
    code_of=codes_of,
    record=_record,
)
