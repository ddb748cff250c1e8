"""Road safety in a report: who was hurt, how that moved, by year, district and ward; or what is missing."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.definitions import road_casualty_terms
from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import signed, signed_percentage, with_thousands
from wardmote.printing.blocks import (
    Block,
    Column,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    Inset,
    Paragraph,
    Picture,
    Table,
)
from wardmote.printing.chart_kinds import Line, LineChart

Content = Mapping[str, Any]
KIND: Final = "road-casualties"
COUNTED: Final = (
    "Killed means within 30 days. How badly others are hurt is as the police recorded it; many slight injuries never "
    "come to their notice. KSI is killed or seriously injured."
)
RESIDENTS_NOTE: Final = (
    "People are hurt where they travel, not where they live: a rate by residents is high where a busy road runs "
    "through. The interval allows for several people being hurt in one collision."
)


def road_blocks(analysis: Content) -> list[Block]:
    """Return the section on road safety; what is missing where nothing is held; nothing for an older analysis."""
    road = analysis.get("road")
    if not road:
        return []
    heading = Heading("Road safety", 2, "road-safety")
    if road["missing"]:
        return [heading, Paragraph((f"There are no figures of road safety: {road['missing']}.",))]
    return [
        heading,
        *_said(road),
        _lines(road),
        *_recording(road),
        _years(road),
        _trend(road, analysis),
        _districts(road),
        *_wards(road),
    ]


def _said(road: Content) -> list[Block]:
    ksi = next(row for row in road["rows"] if row["slug"] == "ksi")
    sentence = Paragraph(
        (FigureRef(str(ksi["words"]), "road.ksi.change"), f". {_among_words(ksi, road)}{_mean_words(ksi)}{COUNTED}")
    )
    provisional = _provisional_words(road)
    return [sentence, *([Inset((provisional,))] if provisional else [])]


def _among_words(row: Content, road: Content) -> str:
    """Say that a clear change does not stay clear beside the others of the table, where that is so."""
    if row["among"] == row["verdict"]:
        return ""
    return f"Among the {len(road['rows'])} changes of the table it does not stay clear. "


def _mean_words(row: Content) -> str:
    if row["mean"] is None:
        return ""
    before = "" if row["mean_before"] is None else f", and {_number(row['mean_before'])} a year before"
    return f"The mean of the last three years is {_number(row['mean'])}{before}. "


def _provisional_words(road: Content) -> str:
    parts = [
        f"{number} of the 12 months of the {road[name]['words']}"
        for name, number in (("period", road["provisional_in_period"]), ("before", road["provisional_before"]))
        if number
    ]
    return f"{road_casualty_terms().provisional_words} It concerns {' and '.join(parts)}." if parts else ""


def _lines(road: Content) -> Table:
    columns = (
        Column("Who was hurt"),
        Column(_titled(road, "before", "Before"), numeric=True),
        Column(_titled(road, "period", "Now"), numeric=True),
        Column("Change", numeric=True),
        Column("95% interval", numeric=True),
        Column("Clear among all?"),
        Column("3-year mean", numeric=True),
    )
    unknown = road["unknown_age"]
    ages = f" Of {with_thousands(unknown)} casualties nobody knows whether they were children." if unknown else ""
    child = f"A child is under {road_casualty_terms().child_under}.{ages}"
    note = " ".join(part for part in (child, _among(road), _provisional_note(road)) if part)
    caption = f"Casualties on the roads, {road['period']['words']} and the year before"
    return Table(caption, columns, tuple(_line(row) for row in road["rows"]), note)


def _among(road: Content) -> str:
    return (
        f"Clear among all: it stays clear when one allows for {len(road['rows'])} changes being compared, of which "
        "some look clear by chance."
    )


def _titled(road: Content, which: str, title: str) -> str:
    return f"{title}{' (p)' if road['provisional_in_period' if which == 'period' else 'provisional_before'] else ''}"


def _provisional_note(road: Content) -> str:
    return "(p): provisional, in part or whole." if road["provisional_in_period"] or road["provisional_before"] else ""


def _line(row: Content) -> tuple[Inlines, ...]:
    key = f"road.{row['slug']}"
    return (
        (row["title"],),
        (_ref(row["before"], f"{key}.before"),),
        (_ref(row["count"], f"{key}.count"),),
        (_change(row, f"{key}.change"),),
        (_interval(row),),
        (row["among"],),
        ("n/a" if row["mean"] is None else _number(row["mean"]),),
    )


def _ref(value: int | None, key: str) -> Inline:
    return "n/a" if value is None else FigureRef(with_thousands(value), key)


def _change(row: Content, key: str) -> Inline:
    if row["percent"] is not None:
        return FigureRef(signed_percentage(Decimal(row["percent"])), key)
    # From a base below 20 a percentage would mislead: the difference stands in its place.
    return "n/a" if row["difference"] is None else FigureRef(f"{signed(row['difference'])} casualties", key)


def _interval(row: Content) -> str:
    # Where no percentage is given its ends would mislead as well.
    if row["percent"] is None or row["low"] is None or row["high"] is None:
        return "n/a"
    return f"{signed_percentage(Decimal(row['low']))} to {signed_percentage(Decimal(row['high']))}"


def _recording(road: Content) -> list[Block]:
    """Say how severity was recorded: where that changed, where it did not, and where the file does not tell."""
    shares, words = road["recording"]["shares"], road_casualty_terms().recording_words
    if road["recording"]["broken"]:
        return [Inset((f"{words} Here {road['recording']['broken']}, so serious injuries are not compared.",))]
    if shares[1] is None:
        told = "These files do not say how injuries were recorded, so nobody can rule out that it changed."
        return [Paragraph((f"{words} {told}",))]
    return []


def _years(road: Content) -> Table:
    columns = (
        Column("Year"),
        # Short, for they stand side by side on paper.
        *(Column(slug.capitalize(), numeric=True) for slug in road_casualty_terms().severities),
        Column("KSI", numeric=True),
        Column("KSI, adjusted", numeric=True),
        Column("All", numeric=True),
        Column("By injury", numeric=True),
        Column("Status"),
    )
    note = (
        "KSI, adjusted: as the Department for Transport estimates it would be had all police forces recorded injuries; "
        "the one to compare over years in which recording changed. By injury: share of those "
        "injured, not killed, whose injuries themselves were recorded."
    )
    return Table("Casualties by calendar year", columns, tuple(_year(row) for row in road["years"]), note)


def _year(row: Content) -> tuple[Inlines, ...]:
    counts = [row[slug] for slug in (*road_casualty_terms().severities, "ksi")]
    share = row["by_injury"]
    return (
        (str(row["year"]) if row["months"] == 12 else f"{row['year']}, {row['months']} months",),
        *((with_thousands(count),) for count in counts),
        ("n/a" if row["adjusted"] is None else _number(row["adjusted"]),),
        (with_thousands(row["all"]),),
        ("not stated" if share is None else f"{with_thousands(Decimal(share))}%",),
        ("Provisional" if row["provisional"] else "Final",),
    )


def _trend(road: Content, analysis: Content) -> Picture:
    months = tuple(road["months"])
    first, last = Month.parse(months[0]).words(), Month.parse(months[-1]).words()
    values = tuple(road["months"].values())
    title = "Killed or seriously injured, month by month"
    cells = tuple(((Month.parse(month).words(),), (_month(road, month),)) for month in months)
    source = next(one for one in analysis["sources"] if one["kind"] == KIND)
    return Picture(
        title=title,
        subtitle=f"People a month, {first} to {last}",
        chart=LineChart("People a month", months, (Line("Killed or seriously injured", values),)),
        description=(
            f"A line of {len(months)} months from {first} to {last}, between {min(values)} and {max(values)} people a "
            "month. The table has each month."
        ),
        source=f"{source['publisher']}, release {source['release'][:12]}.",
        table=Table(title, (Column("Month"), Column("People", numeric=True)), cells, _monthly_note(road)),
    )


def _month(road: Content, month: str) -> str:
    return f"{with_thousands(road['months'][month])}{' (p)' if month in road['provisional'] else ''}"


def _monthly_note(road: Content) -> str:
    return "(p): provisional." if any(month in road["provisional"] for month in road["months"]) else ""


def _districts(road: Content) -> Table:
    columns = (
        Column("District"),
        Column(f"KSI, {road['period']['words']}", numeric=True),
        Column("Per 10,000 residents", numeric=True),
        Column("95% interval", numeric=True),
        Column("Three years: a year per 10,000", numeric=True),
        Column("95% interval of three years", numeric=True),
    )
    years = sorted({row["year"]["population_year"] for row in road["districts"]} - {None})
    people = f"Residents of mid-{', mid-'.join(map(str, years))}. " if years else "No population is held. "
    rows = tuple(_district(row) for row in road["districts"])
    return Table("Killed or seriously injured by district", columns, rows, f"{people}{RESIDENTS_NOTE}")


def _district(row: Content) -> tuple[Inlines, ...]:
    year, three = row["year"], row["three_years"]
    return (
        (row["name"],),
        (with_thousands(year["ksi"]),),
        (_rate(year),),
        (_ends(year),),
        (_rate(three),),
        (_ends(three),),
    )


def _rate(found: Content) -> str:
    return with_thousands(Decimal(found["rate"]), 1) if "rate" in found else "n/a"


def _ends(found: Content) -> str:
    if "low" not in found:
        return "n/a"
    return f"{with_thousands(Decimal(found['low']), 1)} to {with_thousands(Decimal(found['high']), 1)}"


def _wards(road: Content) -> list[Block]:
    if not road["wards"]:
        return []
    columns = (
        Column("Ward"),
        Column("KSI in three years", numeric=True),
        Column("Collisions with KSI", numeric=True),
        Column("All casualties", numeric=True),
        Column("KSI a year per 10,000 residents", numeric=True),
        Column("95% interval", numeric=True),
    )
    unplaced = road["unplaced"]
    without = f" {with_thousands(unplaced)} casualties have no small area, and stand in no ward." if unplaced else ""
    note = (
        "The wards with most, at most ten, by name. Where the intervals of two wards overlap widely, nobody can say "
        f"which has more risk.{without}"
    )
    rows = tuple(
        (
            (row["name"],),
            (with_thousands(row["ksi"]),),
            (with_thousands(row["collisions"]),),
            (with_thousands(row["all"]),),
            (_rate(row),),
            (_ends(row),),
        )
        for row in road["wards"]
    )
    caption = f"Wards with most killed or seriously injured, {road['three_years']['words']}"
    return [Table(caption, columns, rows, note), *_hotspots(road)]


def _hotspots(road: Content) -> list[Block]:
    """Say which wards stand out beyond chance, or why that cannot be said."""
    found = road.get("hotspots")
    if not found:
        return []
    period = road["three_years"]["words"]
    if found["why"]:
        return [Paragraph((f"Whether some wards stand out beyond chance cannot be said: {found['why']}.",))]
    what = "collisions in which somebody was killed or seriously injured"
    if not found["hot"]:
        return [Paragraph((f"No ward stands out beyond chance by {what} around it, {period}.",))]
    named = ", ".join(f"{row['name']} ({with_thousands(row['collisions'])})" for row in found["hot"])
    return [
        Paragraph(
            (
                f"With their neighbours these wards have more {what} than chance would give, {period}, by name: "
                f"{named}. Their roads may carry more traffic than others; nothing here allows for it.",
            )
        )
    ]


def _number(value: str) -> str:
    return with_thousands(Decimal(value), 1)
