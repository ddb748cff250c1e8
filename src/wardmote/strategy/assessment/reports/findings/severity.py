"""The severity of recorded crime in a report: the score year by year, and which kinds of offence it is made of."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from wardmote.foundations.rounding import with_thousands
from wardmote.foundations.wording import capital
from wardmote.printing.blocks import Block, Column, Heading, Inlines, Paragraph, Table
from wardmote.strategy.assessment.queries.findings.severity import severity_words, tenths
from wardmote.strategy.assessment.reports.numbers import method_paragraph

Content = Mapping[str, Any]
TITLE: Final = "Severity of recorded crime"
NOT_KNOWN: Final = "not known"


def severity_blocks(analysis: Content) -> list[Block]:
    """Return both tables; what is missing where there are none; nothing for an older analysis or a single ward."""
    about = analysis.get("severity")
    if not about:
        return []
    heading = Heading(TITLE, 2, "severity")
    if about["missing"]:
        return [heading, Paragraph((f"No Crime Severity Score is worked out: {about['missing']}.",))]
    said = severity_words(about)
    return [
        heading,
        *([Paragraph((said,))] if said else []),
        Paragraph((_how(about),)),
        _years(about),
        _kinds(about),
        method_paragraph("Severity", "severity"),
    ]


def _how(about: Content) -> str:
    return (
        "The score weighs every recorded offence by what sentences for it come to, adds the weights up and divides by "
        "the residents. It counts offences as the Home Office's tables have them for the partnership, not the "
        "incidents of police.uk, and neither anti-social behaviour nor fraud."
    )


def _years(about: Content) -> Table:
    columns = (
        Column("Year"),
        Column("Offences recorded", numeric=True),
        Column("Residents", numeric=True),
        Column("Of mid-year", numeric=True),
        Column("Severity score", numeric=True),
        Column("Mean weight of an offence", numeric=True),
    )
    rows = tuple(_year(one) for one in about["years"])
    return Table(f"Crime Severity Score, {about['area']}", columns, rows, _note(about))


def _year(found: Content) -> tuple[Inlines, ...]:
    return (
        (capital(found["period"]["words"]),),
        (with_thousands(found["offences"]),),
        (with_thousands(found["residents"]) if found["residents"] else NOT_KNOWN,),
        (str(found["residents_of"]) if found["residents"] else NOT_KNOWN,),
        (tenths(found["score"]) if found["score"] else NOT_KNOWN,),
        (tenths(found["per_offence"]),),
    )


def _note(about: Content) -> str:
    beside = "; ".join(f"{one['area']}: {tenths(one['per_offence'])}" for one in about["beside"])
    others = f" Mean weight of an offence in the newest year elsewhere: {beside}." if beside else ""
    without = about["years"][0]["unweighed"]
    unweighed = (
        f" {with_thousands(without)} offences of the newest year have no weight and add nothing." if without else ""
    )
    return (
        f"Weights: {about['weights']}, the same for every year. A change in how offences are recorded moves the score "
        f"as it moves the number.{others}{unweighed}"
    )


def _kinds(about: Content) -> Table:
    columns = (
        Column("Kind of offence"),
        Column("Offences", numeric=True),
        Column("Share of offences", numeric=True),
        Column("Share of severity", numeric=True),
        Column("Mean weight", numeric=True),
    )
    rows = tuple(
        (
            (one["category"],),
            (with_thousands(one["offences"]),),
            (_percent(one["offence_share"]),),
            (_percent(one["share"]),),
            (tenths(one["per_offence"]),),
        )
        for one in about["kinds"]
    )
    newest = about["years"][0]["period"]["words"]
    note = "Shares are of the offences with a weight. Drug and weapon offences mostly follow what the police look for."
    return Table(f"What the severity is made of, {newest}", columns, rows, note)


def _percent(value: str) -> str:
    return f"{with_thousands(Fraction(value), 1)}%"
