"""The changes in recording that a partnership knows of, as measures and pages read them."""

from collections.abc import Mapping

from django.db.models import QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.definitions import Effect, Problem, RecordingChange, published_categories
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import RecordedChange

from .own_problems import every_problem


def recorded_changes(reader: Reader) -> QuerySet[RecordedChange]:
    """Return the changes that the reader's partnership wrote down, oldest first."""
    reader.require(Permission.SEE_EVIDENCE)
    return RecordedChange.objects.filter(partnership=partnership_of(reader))


def changes_known(partnership: Partnership, *, dataset: str = "") -> tuple[RecordingChange, ...]:
    """Return the changes in a data set, that of data.police.uk unless one is named, as measures read them."""
    known = every_problem(partnership)
    return tuple(_as_read(change, known) for change in partnership.recorded_changes.filter(dataset=dataset))


def _as_read(change: RecordedChange, known: Mapping[str, Problem]) -> RecordingChange:
    touched = {name for slug in change.problems for name in known[slug].police_uk}
    names = tuple(sorted(touched)) or tuple(sorted(one.name for one in published_categories()))
    return RecordingChange(change.month, names, names, change.words, Effect(change.effect))
