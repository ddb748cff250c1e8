"""Pages of the register: what each supplier owes, how far to rely on it, and what we do not know."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import agencies_of, partnership_of
from wardmote.strategy.evidence.actions.register import (
    RegisterRefused,
    close_gap,
    grade_supply,
    keep_supply,
    mark_unavailable,
    note_chase,
    raise_gap,
)
from wardmote.strategy.evidence.forms.register import (
    ChaseForm,
    CloseGapForm,
    GapForm,
    GradeForm,
    SupplyForm,
    UnavailableForm,
)
from wardmote.strategy.evidence.models import EvidenceGap, Supply
from wardmote.strategy.evidence.presenters import register as presenters
from wardmote.strategy.evidence.queries import releases_for
from wardmote.strategy.evidence.queries.register import gaps_for, supplies_due


@requires(Permission.SEE_EVIDENCE)
def due_list(request: HttpRequest) -> HttpResponse:
    """What each supplier owes."""
    reader = reader_of(request)
    rows = presenters.supply_rows(supplies_due(reader, today=timezone.localdate()))
    return render(request, "evidence/due.html", {"rows": rows, "may_change": reader.may(Permission.IMPORT_EVIDENCE)})


@requires(Permission.IMPORT_EVIDENCE)
def supply_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Add a source to the register, or change one."""
    reader = reader_of(request)
    supply = _supply(request, key) if key else None
    datasets = sorted({(release.dataset, release.title) for release in releases_for(reader)})
    named = {dataset: f"{title} ({dataset})" for dataset, title in datasets}
    fields = ("title", "supplier", "coverage", "refresh", "lag_days", "dataset")
    form = SupplyForm(
        request.POST or None,
        agencies=agencies_of(reader),
        datasets=list(named.items()),
        initial={name: getattr(supply, name) for name in fields} if supply else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            keep_supply(reader, form.given(), supply=supply)
        except RegisterRefused as refusal:
            form.add_error("title", str(refusal))
        else:
            return redirect("evidence:due")
    title = supply.title if supply else "Add a source"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:due"})


@requires(Permission.IMPORT_EVIDENCE)
def grade_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say how far a source can be relied on."""
    supply = _supply(request, key)
    initial = {"reliability": supply.reliability, "sureness": supply.sureness, "reason": supply.grade_reason}
    form = GradeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        grade_supply(reader_of(request), supply, **form.cleaned_data)
        return redirect("evidence:due")
    title = f"How far to rely on: {supply.title}"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:due"})


@requires(Permission.IMPORT_EVIDENCE)
def unavailable_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that nothing can be had of a source, or that it can again."""
    supply = _supply(request, key)
    initial = {"because": supply.unavailable_because, "expected_on": supply.expected_again_on}
    form = UnavailableForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        mark_unavailable(reader_of(request), supply, **form.cleaned_data)
        return redirect("evidence:due")
    title = f"Not available: {supply.title}"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:due"})


@requires(Permission.IMPORT_EVIDENCE)
def chase_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that the supplier was asked."""
    supply = _supply(request, key)
    form = ChaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note_chase(reader_of(request), supply, form.cleaned_data["note"])
        messages.success(request, f"Noted that you asked for {supply.title} today.")
        return redirect("evidence:due")
    title = f"Chased: {supply.title}"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:due"})


@requires(Permission.SEE_EVIDENCE)
def gap_list(request: HttpRequest) -> HttpResponse:
    """What we do not know."""
    reader = reader_of(request)
    rows = presenters.gap_rows(gaps_for(reader), today=timezone.localdate())
    return render(request, "evidence/gaps.html", {"rows": rows, "may_change": reader.may(Permission.IMPORT_EVIDENCE)})


@requires(Permission.IMPORT_EVIDENCE)
def gap_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Put down something that we do not know, or change it."""
    gap = _gap(request, key) if key else None
    fields = ("question", "consequence", "owner", "due_on")
    form = GapForm(request.POST or None, initial={name: getattr(gap, name) for name in fields} if gap else None)
    if request.method == "POST" and form.is_valid():
        try:
            raise_gap(reader_of(request), form.given(), gap=gap)
        except RegisterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("evidence:gaps")
    title = "Change a gap" if gap else "Something we do not know"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:gaps"})


@requires(Permission.IMPORT_EVIDENCE)
def close_gap_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close a gap with what was found out."""
    gap = _gap(request, key)
    form = CloseGapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_gap(reader_of(request), gap, form.cleaned_data["answer"])
        except RegisterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("evidence:gaps")
    title = f"Close: {gap.question}"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:gaps"})


def _supply(request: HttpRequest, key: UUID) -> Supply:
    return get_object_or_404(partnership_of(reader_of(request)).supplies, id=key)


def _gap(request: HttpRequest, key: UUID) -> EvidenceGap:
    return get_object_or_404(partnership_of(reader_of(request)).evidence_gaps, id=key)
