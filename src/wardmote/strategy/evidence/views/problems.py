"""Pages of a partnership's own list of problems."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.actions.problems import ProblemRefused, make_problem, name_problem
from wardmote.strategy.evidence.forms.problems import NameForm, OwnProblemForm
from wardmote.strategy.evidence.presenters.problems import problem_rows
from wardmote.strategy.evidence.queries.own_problems import OWN, every_problem, problems_used


@requires(Permission.SEE_EVIDENCE)
def problem_list_page(request: HttpRequest) -> HttpResponse:
    """What the partnership calls its problems, beside the categories that count them."""
    reader = reader_of(request)
    partnership = partnership_of(reader)
    rows = problem_rows(every_problem(partnership), problems_used(partnership, timezone.localdate()))
    shown = {"rows": rows, "may_change": reader.may(Permission.IMPORT_EVIDENCE)}
    return render(request, "evidence/problems.html", shown)


@requires(Permission.IMPORT_EVIDENCE)
def name_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename a problem of the common list, or leave it out."""
    reader = reader_of(request)
    partnership = partnership_of(reader)
    problem = every_problem(partnership).get(slug)
    if problem is None:
        raise Http404("There is no such problem.")
    used = slug in {one.slug for one in problems_used(partnership, timezone.localdate())}
    form = NameForm(request.POST or None, initial={"title": problem.title, "in_use": used})
    if request.method == "POST" and form.is_valid():
        try:
            name_problem(reader, slug, form.cleaned_data["title"], in_use=form.cleaned_data["in_use"])
        except ProblemRefused as refusal:
            form.add_error("title", str(refusal))
        else:
            return redirect("evidence:problems")
    shown = {"form": form, "title": problem.title, "back": "evidence:problems"}
    return render(request, "evidence/register_form.html", shown)


@requires(Permission.IMPORT_EVIDENCE)
def own_problem_page(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Make a problem of the partnership's own, or change one."""
    reader = reader_of(request)
    partnership = partnership_of(reader)
    own = get_object_or_404(partnership.own_problems, slug=slug, slug__startswith=OWN) if slug else None
    common = [one for one in problems_used(partnership, timezone.localdate()) if not one.slug.startswith(OWN)]
    initial = {"title": own.title, "description": own.description, "parts": own.parts} if own else None
    form = OwnProblemForm(request.POST or None, problems=common, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            make_problem(reader, form.given(), problem=own)
        except ProblemRefused as refusal:
            form.add_error("title", str(refusal))
        else:
            return redirect("evidence:problems")
    title = own.title if own else "A problem of your own"
    return render(request, "evidence/register_form.html", {"form": form, "title": title, "back": "evidence:problems"})
