"""Every expression of the measures can be written for Spark too, and none uses what the two engines do differently."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import pytest
from ibis.config import Config

from tests.analytics.measures import world
from tests.analytics.measures.world import incident, months
from wardmote.analytics import measures
from wardmote.analytics.measures import MEASURES, Query, rows_behind
from wardmote.analytics.measures.points import counts_at_points

TWO_YEARS = months("2023-10", "2025-09")
# Functions that one engine lacks or that answer differently, and raw SQL.
TRAPS = (".mode(", ".kurtosis(", "asof_join", ".first(", ".last(", "group_concat", ".sample(", "ibis.range", "raw_sql")
TRAPS = (*TRAPS, ".delta(", ".median(", "ibis.udf", ".geo", "create_table", ".mean(")
# What works on arrays in this process sends nothing to an engine.
ARRAYS = "import numpy"


class Speaking:
    """A connection that writes every expression in Spark's SQL before DuckDB runs it."""

    def __init__(self, con: Any) -> None:
        self.con = con
        self.written: list[str] = []

    def to_pyarrow(self, expression: Any) -> Any:
        self.written.append(str(ibis.to_sql(expression, dialect="pyspark")))
        return self.con.to_pyarrow(expression)


class SparkOptions(Config):
    """What Ibis's Spark backend would set, were pyspark installed: the compiler reads it."""

    treat_nan_as_null: bool = False


@pytest.fixture
def spark_options() -> Iterator[None]:
    before = ibis.options.pyspark
    ibis.options.pyspark = SparkOptions()
    yield
    ibis.options.pyspark = before


@pytest.mark.usefixtures("spark_options")
@pytest.mark.parametrize("measure", ["counts", "rates", "shares", "change"])
def test_the_expressions_of_a_measure_compile_for_spark(measure: str) -> None:
    rows = [incident(month, lsoa=code) for month in TWO_YEARS for code in world.INSIDE]
    people = {(code, 2024): 1500 for code in world.INSIDE}
    found = world.evidence(rows, TWO_YEARS, population=people)
    speaking = Speaking(found.con)
    evidence = replace(found, con=speaking)
    figures = MEASURES[measure](evidence, Query(by=("problem", "ward"), exclude={"district": ("Overhill",)}))
    assert figures.rows
    assert sum(1 for _ in rows_behind(evidence, Query(where={"partnership": ("Marsh and Fen",)}))) == len(rows)
    assert counts_at_points(evidence, Query(by=("problem",), where={"district": ("Saltmarsh",)}))
    assert all(statement.startswith(("SELECT", "WITH")) for statement in speaking.written)


@pytest.mark.parametrize("trap", TRAPS)
def test_no_measure_uses_what_the_engines_do_differently(trap: str) -> None:
    sources = Path(str(measures.__file__)).parent.glob("*.py")
    texts = {path.name: path.read_text(encoding="utf-8") for path in sources}
    users = [name for name, text in texts.items() if trap in text and ARRAYS not in text]
    assert users == []


def test_no_measure_divides_on_the_engine() -> None:
    # Division of columns differs between engines (decimals, zero): figures divide exact numbers after they are counted.
    for name in ("tally.py", "scope.py", "residents.py", "placing.py", "located.py", "rows.py"):
        text = (Path(str(measures.__file__)).parent / name).read_text(encoding="utf-8")
        assert re.findall(r"[\w)\]] / [\w(]", re.sub(r'""".*?"""', "", text, flags=re.DOTALL)) == []
