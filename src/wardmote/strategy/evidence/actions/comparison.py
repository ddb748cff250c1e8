"""Choosing the districts that a partnership compares itself with."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import ComparisonGroup
from wardmote.strategy.evidence.queries.comparison import chosen_group
from wardmote.strategy.evidence.queries.family import family_for, kept_family, why_words
from wardmote.strategy.evidence.rules.comparison import FEWEST_OTHERS


class NoFamily(ValueError):
    """No family can be found; the message says what to import."""


@transaction.atomic
def choose_comparison(reader: Reader, codes: Sequence[str], why: str) -> None:
    """Choose the districts by code, or leave it to all that the data cover (no codes); drafts follow when analysed.

    Districts that were found by stated variables stay a family only as long as they are the same and the reason too.
    """
    reader.require(Permission.IMPORT_EVIDENCE)
    before = chosen_group(partnership_of(reader))
    is_same = set(codes) == set(before.codes) and why.strip() == before.why
    _keep(reader, codes, why, before.family if is_same else {})


@transaction.atomic
def choose_family(reader: Reader, size: int) -> int:
    """Choose the districts nearest by all that is held of them and return how many; raises NoFamily."""
    reader.require(Permission.IMPORT_EVIDENCE)
    found = family_for(reader, size)
    if found is None or len(found.codes) < FEWEST_OTHERS:
        raise NoFamily("There are too few districts with the same variables. Nothing was changed.")
    _keep(reader, found.codes, why_words(found), kept_family(found))
    return len(found.codes)


def _keep(reader: Reader, codes: Sequence[str], why: str, family: Mapping[str, Any]) -> None:
    partnership = partnership_of(reader)
    ComparisonGroup.objects.filter(partnership=partnership).delete()
    if codes:
        ComparisonGroup.objects.create(
            partnership=partnership,
            codes=sorted(codes),
            why=why.strip(),
            family=dict(family),
            chosen_at=timezone.now(),
            chosen_by_key=reader.key,
        )
    record(
        reader, "choose", kind="comparison", key=partnership.id, changed=sorted(codes) or ["all that the data cover"]
    )
