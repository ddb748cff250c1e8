"""Weights of harm by offence, from the partnership's own copy of the Cambridge Crime Harm Index workbook.

Source: Sherman, Neyroud and Neyroud (2016), The Cambridge Crime Harm Index, Policing 10, 171-183. The workbook is under
copyright: none is shipped, and what is read from one belongs to the partnership that brought it.
"""

from collections.abc import Sequence
from typing import Final

from wardmote.analytics.sources.named_columns import Columns
from wardmote.analytics.sources.offence_weights import CODE, Scale, Texts, Weighed, read_weights
from wardmote.analytics.sources.request import Outcome, ReadRequest
from wardmote.analytics.warehouse.manifest import JSON
from wardmote.analytics.warehouse.schema import HARM_WEIGHTS

COLUMNS: Final = Columns(
    needed={
        "offence": ("fulloffencetitle", "offencetitle", "offence"),
        "days": ("cchiscore", "cchi", "crimeharmindexscore"),
        "ho_code": ("classificationcode", "homeofficecode"),
    },
    welcome={"group": ("group",), "subgroup": ("subgroup",), "notifiable": ("notifiable",)},
)


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read one copy of the index into one prepared release; raises SourceRefused where a table is not one."""
    return read_weights(request, SCALE)


def code_of(text: str) -> str | None:
    """Return a Home Office code as the open tables write it: `4/3` is `4.3`; None where it is not one, such as NN."""
    code = text.strip().upper().replace("/", ".")
    return code if CODE.fullmatch(code) else None


def _record(one: Weighed) -> tuple[object, ...]:
    texts = one.texts
    return (
        texts["offence"],
        one.code,
        texts.get("group") or None,
        texts.get("subgroup") or None,
        _is_notifiable(texts),
        texts["offence"].lower().startswith("attempt"),
        one.weight,
    )


def _is_notifiable(texts: Texts) -> bool:
    return not texts.get("notifiable", "").lower().startswith("non")


def _quality(taken: Sequence[Weighed]) -> dict[str, JSON]:
    return {"offences_not_notifiable": sum(not _is_notifiable(one.texts) for one in taken)}


SCALE: Final = Scale(
    kind="harm-weights",
    dataset="harm-weights-cambridge",
    reader="harm_weights/1",
    publisher="Cambridge Centre for Evidence Based Policing",
    licence="Under copyright; the partnership's own copy, not to be passed on",
    attribution=(
        "Harm weights: Cambridge Crime Harm Index, Cambridge Centre for Evidence Based Policing, "
        "from the partnership's own copy."
    ),
    title="Cambridge Crime Harm Index",
    title_after=", own copy",
    sample_title="Made-up weights of harm",
    columns=COLUMNS,
    value="days",
    schema=HARM_WEIGHTS,
    unit="a number of days",
    beyond="no court could start from {} days",
    code_of=code_of,
    record=_record,
    quality=_quality,
)
