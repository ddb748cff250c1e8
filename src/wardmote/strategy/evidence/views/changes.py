"""Pages of changes in recording: those known everywhere, and those that the partnership writes down."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.definitions import recording_changes
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.actions.changes import keep_change, remove_change
from wardmote.strategy.evidence.forms.changes import ChangeForm
from wardmote.strategy.evidence.models import RecordedChange
from wardmote.strategy.evidence.presenters import changes as presenters
from wardmote.strategy.evidence.queries import releases_for
from wardmote.strategy.evidence.queries.changes import recorded_changes
from wardmote.strategy.evidence.queries.own_problems import every_problem, problems_used


@requires(Permission.SEE_EVIDENCE)
def change_list(request: HttpRequest) -> HttpResponse:
    """Every change in recording that is known."""
    reader = reader_of(request)
    known = every_problem(partnership_of(reader))
    shown = {
        "own": [presenters.change_row(change, known) for change in recorded_changes(reader)],
        "published": recording_changes(),
        "may_change": reader.may(Permission.IMPORT_EVIDENCE),
    }
    return render(request, "evidence/recording.html", shown)


@requires(Permission.IMPORT_EVIDENCE)
def change_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Write down a change in recording, or correct one."""
    reader = reader_of(request)
    change = _change(request, key) if key else None
    fields = ("month", "words", "source", "dataset", "problems", "effect")
    given = sorted(
        {(one.dataset, f"{one.title} ({one.publisher})") for one in releases_for(reader).filter(kind="figures")}
    )
    form = ChangeForm(
        request.POST or None,
        problems=[one for one in problems_used(partnership_of(reader), timezone.localdate()) if one.police_uk],
        datasets=given,
        initial={name: getattr(change, name) for name in fields} if change else None,
    )
    if request.method == "POST" and form.is_valid():
        keep_change(reader, form.given(), change=change)
        return redirect("evidence:recording")
    title = "Correct a change in recording" if change else "A change in recording"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:recording"})


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def remove_change_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back a change that was none."""
    remove_change(reader_of(request), _change(request, key))
    return redirect("evidence:recording")


def _change(request: HttpRequest, key: UUID) -> RecordedChange:
    return get_object_or_404(recorded_changes(reader_of(request)), id=key)
