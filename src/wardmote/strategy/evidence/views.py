"""Pages of the evidence: what is held, adding files, and how good each release is."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.jobs.queries import job_for

from . import presenters
from .actions import UploadRefused, receive_files
from .forms import AddFilesForm
from .queries import counting, imports_for, releases_for, warehouse


@requires(Permission.SEE_EVIDENCE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """What is held."""
    reader = reader_of(request)
    releases = list(releases_for(reader))
    groups = presenters.catalogue_groups(releases, {held.release for held in counting(releases)})
    may_add = reader.may(Permission.IMPORT_EVIDENCE)
    return render(request, "evidence/catalogue.html", {"groups": groups, "may_add": may_add})


@requires(Permission.IMPORT_EVIDENCE)
def add_files(request: HttpRequest) -> HttpResponse:
    """Take files in and let the worker read them."""
    form = AddFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
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
    context = {"asked": asked, "job": job_for(reader, asked.job_key), "releases": asked.releases.all()}
    return render(request, "evidence/import.html", context)


@requires(Permission.SEE_EVIDENCE)
def release_page(request: HttpRequest, digest: str) -> HttpResponse:
    """Where a release came from and how good it is."""
    release = get_object_or_404(releases_for(reader_of(request)), digest=digest)
    context = {
        "release": release,
        "manifest": release.manifest,
        "period": presenters.period_words(release),
        "quality": presenters.quality_rows(release),
        "months": presenters.month_rows(release),
    }
    return render(request, "evidence/release.html", context)


@requires(Permission.SEE_EVIDENCE)
def unused_rows(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The rows that could not be used, each with file, line, column and reason."""
    release = get_object_or_404(releases_for(reader_of(request)), digest=digest)
    path = warehouse().rejects_path(release.digest)
    if not path.is_file():
        raise Http404
    name = f"unused-rows-{release.dataset}-{release.digest[:12]}.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
