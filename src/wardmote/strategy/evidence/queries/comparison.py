"""The districts that a partnership can compare itself with, and those that it chose."""

from dataclasses import dataclass, field
from typing import Any

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.analytics.measures import MEASURES, FiguresRefused, Query
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import ComparisonGroup

from . import gather_evidence, sees_sample
from .boundaries import chosen_lookup


@dataclass(frozen=True)
class ChosenGroup:
    """The districts by code, why these, and how they were found where that was by stated variables."""

    codes: tuple[str, ...] = ()
    why: str = ""
    family: dict[str, Any] = field(default_factory=dict)

    def as_content(self) -> dict[str, Any]:
        """Return what an analysis keeps of it; empty where nothing was chosen."""
        return {"why": self.why, "family": self.family} if self.codes else {}


def chosen_group(partnership: Partnership) -> ChosenGroup:
    """Return what a partnership chose, an empty group where it left it to all that the data cover."""
    group = ComparisonGroup.objects.filter(partnership=partnership).first()
    return ChosenGroup(tuple(group.codes), group.why, group.family) if group else ChosenGroup()


def compared_with(partnership: Partnership) -> tuple[str, ...]:
    """Return the codes of the districts that a partnership chose, none where it left it to all that the data cover."""
    return chosen_group(partnership).codes


def districts_to_compare(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return code and name of the other districts that the crime data cover, by name; none without data or lookup."""
    reader.require(Permission.SEE_EVIDENCE)
    partnership = partnership_of(reader)
    own = {one.code for one in partnership.districts.all()}
    evidence = gather_evidence(is_sample=sees_sample(reader), lookup=chosen_lookup(partnership))
    try:
        rows = MEASURES["counts"](evidence, Query(by=("district",))).records()
    except FiguresRefused:
        return ()
    finally:
        evidence.con.disconnect()
    known = [row for row in rows if row["count"] is not None and row["district"] not in own]
    named = [(str(row["district"]), str(row["district_name"] or row["district"])) for row in known if row["district"]]
    return tuple(sorted(named, key=lambda pair: pair[1]))
