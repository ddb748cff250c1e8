"""Whose mix of offences is taken, for which year, and which others show how mixes differ."""

from collections import Counter
from collections.abc import Sequence

import ibis
import pyarrow as pa

from wardmote.analytics.measures.offence_mix import (
    FORCE,
    PARTNERSHIP,
    OffenceMixes,
    OffenceRow,
    mixes_for,
    offences_in,
)
from wardmote.foundations.periods import Month

UNTIL = Month(2024, 6)
APRIL = Month(2023, 4)


def row(count: int, *, force: str = "marshland", area: str = "", month: Month = APRIL, code: str = "28E") -> OffenceRow:
    level = PARTNERSHIP if area else FORCE
    return OffenceRow(level, area or force.title(), force, month, code, "Burglary", count)


def found(rows: Sequence[OffenceRow], *, partnerships: Sequence[str] = (), force: str = "marshland") -> OffenceMixes:
    mixes = mixes_for(rows, force=force, partnerships=partnerships, until=UNTIL)
    assert mixes is not None
    return mixes


def test_the_newest_four_quarters_that_have_ended_count() -> None:
    quarters = [Month(2023, 1) + 3 * at for at in range(7)]
    mixes = found([row(10**at, month=month) for at, month in enumerate(quarters)])
    assert mixes.own["Burglary"] == {"28E": 111100}
    assert (mixes.period.first, mixes.period.last) == (Month(2023, 7), UNTIL)
    assert mixes_for([row(1, month=Month(2024, 7))], force="x", partnerships=(), until=UNTIL) is None


def test_the_force_stands_for_its_partnerships_and_all_forces_for_one_that_is_not_held() -> None:
    rows = [row(10), row(30, force="hills"), row(5, force="btp"), row(1, code="30C")]
    mixes = found(rows)
    assert (mixes.area, mixes.spread) == ("Marshland", "forces")
    assert mixes.own["Burglary"] == {"28E": 10, "30C": 1}
    assert mixes.everywhere["Burglary"] == {"28E": 40, "30C": 1}
    assert len(mixes.others) == 2
    other = found(rows, force="fenland")
    assert (other.area, other.own) == ("all 2 forces", other.everywhere)


def test_a_partnership_of_its_own_name_has_its_own_mix_and_its_quarters_show_the_spread() -> None:
    rows = [
        row(100),
        row(7, area="Marsh & Fen"),
        row(8, area="Marsh & Fen", month=Month(2023, 7)),
        row(9, area="Hills"),
    ]
    mixes = found(rows, partnerships=["Marsh and Fen"])
    assert (mixes.area, mixes.spread) == ("Marsh & Fen", "quarters")
    assert mixes.own["Burglary"] == {"28E": 15}
    assert [other["Burglary"] for other in mixes.others] == [{"28E": 7}, {"28E": 8}]
    # What forces and their partnerships have is the same: it counts once.
    assert mixes.everywhere["Burglary"] == {"28E": 100}


def test_partnerships_add_up_to_their_force_where_no_table_by_force_is_held() -> None:
    mixes = found([row(7, area="Marsh"), row(9, area="Hills"), row(4, area="Dale", force="hills")])
    assert (mixes.area, mixes.own["Burglary"]) == ("its force", {"28E": 16})
    assert Counter(other["Burglary"]["28E"] for other in mixes.others) == Counter([16, 4])


def test_of_other_partnerships_nothing_is_read_where_names_are_given() -> None:
    con = ibis.duckdb.connect()
    held = [(FORCE, "Marshland"), (PARTNERSHIP, "Marsh & Fen"), (PARTNERSHIP, "Hills")]
    rest = {"month_index": APRIL.index, "ho_code": "28E", "group": "Theft", "subgroup": "Domestic burglary", "count": 5}
    rows = [{"level": level, "area": area, "force": "marshland", **rest} for level, area in held]
    # Through Arrow: from a list Ibis goes through pandas.
    table = ibis.memtable(pa.Table.from_pylist(rows))
    every, own = (
        offences_in(con, table, [str(APRIL)], partnerships=names) for names in (None, ["Marsh and Fen", "Nowhere"])
    )
    assert sorted((row.level, row.area) for row in every) == sorted(held)
    assert sorted((row.level, row.area) for row in own) == sorted(held[:2])
    mixes = [found(rows, partnerships=["Marsh and Fen"]) for rows in (every, own)]
    assert mixes[0] == mixes[1]
    con.disconnect()
