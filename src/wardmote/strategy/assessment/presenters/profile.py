"""The shape of a profile's pages: what stands in it, what it lacks, and where each part is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from wardmote.printing.blocks import Heading
from wardmote.strategy.assessment.models import (
    AssessedProblem,
    Assessment,
    CommunityVoice,
    LikelyReason,
    PartnerQuestion,
    ProfileEntry,
    Unknown,
)
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.decisions import decisions_of
from wardmote.strategy.assessment.queries.partners import QuestionView
from wardmote.strategy.assessment.queries.profile import Profile, SentenceView, profiles_of
from wardmote.strategy.assessment.reports.problems import problem_blocks
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS, Confidence, Outcome
from wardmote.strategy.assessment.rules.profile import (
    ITEM_WORDS,
    NO_REASON,
    NO_VOICE,
    NOT_TESTED,
    SIDE_QUESTIONS,
    SIDE_WORDS,
    VOICE_WORDS,
    ProfileState,
    QuestionState,
    Side,
    VoiceGroup,
)

from . import printed_blocks

# Keeps the words of a tag on one line.
NBSP = "\N{NO-BREAK SPACE}"
STATE_COLOURS = {ProfileState.NOT_STARTED: "grey", ProfileState.INCOMPLETE: "yellow", ProfileState.COMPLETE: "green"}
QUESTION_WORDS = {
    QuestionState.WAITING: (f"Not{NBSP}answered", "yellow"),
    QuestionState.ANSWERED: (f"To{NBSP}be{NBSP}read", ""),
    QuestionState.ACCEPTED: ("Accepted", "green"),
}


@dataclass(frozen=True)
class EntryRow:
    """An entry of a list as the profile's page shows it."""

    lead: str
    text: str
    hint: str
    url: str


@dataclass(frozen=True)
class SideCard:
    """A side of the triangle with the responses that work on it."""

    side: Side
    title: str
    asks: str
    text: str
    evidence: str
    responses: tuple[EntryRow, ...]


def profile_page(problem: AssessedProblem, profile: Profile, questions: Iterable[QuestionView]) -> dict[str, Any]:
    """Return what the page of a profile shows."""
    return {
        "problem": problem,
        "assessment": problem.assessment,
        "profile": profile,
        "state": state_tag(profile),
        "finding": sentence_card(profile.finding),
        "sentences": [sentence_card(one) for one in profile.sentences],
        "sides": [_side(problem, profile, side) for side in Side],
        "reasons": [_reason_row(problem, one) for one in profile.reasons],
        "links": _link_rows(problem, profile),
        "voices": [_voice_row(problem, one) for one in profile.voices],
        "unknowns": [_unknown_row(problem, one) for one in profile.unknowns],
        "questions": [question_row(one) for one in questions],
    }


def state_tag(profile: Profile) -> dict[str, str]:
    """Return how far a profile has come, as a tag."""
    text = profile.state.value.capitalize().replace(" ", NBSP)
    return {"text": text, "colour": STATE_COLOURS[profile.state]}


def sentence_card(sentence: SentenceView) -> dict[str, Any]:
    """Return a sentence with its flags, as cards and its form show it."""
    return {
        "item": sentence.item,
        "title": ITEM_WORDS[sentence.item],
        "said": sentence.said,
        "proposed": sentence.proposed,
        "stale": [one.words for one in sentence.stale],
        "untraced": ", ".join(sentence.untraced),
    }


def untraced_words(sentence: SentenceView) -> str:
    """Say which numbers of a sentence could not be traced; empty where all could."""
    return f"Not traced to a figure: {', '.join(sentence.untraced)}." if sentence.untraced else ""


def _entry_url(problem: AssessedProblem, kind: str, key: UUID) -> str:
    return reverse("assessment:profile-entry", args=[problem.assessment_id, problem.slug, kind, key])


def _side(problem: AssessedProblem, profile: Profile, side: Side) -> SideCard:
    row = profile.sides.get(side)
    responses = tuple(
        EntryRow(one.what, "", f"Who could do it: {one.who}", _entry_url(problem, "responses", one.id))
        for one in profile.responses
        if one.side == side
    )
    text, evidence = (row.text, row.evidence) if row else ("", "")
    return SideCard(side, SIDE_WORDS[side], SIDE_QUESTIONS[side], text, evidence, responses)


def _reason_row(problem: AssessedProblem, one: LikelyReason) -> EntryRow:
    tested = f"Evidence: {one.evidence}" if one.evidence else f"{NOT_TESTED}."
    hint = f"How sure: {CONFIDENCE_WORDS[Confidence(one.confidence)].lower()}. {tested}"
    return EntryRow("", one.reason, hint, _entry_url(problem, "reasons", one.id))


def _link_rows(problem: AssessedProblem, profile: Profile) -> list[EntryRow]:
    rows = []
    for one in profile.links:
        owner = problem.slug if one.is_own else one.slug
        url = reverse("assessment:profile-entry", args=[problem.assessment_id, owner, "links", one.key])
        rows.append(EntryRow(f"{one.words} {one.title}.", one.evidence, one.share_words, url))
    return rows


def _voice_row(problem: AssessedProblem, one: CommunityVoice) -> EntryRow:
    hint = f"{VOICE_WORDS[VoiceGroup(one.group)]}, {one.heard_on:%-d %B %Y}"
    theme = f"{one.theme[:1].upper()}{one.theme[1:]}:"
    return EntryRow(theme, one.sentence, hint, _entry_url(problem, "voices", one.id))


def _unknown_row(problem: AssessedProblem, one: Unknown) -> EntryRow:
    by = f" by {one.due_on:%-d %B %Y}" if one.due_on else ""
    hint = f"{one.owner} finds out{by}." if one.owner else f"Nobody has taken this on yet{by and f', wanted{by}'}."
    return EntryRow("", one.what, hint, _entry_url(problem, "unknowns", one.id))


def entry_initial(row: ProfileEntry) -> dict[str, Any]:
    """Return what an entry says, for changing it."""
    found = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    if "other" in found:
        found["other"] = found["other"].slug
    return found


def question_row(view: QuestionView) -> dict[str, Any]:
    """Return a question as lists show it."""
    words, colour = QUESTION_WORDS[view.state]
    question = view.question
    return {
        "view": view,
        "question": question,
        "state": "Overdue" if view.is_overdue else words,
        "colour": "red" if view.is_overdue else colour,
        "url": reverse("assessment:question", args=[question.problem.assessment_id, question.id]),
    }


def asked_words(question: PartnerQuestion, *, can_answer: bool) -> str:
    """Say where a question stands now, or that nobody of the agency can see it yet."""
    if can_answer:
        return "Asked. The question stands on the home page of the agency's people."
    return f"Asked. Nobody of {question.agency.name} has an account yet: ask your manager to appoint somebody."


def as_read(problem: AssessedProblem, profile: Profile) -> SafeString:
    """Return the section about a problem as the draft prints it; empty before there is an analysis."""
    analysis = analysis_of(problem.assessment)
    found = next((one for one in (analysis or {}).get("problems", []) if one["slug"] == problem.slug), None)
    if analysis is None or found is None:
        return SafeString("")
    # The page's own heading is the problem's, and its parts come next: no level is skipped.
    blocks = problem_blocks(found, analysis, problem.note, profile)[1:]
    raised = [replace(block, level=2) if isinstance(block, Heading) else block for block in blocks]
    return printed_blocks(raised, problem.assessment)


def profile_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every problem with how far its profile has come, what is missing, and what no longer fits."""
    profiles, decisions = profiles_of(assessment), decisions_of(assessment)
    priorities = {slug for slug, decided in decisions.items() if decided.outcome is Outcome.PRIORITY}
    return [
        {
            "title": one.title,
            "url": reverse("assessment:profile", args=[assessment.id, slug]),
            "state": state_tag(one),
            "is_begun": one.written.is_anything,
            "missing": _missing(one, is_priority=slug in priorities),
            "stale": [stale.words for stale in one.stale],
        }
        for slug, one in profiles.items()
    ]


def _missing(profile: Profile, *, is_priority: bool) -> tuple[str, ...]:
    """Return what a profile lacks; of one that nobody has begun, what its change or its being a priority asks for."""
    if profile.state is not ProfileState.NOT_STARTED:
        return profile.missing
    return (*((NO_REASON,) if profile.needs_reason else ()), *((NO_VOICE,) if is_priority else ()))


def begun_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """Return the profiles that somebody has begun, and those that lack what a large change or a priority asks for."""
    return [row for row in profile_rows(assessment) if row["missing"] or row["is_begun"]]


def stale_rows(assessment: Assessment) -> list[dict[str, str]]:
    """Return every number of an edited sentence that no longer matches its figure, and where to change it."""
    return [
        {
            "title": profile.title,
            "words": stale.words,
            "url": reverse("assessment:profile-sentence", args=[assessment.id, profile.slug, sentence.item]),
        }
        for profile in profiles_of(assessment).values()
        for sentence in profile.edited
        for stale in sentence.stale
    ]
