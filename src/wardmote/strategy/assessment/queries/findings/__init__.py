"""What the measures beyond counts, rates and changes find out about each problem of an analysis.

Each finding is kept under its own name beside the problem's counts, as plain values; where too little is held it is
empty, and a report leaves it out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope

from .comparison import comparisons_of
from .harm import add_harm
from .series import Series, comparable
from .usual import usual_of


def add_findings(
    problems: Sequence[dict[str, Any]], frame: Frame, histories: Mapping[str, Series], *, scope: AnalysisScope
) -> None:
    """Put the findings about the year beside each measured problem; `histories` has its comparable counts by month."""
    compared = comparisons_of(frame, name=scope.partnership, chosen=scope.compared_with)
    for problem in problems:
        history = histories.get(problem["slug"])
        if history is not None:
            problem["usual"] = usual_of(history, frame.period)
            problem["comparison"] = compared.get(problem["slug"], {})


__all__ = ["Series", "add_findings", "add_harm", "comparable"]
