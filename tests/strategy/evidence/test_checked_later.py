"""A release that came before its lookup is checked once the lookup is there, as if it had come after it."""

from pathlib import Path

import pytest

from tests.factories import taken_in
from wardmote.analytics.sources.police_uk.checks import recheck
from wardmote.audit.queries import entries_of
from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases, warehouse

pytestmark = pytest.mark.django_db
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)
ROW = "{at},2024-01,Check Police,Check Police,-1.1,52.6,On or near Mill Lane,{code},{name},Burglary,,\n"
# The first code is of 2011 alone, the second of 2021 alone, the third of both under another name than the file's.
CODES = [("E01900001", "Check 001A"), ("E01900002", "Check 001B"), ("E01900003", "Wrong 001C")]
FIT = (
    "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\n"
    "E01900001,Check 001A,E01900002,Check 001B,X,E06900001,Check\n"
    "E01900003,Check 001C,E01900003,Check 001C,U,E06900001,Check\n"
)


@pytest.fixture
def street(tmp_path: Path) -> Path:
    rows = "".join(ROW.format(at=f"{at:064x}", code=code, name=name) for at, (code, name) in enumerate(CODES))
    path = tmp_path / "2024-01-check-street.csv"
    path.write_text(HEADER + rows)
    return path


def test_a_lookup_that_comes_later_completes_the_quality_figures(street: Path, tmp_path: Path) -> None:
    reader = service_reader(COMMAND_LINE)
    (before,) = taken_in(reader, [street], kind="police-uk").made
    assert before.quality["lsoa_codes_only_2011"] is None
    fit = tmp_path / "exact-fit.csv"
    fit.write_text(FIT)
    taken_in(reader, [fit], kind="lookup")
    after = Release.objects.get(digest=before.digest)
    assert after.quality["lsoa_codes_only_2011"] == 1
    assert after.quality["lsoa_codes_only_2021"] == 1
    assert after.quality["lsoa_names_that_differ"] == 1
    assert after.manifest == before.manifest
    assert after.checked_later == recheck(warehouse(), after.digest, held_releases(is_sample=False))
    assert [entry.action for entry in entries_of(after.digest)] == ["import", "accept", "check"]
