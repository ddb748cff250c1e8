"""Street files of 2010 to 2012 name no small areas: in a district their months are missing, never 0."""

from pathlib import Path

from tests.analytics.sources.making import street_file
from tests.analytics.sources.test_police_uk_early import HEADER
from tests.factories import taken_in
from tests.strategy.conftest import People
from wardmote.foundations.periods import Month
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases, months_with_a_year
from wardmote.strategy.evidence.queries.first_figures import first_figures

YEAR = [f"2011-{number:02}" for number in range(1, 13)]


def test_early_months_are_held_and_are_no_figures_of_the_district(
    people: People, releases: tuple[Release, ...], tmp_path: Path
) -> None:
    force = next(one.dataset for one in releases if one.kind == "police-uk").removeprefix("police-uk-street-")
    before, years = first_figures(people.analyst).months, months_with_a_year(people.analyst)
    row = "{},Ashcombe Constabulary,Ashcombe Constabulary,456789,304567,On or near Mill Lane,Burglary,"
    files = [street_file(tmp_path, row.format(m), name=f"{m}-{force}-street.csv", header=HEADER) for m in YEAR]
    (early,) = taken_in(people.analyst, files, kind="police-uk").made
    held = {one.release: one for one in held_releases(is_sample=False)}
    assert held[early.digest].months == held[early.digest].unplaced == tuple(YEAR)
    assert held[early.digest].placed_months == ()
    assert first_figures(people.analyst).months == before
    assert months_with_a_year(people.analyst) == years
    assert Month.parse("2011-12") not in years
