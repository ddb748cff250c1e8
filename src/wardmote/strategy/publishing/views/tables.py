"""The tables of an issued version as open data: CSV with its metadata (CSV on the Web)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.access.routes import public
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.queries import analysis_of_version
from wardmote.strategy.publishing.queries.disclosure import rows_are_open
from wardmote.strategy.publishing.queries.tables import OpenTable, csv_of, metadata_of, tables_of

from .versions import version_named


def _table(version: PublishedVersion, table: int) -> OpenTable:
    found = next((one for one in tables_of(version) if one.number == table), None)
    if found is None:
        raise Http404
    return found


@public
def tables_page(request: HttpRequest, partnership: str, number: int) -> HttpResponse:
    """Every table of a version, to download."""
    version = version_named(partnership, number)
    analysis = analysis_of_version(version)
    context = {
        "version": version,
        "tables": tables_of(version),
        "licences": dict.fromkeys(source["licence"] for source in analysis["sources"]),
        "attributions": dict.fromkeys(source["attribution"] for source in analysis["sources"]),
        "rows_are_open": rows_are_open(analysis),
        "is_sample": version.partnership.is_sample,
    }
    return render(request, "publishing/tables.html", context)


@public
def table_csv(request: HttpRequest, partnership: str, number: int, table: int) -> HttpResponse:
    """One table as CSV; its header says where its metadata lies."""
    found = _table(version_named(partnership, number), table)
    described = reverse("publishing:table-metadata", args=[partnership, number, table])
    headers = {
        "Content-Disposition": f'attachment; filename="{partnership}-{number}-table-{table}.csv"',
        "Link": f'<{described}>; rel="describedby"; type="application/csvm+json"',
    }
    return HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8; header=present", headers=headers)


@public
def table_metadata(request: HttpRequest, partnership: str, number: int, table: int) -> HttpResponse:
    """What a table's CSV is: title, licence, source, columns."""
    version = version_named(partnership, number)
    address = request.build_absolute_uri(reverse("publishing:table-csv", args=[partnership, number, table]))
    content = metadata_of(version, _table(version, table), analysis_of_version(version), address=address)
    return JsonResponse(content, content_type="application/csvm+json")
