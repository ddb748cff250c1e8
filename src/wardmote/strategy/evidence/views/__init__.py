"""Pages of the evidence: what is held, adding files, and how good each release is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.figures import Preview
from wardmote.jobs.queries import job_for
from wardmote.partnership.members.queries import partnership_of, posts_by_key
from wardmote.strategy.evidence import presenters
from wardmote.strategy.evidence.actions import UploadRefused, receive_files
from wardmote.strategy.evidence.actions.places import PlaceRefused, keep_place, remove_place
from wardmote.strategy.evidence.actions.sheets import import_sheet, is_to_be_described, keep_sheet, remove_sheet
from wardmote.strategy.evidence.actions.verdicts import (
    VerdictRefused,
    accept_by_hand,
    accept_plain,
    give_verdict,
    usual_status,
)
from wardmote.strategy.evidence.forms import AUTO, FIGURES, AcceptForm, AddFilesForm, PlaceForm, VerdictForm
from wardmote.strategy.evidence.forms.sheets import HeadingsForm, MappingForm, initial_of
from wardmote.strategy.evidence.models import Import, Release
from wardmote.strategy.evidence.queries import (
    counting,
    counts_today,
    imports_for,
    releases_for,
    waiting_releases,
    warehouse,
)
from wardmote.strategy.evidence.queries.checks import check_for
from wardmote.strategy.evidence.queries.places import ground_of, places_of
from wardmote.strategy.evidence.queries.sheets import KIND as SHEET
from wardmote.strategy.evidence.queries.sheets import Draft, draft_of, preview_of, sheets_waiting
from wardmote.strategy.evidence.rules import FigureStatus, ReleaseState, Verdict, question_to_supplier


@requires(Permission.SEE_EVIDENCE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """What is held."""
    reader = reader_of(request)
    releases = list(releases_for(reader))
    groups = presenters.catalogue_groups(releases, {held.release for held in counting(releases)})
    may_add = reader.may(Permission.IMPORT_EVIDENCE)
    waiting = waiting_releases(reader)
    return render(request, "evidence/catalogue.html", {"groups": groups, "may_add": may_add, "waiting": waiting})


@requires(Permission.IMPORT_EVIDENCE)
def add_files(request: HttpRequest) -> HttpResponse:
    """Take files in and let the worker read them."""
    form = AddFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["kind"] == FIGURES or (given["kind"] == AUTO and is_to_be_described(given["chosen"])):
                return redirect("evidence:sheet", keep_sheet(reader_of(request), given["chosen"]).id)
            asked = receive_files(reader_of(request), given["chosen"], kind=given["kind"], year=given["year"])
        except UploadRefused as refusal:
            form.add_error("chosen", str(refusal))
        else:
            return redirect("evidence:import", asked.id)
    return render(request, "evidence/add.html", {"form": form})


@requires(Permission.SEE_EVIDENCE)
def import_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far an import is, or what came of it."""
    reader = reader_of(request)
    asked = get_object_or_404(imports_for(reader), id=key)
    if asked.job_key is None:
        raise Http404
    releases = list(asked.releases.all())
    context = {
        "asked": asked,
        "job": job_for(reader, asked.job_key),
        "releases": releases,
        "may_decide": _may_decide(request),
        "may_accept_plain": _may_decide(request) and any(one.state == ReleaseState.WAITING for one in releases),
    }
    return render(request, "evidence/import.html", context)


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def accept_plain_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Accept what an import made where nothing needs a look."""
    asked = get_object_or_404(imports_for(reader_of(request)), id=key)
    accepted, left = accept_plain(reader_of(request), asked.releases.all())
    messages.success(request, presenters.accepted_words(accepted, left))
    return redirect("evidence:import", asked.id)


@requires(Permission.SEE_EVIDENCE)
def release_page(request: HttpRequest, digest: str) -> HttpResponse:
    """Where a release came from and how good it is."""
    release = _release(request, digest)
    verdicts = list(release.verdicts.all())
    state, colour = presenters.state_words(release, counts=counts_today(release))
    context = {
        "release": release,
        "state": state,
        "colour": colour,
        "status": presenters.STATUS_TAGS[FigureStatus(release.status)],
        "verdicts": presenters.verdict_rows(verdicts, posts_by_key({one.given_by_key for one in verdicts})),
        "buttons": presenters.verdict_buttons(release) if _may_decide(request) else [],
        "manifest": release.manifest,
        "period": presenters.period_words(release),
        "quality": presenters.quality_rows(release),
        "months": presenters.month_rows(release),
    }
    return render(request, "evidence/release.html", context)


@requires(Permission.IMPORT_EVIDENCE)
def check_page(request: HttpRequest, digest: str) -> HttpResponse:
    """What to look at before a release is accepted."""
    release = _release(request, digest)
    check = check_for(reader_of(request), release)
    context = {
        "release": release,
        "check": check,
        "months": presenters.check_rows(check),
        "buttons": presenters.verdict_buttons(release),
    }
    return render(request, "evidence/check.html", context)


@requires(Permission.IMPORT_EVIDENCE)
def verdict_page(request: HttpRequest, digest: str, verdict: str) -> HttpResponse:
    """Accept a release, hold it back, ask its supplier, or set it aside."""
    release = _release(request, digest)
    given = _verdict(verdict)
    form = _verdict_form(request, release, given)
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, release, given, form.cleaned_data)
        except VerdictRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{presenters.VERDICT_WORDS[given]}: {release.title}.")
            return redirect("evidence:release", release.digest)
    title = presenters.VERDICT_BUTTONS[given][0]
    return render(request, "evidence/verdict.html", {"release": release, "form": form, "title": title})


def _release(request: HttpRequest, digest: str) -> Release:
    return get_object_or_404(releases_for(reader_of(request)), digest=digest)


def _may_decide(request: HttpRequest) -> bool:
    return reader_of(request).may(Permission.IMPORT_EVIDENCE)


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError:
        raise Http404 from None


def _verdict_form(request: HttpRequest, release: Release, verdict: Verdict) -> AcceptForm | VerdictForm:
    if verdict is Verdict.ACCEPT:
        status = release.status if release.state == ReleaseState.ACCEPTED else usual_status(release)
        return AcceptForm(request.POST or None, initial={"status": status, "caveat": release.caveat})
    words = ""
    if verdict is Verdict.ASK and request.method == "GET":
        words = question_to_supplier(release.title, check_for(reader_of(request), release).findings)
    return VerdictForm(verdict, request.POST or None, initial={"words": words})


def _give(request: HttpRequest, release: Release, verdict: Verdict, given: dict[str, str]) -> None:
    if verdict is Verdict.ACCEPT:
        status = FigureStatus(given["status"])
        accept_by_hand(reader_of(request), release, status=status, caveat=given["caveat"], words=given["words"])
    else:
        give_verdict(reader_of(request), release, verdict, given["words"])


@requires(Permission.SEE_EVIDENCE)
def unused_rows(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The rows that could not be used, each with file, line, column and reason."""
    release = get_object_or_404(releases_for(reader_of(request)), digest=digest)
    path = warehouse().rejects_path(release.digest)
    if not path.is_file():
        raise Http404
    name = f"unused-rows-{release.dataset}-{release.digest[:12]}.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


@requires(Permission.SEE_EVIDENCE)
def places_page(request: HttpRequest) -> HttpResponse:
    """The partnership's own places, and the lookup that they are made from."""
    reader = reader_of(request)
    context = {"places": places_of(reader), "ground": ground_of(reader), "may_change": _may_decide(request)}
    return render(request, "evidence/places.html", context)


@requires(Permission.IMPORT_EVIDENCE)
def place_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Make a place, or change one."""
    reader = reader_of(request)
    place = get_object_or_404(partnership_of(reader).places, id=key) if key else None
    ground = ground_of(reader)
    if not ground.areas:
        # There is nothing to tick: the list says what to add first.
        return redirect("evidence:places")
    form = PlaceForm(ground, request.POST or None, initial=presenters.place_initial(place, ground))
    if request.method == "POST" and form.is_valid():
        try:
            keep_place(reader, form.cleaned_data["name"], form.codes(), lsoa_edition=ground.lsoa_edition, place=place)
        except PlaceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The place is kept. Figures by neighbourhood use it in a moment.")
            return redirect("evidence:places")
    return render(request, "evidence/place.html", {"form": form, "place": place, "ground": ground})


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def remove_place_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a place away."""
    reader = reader_of(request)
    remove_place(reader, get_object_or_404(partnership_of(reader).places, id=key))
    return redirect("evidence:places")


@requires(Permission.IMPORT_EVIDENCE)
def sheet_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what the columns of a sheet are, see what would be read, and import it."""
    asked = get_object_or_404(imports_for(reader_of(request)), id=key, kind=SHEET)
    if asked.job_key is not None:
        # The button was pressed twice, or somebody went back: what came of it is on the import's page.
        return redirect("evidence:import", asked.id)
    draft = _sheet_draft(request, asked)
    form = _mapping_form(request, draft)
    shown = _preview_of_known(asked, draft) if request.method == "GET" else None
    if form is not None and request.method == "POST" and form.is_valid():
        mapping = form.cleaned_data["mapping"]
        try:
            shown = preview_of(asked, mapping)
        except SourceRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            if request.POST.get("do") == "import" and shown.accepted:
                import_sheet(reader_of(request), asked, mapping)
                return redirect("evidence:import", asked.id)
            if not shown.accepted:
                form.add_error(None, presenters.nothing_read_words(shown))
    preview = presenters.preview_table(shown) if shown else None
    return render(request, "evidence/sheet.html", {**_sheet_context(request, asked, draft, form), "preview": preview})


def _preview_of_known(asked: Import, draft: Draft) -> Preview | None:
    """Show at once what a sheet that is known would give; what has changed in it is said when it is imported."""
    if draft.saved is None or draft.mapping is None:
        return None
    try:
        return preview_of(asked, draft.mapping)
    except SourceRefused:
        return None


def _sheet_draft(request: HttpRequest, asked: Import) -> Draft:
    """Return the draft for the sheet and heading rows in the address, both as they were when the form was filled in."""
    rows = (_number(request, "first"), _number(request, "last"))
    sheet = request.GET.get("sheet", "")[:200]
    try:
        return draft_of(reader_of(request), asked, sheet=sheet, rows=rows if all(rows) and rows[0] <= rows[1] else None)
    except (SourceRefused, ValueError) as refusal:
        return Draft(None, (), (), None, str(refusal))


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _mapping_form(request: HttpRequest, draft: Draft) -> MappingForm | None:
    if not draft.headings:
        return None
    place = _headings_place(request, draft)
    initial = initial_of(draft.mapping) if draft.mapping else {}
    return MappingForm(draft.headings, place, request.POST or None, initial=initial)


def _headings_place(request: HttpRequest, draft: Draft) -> tuple[str, int, int]:
    sheet = draft.mapping.sheet if draft.mapping else request.GET.get("sheet", "")
    return sheet or (draft.sheets[0] if draft.sheets else ""), *draft.rows


def _sheet_context(request: HttpRequest, asked: Import, draft: Draft, form: MappingForm | None) -> dict[str, Any]:
    sheet, first, last = _headings_place(request, draft)
    return {
        "asked": asked,
        "file": asked.files.get(),
        "draft": draft,
        "problem": draft.problem,
        "form": form,
        "place_form": HeadingsForm(draft, initial={"sheet": sheet, "first": first, "last": last}),
    }


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def remove_sheet_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Destroy a sheet that waits."""
    reader = reader_of(request)
    remove_sheet(reader, get_object_or_404(sheets_waiting(reader), id=key))
    messages.success(request, "The file is removed. Nothing of it was kept.")
    return redirect("evidence:add")
