"""Rows of releases without a folder, for pages and rules that read the database alone."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from wardmote.access.readers import Reader
from wardmote.partnership.members.queries import COMMAND_LINE
from wardmote.strategy.evidence.actions import ImportOutcome, import_files, settle
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.rules import Acceptance, ReleaseState


class ReleaseFactory(DjangoModelFactory[Release]):
    """A release of a month of street crime."""

    class Meta:
        model = Release

    class Params:
        months = ("2026-08",)

    digest = factory.Sequence(lambda n: hashlib.sha256(f"release {n}".encode()).hexdigest())
    arrival = factory.Sequence(lambda n: n + 1)
    kind = "police-uk"
    dataset = factory.Sequence(lambda n: f"police-uk-street-force-{n}")
    title = factory.Sequence(lambda n: f"Street crime of force {n}")
    publisher = "A police force"
    area = "A force area"
    period_from = factory.LazyAttribute(lambda release: release.months[0] if release.months else "")
    period_to = factory.LazyAttribute(lambda release: release.months[-1] if release.months else "")
    rows_read, rows_accepted, rows_rejected = 10, 9, 1
    manifest = factory.LazyAttribute(
        lambda release: {
            "months": list(release.months),
            "editions": {},
            "licence": "Open Government Licence v3.0",
            "attribution": "A police force",
            "files": [],
            "mapping": {},
            "quality": {"rows_by_month": dict.fromkeys(release.months, 9)},
            "reader": "police_uk/1",
        }
    )
    file_hashes = factory.LazyFunction(dict)
    imported_at = factory.LazyFunction(timezone.now)
    imported_by_key = COMMAND_LINE
    state = ReleaseState.ACCEPTED


def taken_in(reader: Reader, paths: Sequence[Path], *, kind: str, is_sample: bool = False) -> ImportOutcome:
    """Import files and accept what they make."""
    return settle(reader, import_files(reader, paths, kind=kind, is_sample=is_sample), Acceptance.AT_ONCE)
