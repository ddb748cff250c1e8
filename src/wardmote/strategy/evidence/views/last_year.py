"""Pages of last year's plan: paste it, say how far each line got, see what was kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.foundations.plans import PROGRESS_WORDS, read_plan
from wardmote.strategy.evidence.actions import UploadRefused
from wardmote.strategy.evidence.actions.last_year import keep_last_plan
from wardmote.strategy.evidence.forms.last_year import MOST_LINES, PasteForm, ProgressForm
from wardmote.strategy.evidence.queries.last_year import last_plan, waiting_plan


@requires(Permission.SEE_EVIDENCE)
def last_year_page(request: HttpRequest) -> HttpResponse:
    """Last year's plan as it was kept."""
    reader = reader_of(request)
    plan = last_plan(reader)
    rows = [(line, PROGRESS_WORDS[line.progress]) for line in plan.lines] if plan else []
    counts = [(words, plan.count(progress)) for progress, words in PROGRESS_WORDS.items()] if plan else []
    waits = waiting_plan(reader)
    context = {
        "waits": waits,
        "plan": plan,
        "rows": rows,
        "counts": counts,
        "may_change": reader.may(Permission.IMPORT_EVIDENCE),
    }
    return render(request, "evidence/last_year.html", context)


@requires(Permission.IMPORT_EVIDENCE)
def paste_page(request: HttpRequest) -> HttpResponse:
    """Paste the plan."""
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        next_form = ProgressForm(read_plan(form.cleaned_data["text"]), initial=form.cleaned_data)
        return render(request, "evidence/last_year_progress.html", {"form": next_form})
    return render(request, "evidence/last_year_paste.html", {"form": form})


@requires(Permission.IMPORT_EVIDENCE)
def progress_page(request: HttpRequest) -> HttpResponse:
    """Say how far each line got, and keep the plan."""
    if request.method != "POST":
        return redirect("evidence:paste-last-year")
    form = ProgressForm(read_plan(request.POST.get("text", ""))[:MOST_LINES], request.POST)
    if form.is_valid():
        try:
            asked = keep_last_plan(reader_of(request), form.cleaned_data["year"], form.given())
        except UploadRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("evidence:import", asked.id)
    return render(request, "evidence/last_year_progress.html", {"form": form})
