"""Severity: recorded offences weighed by what sentences for them come to, for every resident and for every offence.

Source: Office for National Statistics (2016), Research outputs: developing a Crime Severity Score for England and
Wales: score = sum of offences x weight / residents. The formula, an example and the limits: docs/methods/severity.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wardmote.analytics.measures.harm import Mix, Offence, Weight, mean_weight
from wardmote.analytics.measures.offence_mix import QUARTER_MONTHS, QUARTERS_OF_A_YEAR, OffenceRow, quarter_year
from wardmote.foundations.periods import Month, Period


@dataclass(frozen=True)
class Severity:
    """The severity of some offences: the sum of their weights, how many were weighed, how many have no weight."""

    weight: Fraction
    offences: int
    unweighed: int

    @property
    def per_offence(self) -> Fraction:
        """The mean weight of an offence that was weighed."""
        return self.weight / self.offences

    def score(self, residents: int) -> Fraction:
        """Return the Crime Severity Score: the weight of the offences for every resident."""
        return self.weight / residents


def severity_of(mix: Mix, weights: Mapping[str, Weight]) -> Severity | None:
    """Return the severity of offences by code; None where under nine tenths of them have a weight, or there is none."""
    mean = mean_weight(mix, weights)
    if mean is None:
        return None
    weighed = sum(count for code, count in mix.items() if code in weights and count > 0)
    return Severity(mean.middle * weighed, weighed, sum(count for count in mix.values() if count > 0) - weighed)


def severity_weights_in(con: Any, table: Any) -> tuple[Offence, ...]:
    """Return the weights of a release by single code: a weight of several joined codes is that of each of them."""
    rows = con.to_pyarrow(table.filter(table.ho_code.notnull())).to_pylist()
    return tuple(Offence(code, Fraction(row["weight"])) for row in rows for code in row["ho_code"].split("/"))


def whole_years(rows: Iterable[OffenceRow], until: Month, *, most: int) -> list[Period]:
    """Return the newest year of four quarters that had ended by a month, and those before it without a gap."""
    held = {row.month for row in rows}
    ended = [month for month in held if quarter_year([month]).last <= until]
    years: list[Period] = []
    start = max(ended, default=None)
    while start is not None and len(years) < most:
        quarters = [start - QUARTER_MONTHS * back for back in range(QUARTERS_OF_A_YEAR)]
        if not held.issuperset(quarters):
            break
        years.append(quarter_year(quarters))
        start = quarters[-1] - QUARTER_MONTHS
    return years


def mix_within(rows: Iterable[OffenceRow], period: Period) -> dict[str, int]:
    """Return the offences by code of the quarters that begin within a period."""
    mix: dict[str, int] = {}
    for row in rows:
        if period.first <= row.month <= period.last:
            mix[row.code] = mix.get(row.code, 0) + row.count
    return mix
