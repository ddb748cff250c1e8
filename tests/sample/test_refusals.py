"""Where the sample does not belong."""

from pathlib import Path
from typing import Any

import pytest

from wardmote.partnership.members.actions import NewPartnership, create_partnership
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import COMMAND_LINE, SAMPLE_BUILDER, service_reader
from wardmote.partnership.members.rules import PartnershipKind
from wardmote.sample.build import SampleRefused, build_sample, sample_is_there
from wardmote.sample.generator import write_sample
from wardmote.strategy.evidence.actions import import_files
from wardmote.strategy.evidence.queries import warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    """A data folder of its own."""
    settings.WARDMOTE_DATA = tmp_path / "data"
    return tmp_path / "data"


def test_production_is_refused(settings: Any, data: Path) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(SampleRefused, match="never built in production"):
        build_sample(say=print)
    assert not Partnership.objects.exists()
    assert not data.exists()


def test_a_folder_with_real_data_is_refused(tmp_path: Path) -> None:
    files = write_sample(tmp_path / "files", months=1)
    import_files(service_reader(COMMAND_LINE), files.population, kind="population")
    with pytest.raises(SampleRefused, match="holds real data"):
        build_sample(say=print)
    assert not Partnership.objects.exists()


def test_a_sample_whose_releases_were_damaged_is_not_taken_for_whole(tmp_path: Path) -> None:
    builder = service_reader(SAMPLE_BUILDER)
    create_partnership(
        builder, NewPartnership("Ashcombe Vale", PartnershipKind.UNITARY, (("E06000900", "x"),), is_sample=True)
    )
    assert sample_is_there()
    files = write_sample(tmp_path / "files", months=1)
    (release,) = import_files(builder, files.population, kind="population", is_sample=True).made
    warehouse().rejects_path(release.digest).unlink()
    with pytest.raises(SampleRefused, match="Remove that folder"):
        build_sample(say=print)
