"""The way to approval: which bodies have to approve, what each decided, which is next; and who was sent a copy."""

from dataclasses import dataclass
from datetime import date

from wardmote.strategy.assessment.models import Approval, Assessment
from wardmote.strategy.assessment.rules import APPROVES, ApprovalOutcome


@dataclass(frozen=True)
class RouteStep:
    """A body on the way: when it meets, and the newest record of what it decided."""

    body: str
    planned_on: date | None
    approval: Approval | None
    is_next: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the body approved."""
        return self.approval is not None and ApprovalOutcome(self.approval.outcome) in APPROVES


def route_of(assessment: Assessment) -> list[RouteStep]:
    """Return the planned bodies in their order with what each decided, then bodies that decided without a plan."""
    recorded: dict[str, Approval] = {}
    for approval in sorted(assessment.approvals.all(), key=lambda one: one.recorded_at):
        recorded[approval.body.casefold()] = approval
    planned = list(assessment.planned_approvals.all())
    steps = [RouteStep(one.body, one.planned_on, recorded.pop(one.body.casefold(), None)) for one in planned]
    following = next((step for step in steps if not step.is_done), None)
    marked = [RouteStep(step.body, step.planned_on, step.approval, is_next=step is following) for step in steps]
    return [*marked, *(RouteStep(one.body, None, one) for one in recorded.values())]


def next_body(assessment: Assessment) -> RouteStep | None:
    """Return the body that decides next, None where all have or none is planned."""
    return next((step for step in route_of(assessment) if step.is_next), None)
