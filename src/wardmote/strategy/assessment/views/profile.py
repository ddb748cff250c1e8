"""Pages of a problem's profile: what stands in it, writing its parts, and how its reader sees it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardmote.access.permissions import Permission
from wardmote.access.routes import reader_of, requires
from wardmote.strategy.assessment.actions import AssessmentRefused
from wardmote.strategy.assessment.actions.profile import remove_entry, write_entry, write_sentence, write_side
from wardmote.strategy.assessment.forms.profile import (
    EntryForm,
    FindingForm,
    LinkForm,
    ReasonForm,
    ResponseForm,
    SentenceForm,
    SideForm,
    UnknownForm,
    VoiceForm,
)
from wardmote.strategy.assessment.models import (
    AssessedProblem,
    CommunityVoice,
    LikelyReason,
    ProblemLink,
    ProfileEntry,
    ProfileResponse,
    Unknown,
)
from wardmote.strategy.assessment.presenters import profile as presenters
from wardmote.strategy.assessment.queries.partners import questions_about, unanswered_questions
from wardmote.strategy.assessment.queries.profile import SentenceView, entry_of, profile_of
from wardmote.strategy.assessment.rules.profile import ITEM_WORDS, SIDE_QUESTIONS, SIDE_WORDS, Item, Side

from .finding import assessment_of, problem_of

# The lists of a profile by their address: the table, the form, and what its page is called.
LISTS: dict[str, tuple[type[ProfileEntry], type[EntryForm], str]] = {
    "responses": (ProfileResponse, ResponseForm, "What could be done"),
    "reasons": (LikelyReason, ReasonForm, "Likely reason"),
    "links": (ProblemLink, LinkForm, "Link to another problem"),
    "voices": (CommunityVoice, VoiceForm, "What we were told"),
    "unknowns": (Unknown, UnknownForm, "What we do not know"),
}


@requires(Permission.SEE_ASSESSMENT)
def profiles_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far the profile of every problem has come."""
    assessment = assessment_of(request, key)
    waiting = unanswered_questions(reader_of(request), today=timezone.localdate(), assessment=assessment)
    context = {
        "assessment": assessment,
        "rows": presenters.profile_rows(assessment),
        "questions": [presenters.question_row(view) for view in waiting],
    }
    return render(request, "assessment/profiles.html", context)


@requires(Permission.SEE_ASSESSMENT)
def profile_page(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The profile of a problem."""
    problem, reader = problem_of(request, key, slug), reader_of(request)
    questions = questions_about(reader, problem, today=timezone.localdate())
    context = presenters.profile_page(problem, profile_of(problem), questions)
    may_write = reader.may(Permission.PREPARE_ASSESSMENT)
    return render(request, "assessment/profile.html", {**context, "may_write": may_write})


@requires(Permission.SEE_ASSESSMENT)
def as_read_page(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The profile as its reader will see it."""
    problem = problem_of(request, key, slug)
    body = presenters.as_read(problem, profile_of(problem))
    return render(request, "assessment/profile_as_read.html", {"problem": problem, "body": body})


@requires(Permission.PREPARE_ASSESSMENT)
def sentence_page(request: HttpRequest, key: UUID, slug: str, item: str) -> HttpResponse:
    """Write the key finding, or the sentence about an item of the evidence."""
    problem = problem_of(request, key, slug)
    sentence = _sentence(problem, item)
    form_class = FindingForm if sentence.item is Item.FINDING else SentenceForm
    form = form_class(request.POST or None, initial={"text": sentence.text})
    if request.method == "POST" and form.is_valid():
        write_sentence(reader_of(request), problem, sentence.item, form.cleaned_data["text"])
        said = presenters.untraced_words(_sentence(problem, item))
        messages.success(request, f"Saved. {said}".strip())
        return redirect("assessment:profile", key, slug)
    context = {"problem": problem, "form": form, "title": ITEM_WORDS[sentence.item]}
    return render(
        request, "assessment/profile_sentence.html", {**context, "sentence": presenters.sentence_card(sentence)}
    )


def _sentence(problem: AssessedProblem, item: str) -> SentenceView:
    profile = profile_of(problem)
    found = next((one for one in (profile.finding, *profile.sentences) if one.item == item), None)
    if found is None:
        raise Http404
    return found


@requires(Permission.PREPARE_ASSESSMENT)
def side_page(request: HttpRequest, key: UUID, slug: str, side: str) -> HttpResponse:
    """Write what is known of the victims, the offenders or the places."""
    problem = problem_of(request, key, slug)
    if side not in list(Side):
        raise Http404
    chosen = Side(side)
    row = profile_of(problem).sides.get(chosen)
    form = SideForm(request.POST or None, initial={"text": row.text, "evidence": row.evidence} if row else {})
    if request.method == "POST" and form.is_valid():
        write_side(reader_of(request), problem, chosen, **form.cleaned_data)
        return redirect("assessment:profile", key, slug)
    context = {"problem": problem, "form": form, "title": SIDE_WORDS[chosen], "intro": SIDE_QUESTIONS[chosen]}
    return render(request, "assessment/profile_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
def entry_page(request: HttpRequest, key: UUID, slug: str, kind: str, entry: UUID | None = None) -> HttpResponse:
    """Add an entry to a list of the profile, or change one."""
    problem = problem_of(request, key, slug)
    table, form_class, title = _list(kind)
    row = _row(problem, table, entry) if entry else None
    initial = presenters.entry_initial(row) if row else {"side": request.GET.get("side", "")}
    form = form_class(request.POST or None, problem=problem, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_entry(reader_of(request), problem, form.given(), key=entry)
        except AssessmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessment:profile", key, slug)
    context = {"problem": problem, "form": form, "title": title, "row": row, "kind": kind}
    return render(request, "assessment/profile_form.html", context)


@requires(Permission.PREPARE_ASSESSMENT)
@require_POST
def remove_page(request: HttpRequest, key: UUID, slug: str, kind: str, entry: UUID) -> HttpResponse:
    """Take an entry out of a list of the profile."""
    problem = problem_of(request, key, slug)
    table, _, _ = _list(kind)
    row = _row(problem, table, entry)
    remove_entry(reader_of(request), problem, table, row.id)
    messages.success(request, "Removed.")
    return redirect("assessment:profile", key, slug)


def _list(kind: str) -> tuple[type[ProfileEntry], type[EntryForm], str]:
    if kind not in LISTS:
        raise Http404
    return LISTS[kind]


def _row(problem: AssessedProblem, table: type[ProfileEntry], key: UUID) -> ProfileEntry:
    row = entry_of(problem, table, key)
    if row is None:
        raise Http404
    return row
