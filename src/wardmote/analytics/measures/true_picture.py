"""Does a recording system give a true picture? Rows that look like duplicates, or like incidents under a wrong code.

Sources: Kent Community Safety Partnership agenda pack, November 2012, on recording processes that reflect the picture;
data.police.uk, About the data: anti-social behaviour has no Crime ID and no outcome, every crime has an ID.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardmote.definitions import published_categories
from wardmote.foundations.periods import Month

ASB: Final = "Anti-social behaviour"
# A heap is ten or more rows alike in a month at one point, and five times as many as in that point's other months.
HEAP_ROWS: Final = 10
HEAP_TIMES: Final = 5
HEAP_MONTHS: Final = 6
EXAMPLES: Final = 5
COLUMNS: Final = ("month", "category", "location", "lsoa_code", "outcome", "file")


@dataclass(frozen=True)
class IncidentCheck:
    """A check on incidents: its name, what it finds in words, and what that may mean."""

    code: str
    title: str
    means: str


@dataclass(frozen=True)
class Found:
    """What a check found: the rows, out of how many, by month, and some of them (values in the order of COLUMNS)."""

    check: IncidentCheck
    rows: int
    of: int
    by_month: Mapping[str, int]
    examples: tuple[tuple[str, ...], ...]


def look_over(con: Any, incidents: Any, months: Sequence[Month]) -> tuple[Found, ...]:
    """Run every check over incidents (columns of schema.INCIDENTS) and return what each found in some months.

    All incidents are looked at, so that a crime is found that stands in an earlier month too.
    """
    indexes = [month.index for month in months]
    of = int(con.to_pyarrow(incidents.filter(incidents.month_index.isin(indexes)).count()).as_py())
    found = ((check, rule(incidents)) for check, rule in CHECKS)
    return tuple(_found(con, check, rows.filter(rows.month_index.isin(indexes)), of) for check, rows in found)


def _found(con: Any, check: IncidentCheck, rows: Any, of: int) -> Found:
    by_month = con.to_pyarrow(rows.group_by("month").aggregate(n=rows.count()).order_by("month")).to_pylist()
    shown = con.to_pyarrow(rows.select(*COLUMNS).order_by(list(COLUMNS)).limit(EXAMPLES)).to_pylist()
    months = {f"{row['month']:%Y-%m}": int(row["n"]) for row in by_month}
    return Found(check, sum(months.values()), of, months, tuple(_texts(row) for row in shown))


def _texts(row: Mapping[str, Any]) -> tuple[str, ...]:
    texts = {name: "" if row[name] is None else str(row[name]) for name in COLUMNS}
    return tuple((texts | {"month": f"{row['month']:%Y-%m}"}).values())


def _repeated(incidents: Any) -> Any:
    """Rows of one Crime ID, month and category that stand there more than once."""
    return _several(incidents, "crime_id", "month_index", "category")


def _moved(incidents: Any) -> Any:
    """Rows of one Crime ID that stand under several months or categories."""
    known = incidents.filter(incidents.crime_id.notnull())
    kinds = known.select("crime_id", "month_index", "category").distinct()
    several = kinds.group_by("crime_id").having(kinds.count() > 1).aggregate(n=kinds.count())
    return known.semi_join(several, "crime_id")


def _several(incidents: Any, *keys: str) -> Any:
    known = incidents.filter(incidents.crime_id.notnull())
    groups = known.group_by(list(keys))
    several = groups.having(known.count() > 1).aggregate(n=known.count())
    return known.semi_join(several, list(keys))


def _asb_with_id(incidents: Any) -> Any:
    return incidents.filter((incidents.category == ASB) & incidents.crime_id.notnull())


def _asb_with_outcome(incidents: Any) -> Any:
    return incidents.filter((incidents.category == ASB) & incidents.outcome.notnull())


def _crime_without_id(incidents: Any) -> Any:
    return incidents.filter((incidents.category != ASB) & incidents.crime_id.isnull())


def _out_of_use(incidents: Any) -> Any:
    """Rows under a category that nobody published in their month."""
    import ibis

    wrong = ibis.literal(value=False)
    for one in published_categories():
        before = incidents.month_index < _index(one.first_month)
        after = incidents.month_index > _index(one.last_month) if one.last_month else ibis.literal(value=False)
        wrong = wrong | ((incidents.category == one.name) & (before | after))
    known = [one.name for one in published_categories()]
    return incidents.filter(wrong | incidents.category.notin(known))


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def _heaps(incidents: Any) -> Any:
    """Rows without Crime ID that lie on one point in a month far more often than in its other months."""
    import ibis

    point = ["category", "longitude_micro", "latitude_micro"]
    plain = incidents.filter(incidents.crime_id.isnull() & incidents.longitude_micro.notnull())
    months = incidents.aggregate(months=incidents.month_index.nunique())
    monthly = plain.group_by([*point, "month_index"]).aggregate(n=plain.count())
    window = ibis.window(group_by=point)
    monthly = monthly.mutate(elsewhere=monthly.n.sum().over(window) - monthly.n).cross_join(months)
    heaps = monthly.filter(
        (monthly.months >= HEAP_MONTHS)
        & (monthly.n >= HEAP_ROWS)
        & (monthly.n * (monthly.months - 1) >= HEAP_TIMES * monthly.elsewhere)
    )
    return plain.semi_join(heaps.select(*point, "month_index"), [*point, "month_index"])


CHECKS: Final[tuple[tuple[IncidentCheck, Callable[[Any], Any]], ...]] = (
    (
        IncidentCheck(
            "repeated-id",
            "One crime, several rows in one month",
            "The same crime is probably counted twice. The publisher may also give several victims a row each.",
        ),
        _repeated,
    ),
    (
        IncidentCheck(
            "moved-id",
            "One crime under several months or crime types",
            "It was moved or given another code, and the old row stayed.",
        ),
        _moved,
    ),
    (
        IncidentCheck(
            "asb-with-id",
            "Anti-social behaviour with a Crime ID",
            "Anti-social behaviour is no crime and has no ID: it is probably a crime under the wrong code.",
        ),
        _asb_with_id,
    ),
    (
        IncidentCheck(
            "asb-with-outcome",
            "Anti-social behaviour with an outcome",
            "Only crimes have an outcome: it is probably a crime under the wrong code.",
        ),
        _asb_with_outcome,
    ),
    (
        IncidentCheck(
            "crime-without-id",
            "A crime without a Crime ID",
            "It is probably an incident under a crime's code, or its ID was lost: it cannot be followed to an outcome.",
        ),
        _crime_without_id,
    ),
    (
        IncidentCheck(
            "out-of-use",
            "A crime type that was not in use that month",
            "It is misspelt or under an old code, and counts towards no problem.",
        ),
        _out_of_use,
    ),
    (
        IncidentCheck(
            "heap",
            "Many alike on one point",
            f"At least {HEAP_ROWS} rows without ID on one point in a month, {HEAP_TIMES} times its other months. One "
            "event may have been recorded for each caller, or a point stands in for a whole place. Told from six "
            "months on.",
        ),
        _heaps,
    ),
)
