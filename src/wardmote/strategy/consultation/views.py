"""Pages of consultations: what was asked and said, who answered, and how views have changed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires

from . import presenters
from .actions import (
    ConsultationRefused,
    GivenQuestion,
    keep_consultation,
    keep_profile,
    keep_question,
    map_items,
    remove_question,
)
from .actions.answers import count_answers
from .actions.tracker import keep_series
from .forms import ConsultationForm, MappingForm, ProfileForm, QuestionForm, SeriesForm
from .models import Consultation, Question
from .queries import consultation_for, consultations_for, question_for, series_for
from .queries.results import results_of
from .queries.tracker import series_result

FIELDS = ("title", "asked", "method", "sampling", "from_on", "to_on", "base", "reached", "run_by", "caveats")


@requires(Permission.SEE_EVIDENCE)
def index(request: HttpRequest) -> HttpResponse:
    """Every consultation and survey of the partnership."""
    reader = reader_of(request)
    context = {
        "columns": presenters.LIST_COLUMNS,
        "rows": presenters.list_rows(consultations_for(reader), today=timezone.localdate()),
        "cards": presenters.series_cards(series_result(one) for one in series_for(reader)),
        "may_change": reader.may(Permission.IMPORT_EVIDENCE),
    }
    return render(request, "consultation/list.html", context)


@requires(Permission.SEE_EVIDENCE)
def consultation_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a consultation came to, in full."""
    reader = reader_of(request)
    (result,) = results_of(consultations_for(reader).filter(id=_consultation(request, key).id), public=False)
    context = presenters.consultation_page(result) | {"may_change": reader.may(Permission.IMPORT_EVIDENCE)}
    return render(request, "consultation/consultation.html", context)


@requires(Permission.IMPORT_EVIDENCE)
def edit_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Record a consultation, or change it."""
    consultation = _consultation(request, key) if key else None
    initial = {name: getattr(consultation, name) for name in FIELDS} if consultation else None
    form = ConsultationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_consultation(reader_of(request), form.given(), consultation=consultation)
        except ConsultationRefused as refusal:
            _tell(form, None, refusal)
        else:
            return redirect("consultation:consultation", kept.id)
    title = consultation.title if consultation else "Record a consultation"
    return render(request, "consultation/form.html", {"form": form, "title": title, "consultation": consultation})


@requires(Permission.IMPORT_EVIDENCE)
def question_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a question with its answers."""
    consultation = _consultation(request, key)
    form = QuestionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            question = _keep_question(request, consultation, form)
        except ConsultationRefused as refusal:
            _tell(form, "answers" if form.file else "counts", refusal)
        else:
            messages.success(request, f"Counted who answered: {question.base}. No single answer was kept.")
            return redirect("consultation:items", question.id)
    context = {"form": form, "title": "Add a question and its answers", "consultation": consultation}
    return render(request, "consultation/form.html", context)


def _keep_question(request: HttpRequest, consultation: Consultation, form: QuestionForm) -> Question:
    given = form.cleaned_data
    counts, base = given["counts"], given["base"]
    if form.file:
        counted = count_answers(form.file, given["kind"], most=given["most"])
        counts, base = counted.counts, counted.base
    question = GivenQuestion(given["wording"], given["kind"], base, counts, given["most"], given["order"])
    return keep_question(reader_of(request), consultation, question)


@requires(Permission.IMPORT_EVIDENCE)
def items_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which of our problems each item is."""
    question = _question(request, key)
    form = MappingForm(question, request.POST or None)
    if request.method == "POST" and form.is_valid():
        map_items(reader_of(request), question, form.given())
        return redirect("consultation:consultation", question.consultation_id)
    context = {"form": form, "question": question, "consultation": question.consultation}
    return render(request, "consultation/items.html", context)


@requires(Permission.IMPORT_EVIDENCE)
@require_POST
def remove_question_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a question away."""
    question = _question(request, key)
    remove_question(reader_of(request), question)
    messages.success(request, "The question and its counts are gone.")
    return redirect("consultation:consultation", question.consultation_id)


@requires(Permission.IMPORT_EVIDENCE)
def profile_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say who answered, beside the population."""
    consultation = _consultation(request, key)
    initial = {"rows": presenters.profile_text(consultation.profile.all()), "source": consultation.population_source}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            keep_profile(reader_of(request), consultation, **form.cleaned_data)
        except ConsultationRefused as refusal:
            _tell(form, "rows", refusal)
        else:
            return redirect("consultation:consultation", key)
    context = {"form": form, "title": "Who answered", "consultation": consultation}
    return render(request, "consultation/form.html", context)


@requires(Permission.IMPORT_EVIDENCE)
def series_page(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Keep a survey over time, or change it."""
    reader = reader_of(request)
    series = get_object_or_404(series_for(reader), id=key) if key else None
    form = SeriesForm(request.POST or None, initial=presenters.series_initial(series) if series else None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_series(reader, form.given(), series=series)
        except ConsultationRefused as refusal:
            _tell(form, None, refusal)
        else:
            return redirect("consultation:list")
    title = str(series) if series else "Add a survey over time"
    return render(request, "consultation/form.html", {"form": form, "title": title})


def _tell(form: forms.Form, field: str | None, refusal: ConsultationRefused) -> None:
    form.add_error(field, ValidationError([ValidationError(fault) for fault in refusal.faults]))


def _consultation(request: HttpRequest, key: UUID) -> Consultation:
    try:
        return consultation_for(reader_of(request), key)
    except Consultation.DoesNotExist:
        raise Http404 from None


def _question(request: HttpRequest, key: UUID) -> Question:
    try:
        return question_for(reader_of(request), key)
    except Question.DoesNotExist:
        raise Http404 from None
