"""Pages of figures issued to partners: the log, a new pack, the pack itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.foundations.periods import Month, rolling_12
from wardmote.partnership.members.queries import agencies_of, partnership_of, posts_by_key
from wardmote.strategy.evidence.actions.extracts import issue_extract, made_again, open_extract
from wardmote.strategy.evidence.forms.extracts import ExtractForm
from wardmote.strategy.evidence.models import Extract
from wardmote.strategy.evidence.queries import months_with_a_year
from wardmote.strategy.evidence.queries.extracts import ExtractRefused, extracts_of
from wardmote.strategy.evidence.queries.own_problems import every_problem, problems_used

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.IMPORT_EVIDENCE)
def extract_list(request: HttpRequest) -> HttpResponse:
    """Who got what, when and what for."""
    extracts = list(extracts_of(reader_of(request)))
    posts = posts_by_key({one.issued_by_key for one in extracts})
    known = every_problem(partnership_of(reader_of(request)))
    rows = [
        {
            "extract": one,
            "problems": ", ".join(known[slug].title for slug in one.problems),
            "period": rolling_12(Month.parse(one.last_month)).words(),
            "by": posts[one.issued_by_key],
        }
        for one in extracts
    ]
    return render(request, "evidence/extracts.html", {"rows": rows})


@requires(Permission.IMPORT_EVIDENCE)
def new_extract_page(request: HttpRequest) -> HttpResponse:
    """Make a pack of figures for somebody."""
    reader = reader_of(request)
    form = ExtractForm(
        request.POST or None,
        problems=[one for one in problems_used(partnership_of(reader), timezone.localdate()) if one.police_uk],
        months=months_with_a_year(reader),
        agencies=agencies_of(reader),
    )
    if request.method == "POST" and form.is_valid():
        try:
            issue_extract(reader, form.given())
        except ExtractRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The pack is made and stands in the log. Download it and send it on.")
            return redirect("evidence:extracts")
    shown = {"form": form, "title": "Figures for a partner", "back": "evidence:extracts"}
    return render(request, "evidence/register_form.html", shown)


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def download_extract(request: HttpRequest, key: UUID) -> HttpResponse:
    """The pack as it was issued; taking it stands in the audit."""
    extract = _extract(request, key)
    answer = HttpResponse(open_extract(reader_of(request), extract), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="figures-{extract.last_month}.xlsx"'
    return answer


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def check_extract(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make the pack again from the releases it names, and compare."""
    if made_again(reader_of(request), _extract(request, key)):
        messages.success(request, "Made again from the same releases, it is the same to the last byte.")
    else:
        messages.warning(request, "Made again, it differs: the program, a definition or your list has changed.")
    return redirect("evidence:extracts")


def _extract(request: HttpRequest, key: UUID) -> Extract:
    return get_object_or_404(extracts_of(reader_of(request)), id=key)
