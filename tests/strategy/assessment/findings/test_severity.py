"""The severity of recorded crime: score by year, kinds, force beside it, in words, in the report; what is missing."""

from pathlib import Path
from typing import cast

import pytest

from tests.analytics.sources.offences.making import OFFENCE_COLUMNS, offences_file
from tests.analytics.sources.offences.test_severity_weights import severity_book
from tests.strategy.assessment.findings.test_harm import analysed_by, table, took_in
from tests.strategy.conftest import Held, People
from wardmote.printing.blocks import Heading, Link, Paragraph, Table
from wardmote.strategy.assessment.queries.analysis import Analysis
from wardmote.strategy.assessment.queries.findings.severity import severity_words
from wardmote.strategy.assessment.reports.findings.severity import severity_blocks
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.publishing.queries.disclosure import public_analysis

HEADER = ",".join([*OFFENCE_COLUMNS[:3], "CSP Name", *OFFENCE_COLUMNS[3:]])
# The year before last and the last: burglaries of homes, thefts from shops, a quarter each.
YEARS = {"2024/25": (10, 100), "2025/26": (12, 90)}


def partnership_table(folder: Path, *, code: str = "46") -> Path:
    rows = [
        f"{year},{quarter},Ashcombe,{name},An offence,Theft offences,{subgroup},{one},{count * times}"
        for year, counts in YEARS.items()
        for quarter in (1, 2, 3, 4)
        for subgroup, one, count in zip(("Domestic burglary", "Shoplifting"), ("28E", code), counts, strict=True)
        for name, times in (("Ashcombe Vale", 1), ("Elsewhere", 1000))
    ]
    return offences_file(folder, *rows, name="prc-csp.csv", header=HEADER)


@pytest.fixture
def analysis(people: People, releases: tuple[Release, ...], tmp_path: Path) -> Analysis:
    """The analysis of a year with weights, a table by partnership and one by force."""
    took_in(people, severity_book(tmp_path), "severity-weights")
    took_in(people, partnership_table(tmp_path), "offence-counts")
    took_in(people, table(tmp_path), "offence-counts")
    return analysed_by(people)


def test_each_year_has_its_score_by_the_residents_of_its_year(analysis: Analysis) -> None:
    found = analysis.content["severity"]
    assert [one["period"]["words"] for one in found["years"]] == ["year to March 2026", "year to March 2025"]
    now, before = found["years"]
    # 48 burglaries at 438 and 360 thefts at 20; 40 and 400 the year before.
    assert (now["offences"], before["offences"]) == (408, 440)
    assert float(now["per_offence"]) == pytest.approx((48 * 438 + 360 * 20) / 408)
    assert float(before["per_offence"]) == pytest.approx((40 * 438 + 400 * 20) / 440)
    assert float(now["score"]) == pytest.approx((48 * 438 + 360 * 20) / now["residents"], abs=1e-6)
    assert now["residents_of"] <= 2026


def test_the_kinds_share_the_severity_and_the_force_stands_beside(analysis: Analysis) -> None:
    found = analysis.content["severity"]
    assert [one["category"] for one in found["kinds"]] == ["Burglary", "Shoplifting"]
    burglary, theft = found["kinds"]
    assert float(burglary["share"]) + float(theft["share"]) == pytest.approx(100, abs=1e-5)
    assert float(burglary["offence_share"]) == pytest.approx(100 * 48 / 408, abs=1e-5)
    # The force's table has codes without a weight for half of it: nothing is said of what cannot be weighed.
    assert [one["area"] for one in found["beside"]] == []


def test_the_words_say_the_score_and_what_moved(analysis: Analysis) -> None:
    words = severity_words(analysis.content["severity"])
    assert words.startswith(
        "The crime recorded in Ashcombe Vale in the year to March 2026 had a Crime Severity Score of "
    )
    assert "The number of offences went down 7.3%, the weight of an average offence up 19.3%." in words


def test_the_report_has_both_tables_and_cites_the_weights(analysis: Analysis) -> None:
    heading, _, _, years, kinds, method = severity_blocks(analysis.content)
    assert Link("Severity", "/methods/severity/") in cast("Paragraph", method).content
    assert isinstance(heading, Heading)
    assert isinstance(years, Table)
    assert isinstance(kinds, Table)
    assert [row[0] for row in years.rows] == [("Year to March 2026",), ("Year to March 2025",)]
    assert "severity-weights" in {source["kind"] for source in analysis.content["sources"]}
    assert public_analysis(analysis.content)["severity"] == analysis.content["severity"]


def test_what_is_missing_is_said_plainly(
    people: People, releases: tuple[Release, ...], held: Held, tmp_path: Path
) -> None:
    neither = str(severity_blocks(held.analysis.content))
    assert "no weights of the Crime Severity Score are held" in neither
    assert "no Home Office table of offences by Community Safety Partnership" in neither
    assert severity_blocks({"problems": []}) == []
    took_in(people, severity_book(tmp_path), "severity-weights")
    took_in(people, partnership_table(tmp_path, code="999"), "offence-counts")
    assert "under nine tenths" in str(severity_blocks(analysed_by(people).content))
