"""Pages of the questions to partners: asking, answering, accepting and asking again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.partnership.members.queries import agencies_of
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.partners import (
    accept_paragraph,
    ask_again,
    ask_partner,
    key_paper,
    sign_paragraph,
    withdraw_question,
)
from wardmote.strategy.assessment.forms.partners import AskAgainForm, PaperAnswerForm, ParagraphForm, QuestionForm
from wardmote.strategy.assessment.models import PartnerQuestion
from wardmote.strategy.assessment.presenters import profile as presenters
from wardmote.strategy.assessment.queries.partners import question_for, question_view, somebody_can_answer

from .finding import assessment_of, problem_of


@requires(Permission.PREPARE_ASSESSMENT)
def ask_page(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Ask an agency for a paragraph."""
    problem, reader = problem_of(request, key, slug), reader_of(request)
    form = QuestionForm(request.POST or None, agencies=agencies_of(reader))
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_partner(reader, problem, form.given())
        except AssessmentRefused as refusal:
            form.add_error("due_on", str(refusal))
        else:
            can_answer = somebody_can_answer(asked.agency_id, today=timezone.localdate())
            messages.success(request, presenters.asked_words(asked, can_answer=can_answer))
            return redirect("assessment:profile", key, slug)
    context = {"problem": problem, "form": form, "title": "Ask a partner", "submit_text": "Ask"}
    return render(request, "assessment/profile_form.html", context)


@requires(Permission.SEE_ASSESSMENT)
def question_page(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """A question with its paragraphs; the agency that was asked writes and signs here."""
    reader, asked = reader_of(request), _question(request, key, question)
    is_ours = asked.agency_id == reader.agency
    form = ParagraphForm(request.POST or None) if is_ours else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                sign_paragraph(reader, asked, form.cleaned_data["text"])
            except AssessmentRefused as refusal:
                form.add_error("text", str(refusal))
            else:
                messages.success(request, "Signed and sent. The analyst reads it before it is printed.")
                return redirect("assessment:question", key, question)
    row = presenters.question_row(question_view(asked, today=timezone.localdate()))
    context = {"row": row, "form": form, "problem": asked.problem, "signs_as": reader.post if is_ours else ""}
    may_write = reader.may(Permission.PREPARE_ASSESSMENT)
    return render(request, "assessment/question.html", {**context, "may_write": may_write})


@requires(Permission.PREPARE_ASSESSMENT)
def paper_page(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Key a paragraph that an agency signed on paper."""
    asked = _question(request, key, question)
    form = PaperAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key_paper(reader_of(request), asked, form.given())
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Keyed, and marked so. Read it against the paper, then accept it.")
            return redirect("assessment:question", key, question)
    intro = f"{asked.agency.name} was asked: {asked.question}"
    context = {"problem": asked.problem, "form": form, "title": "An answer on paper", "intro": intro}
    return render(request, "assessment/profile_form.html", {**context, "submit_text": "Keep it"})


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def accept_page(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Accept the newest paragraph into the profile."""
    asked = _question(request, key, question)
    try:
        accept_paragraph(reader_of(request), asked)
    except AssessmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:question", key, question)
    messages.success(request, f"Accepted. The paragraph of {asked.agency.name} is part of the profile.")
    return redirect("assessment:profile", key, asked.problem.slug)


@requires(Permission.PREPARE_ASSESSMENT)
def again_page(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Send the newest paragraph back with the reason."""
    asked = _question(request, key, question)
    form = AskAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_again(reader_of(request), asked, **form.cleaned_data)
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:question", key, question)
    context = {"problem": asked.problem, "form": form, "title": "Ask again", "submit_text": "Ask again"}
    return render(request, "assessment/profile_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def withdraw_page(request: HttpRequest, key: UUID, question: UUID) -> HttpResponse:
    """Take back a question that nobody has answered."""
    asked = _question(request, key, question)
    slug = asked.problem.slug
    try:
        withdraw_question(reader_of(request), asked)
    except AssessmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("assessment:question", key, question)
    messages.success(request, "The question is taken back.")
    return redirect("assessment:profile", key, slug)


def _question(request: HttpRequest, key: UUID, question: UUID) -> PartnerQuestion:
    try:
        return question_for(reader_of(request), assessment_of(request, key), question)
    except PartnerQuestion.DoesNotExist:
        raise Http404 from None
