"""The wards of an analysis by name, and which of them an assessment looks at more closely."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardmote.strategy.assessment.models import Assessment

from . import analysis_of

Content = Mapping[str, Any]


@dataclass(frozen=True)
class ChosenView:
    """A ward that was chosen: its code, the reason, and by which post on which day."""

    code: str
    name: str
    reason: str
    chosen: str


def wards_in(analysis: Content) -> dict[str, str]:
    """Return the name of each ward with figures by its code, ordered by name; none where wards are not known."""
    if analysis["place_level"] != "ward":
        return {}
    found = {row["code"]: row["name"] for problem in analysis["problems"] for row in problem["places"]}
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))


def wards_known(assessment: Assessment) -> dict[str, str]:
    """Return the wards of an assessment's analysis; none before there is one."""
    analysis = analysis_of(assessment)
    return {} if analysis is None else wards_in(analysis)


def chosen_wards(assessment: Assessment) -> tuple[ChosenView, ...]:
    """Return the wards that were chosen, by name."""
    return tuple(
        ChosenView(row.code, row.name, row.reason, f"{row.chosen_by_post}, {row.chosen_at:%-d %B %Y}")
        for row in assessment.chosen_wards.all()
    )
