"""The profile of each problem of an assessment, with what it lacks and which sentences no longer fit their figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from wardmote.definitions import profile_rule
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.models import (
    AssessedProblem,
    Assessment,
    CommunityVoice,
    LikelyReason,
    PartnerParagraph,
    ProblemLink,
    ProfileEntry,
    ProfileResponse,
    ProfileSentence,
    ProfileSide,
    Unknown,
)
from wardmote.strategy.assessment.rules.profile import (
    RELATION_WORDS,
    Item,
    ProfileState,
    Relation,
    Side,
    Written,
    missing_parts,
    state_of,
)
from wardmote.strategy.assessment.rules.sentences import Figure, Quote, Stale, stale_in, untraced_in

from . import analysis_of
from .profile_evidence import EvidenceItem, evidence_items, figures_of

Content = Mapping[str, Any]
Entry = TypeVar("Entry", bound=ProfileEntry)


@dataclass(frozen=True)
class SentenceView:
    """A sentence of a profile: what the analysis proposes, what the analyst wrote, and how far that still fits.

    `is_withheld` says that it quotes a figure which the small-count rule hides, so that it is not printed.
    """

    item: Item
    proposed: str = ""
    said: str = ""
    quotes: tuple[Quote, ...] = ()
    stale: tuple[Stale, ...] = ()
    untraced: tuple[str, ...] = ()
    is_withheld: bool = False

    @property
    def is_written(self) -> bool:
        """Whether the analyst wrote one, be it printed or not."""
        return bool(self.said) or self.is_withheld

    @property
    def text(self) -> str:
        """What is printed: the analyst's own sentence, else the proposed one."""
        return self.said or self.proposed


@dataclass(frozen=True)
class LinkView:
    """A link as one of its two problems shows it; the key is that of the row, which the other problem shares."""

    key: str
    words: str
    title: str
    slug: str
    evidence: str
    percentage: Decimal | None
    base: str
    is_own: bool

    @property
    def share_words(self) -> str:
        """The percentage with what it is of, empty where there is none."""
        if self.percentage is None:
            return ""
        is_whole = self.percentage == self.percentage.to_integral_value()
        return f"{with_thousands(self.percentage, 0 if is_whole else 1)}% {self.base}"


@dataclass(frozen=True)
class SignedParagraph:
    """A paragraph that an agency signed and that was accepted; `signed` says by which post, when, and how it came."""

    text: str
    question: str
    agency: str
    signed: str


@dataclass(frozen=True)
class Profile:
    """The profile of a problem."""

    slug: str
    title: str
    finding: SentenceView
    sentences: tuple[SentenceView, ...] = ()
    sides: Mapping[Side, ProfileSide] = field(default_factory=dict)
    responses: tuple[ProfileResponse, ...] = ()
    reasons: tuple[LikelyReason, ...] = ()
    links: tuple[LinkView, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    voices: tuple[CommunityVoice, ...] = ()
    paragraphs: tuple[SignedParagraph, ...] = ()
    needs_reason: bool = False

    @property
    def written(self) -> Written:
        """What stands in it, so far as it decides what is missing."""
        is_edited = any(sentence.is_written for sentence in self.sentences)
        # What another problem's profile says of a link begins no profile here.
        is_linked = any(link.is_own for link in self.links)
        return Written(
            finding=self.finding.is_written,
            sides=tuple(self.sides),
            reasons=len(self.reasons),
            voices=len(self.voices),
            other=bool(is_edited or is_linked or self.responses or self.unknowns or self.paragraphs),
            needs_reason=self.needs_reason,
        )

    @property
    def state(self) -> ProfileState:
        """How far it has come."""
        return state_of(self.written)

    @property
    def missing(self) -> tuple[str, ...]:
        """What it lacks, in words."""
        return missing_parts(self.written)

    @property
    def withheld(self) -> tuple[SentenceView, ...]:
        """The sentences that are not printed, since they quote what the small-count rule hides."""
        return tuple(one for one in (self.finding, *self.sentences) if one.is_withheld)

    @property
    def edited(self) -> tuple[SentenceView, ...]:
        """The sentences that the analyst wrote, the key finding first."""
        return tuple(one for one in (self.finding, *self.sentences) if one.said)

    @property
    def stale(self) -> tuple[Stale, ...]:
        """Every number of its sentences that no longer matches its figure."""
        return tuple(stale for sentence in self.edited for stale in sentence.stale)


def profiles_of(assessment: Assessment, analysis: Content | None = None) -> dict[str, Profile]:
    """Return the profile of every problem by its slug, against the assessment's own analysis unless one is given."""
    content = analysis if analysis is not None else analysis_of(assessment)
    found = {problem["slug"]: problem for problem in (content or {}).get("problems", [])}
    material = _Material(assessment)
    return {
        problem.slug: _profile(problem, material, found.get(problem.slug), content or {})
        for problem in assessment.problems.all()
    }


def profile_of(problem: AssessedProblem) -> Profile:
    """Return the profile of one problem."""
    return profiles_of(problem.assessment)[problem.slug]


def entry_of(problem: AssessedProblem, table: type[Entry], key: UUID) -> Entry | None:
    """Return one entry of a list of the profile, None where it is not there or another problem's."""
    found: Entry | None = table._default_manager.filter(problem=problem, id=key).first()
    return found


def items_of(problem: AssessedProblem) -> tuple[EvidenceItem, ...]:
    """Return the evidence items that the assessment's analysis holds about a problem."""
    analysis = analysis_of(problem.assessment)
    found = next((one for one in (analysis or {}).get("problems", []) if one["slug"] == problem.slug), None)
    return evidence_items(found, analysis) if analysis and found else ()


def stale_sentences(assessment: Assessment, analysis: Content | None = None) -> list[tuple[str, Stale]]:
    """Return every number of an edited sentence that no longer matches its figure, with the problem's title."""
    return [(one.title, stale) for one in profiles_of(assessment, analysis).values() for stale in one.stale]


def public_profiles(assessment: Assessment, public: Content) -> dict[str, Profile]:
    """Return the profiles as the public may read them: without a sentence that quotes what the rule hides there."""
    figures = _figures_by_key(analysis_of(assessment) or {})
    shown = _figures_by_key(public)
    hidden = {key for key, figure in figures.items() if shown.get(key) != figure}
    return {slug: _without_hidden(profile, hidden) for slug, profile in profiles_of(assessment, public).items()}


def _figures_by_key(analysis: Content) -> dict[str, Figure]:
    problems = analysis.get("problems", [])
    return {key: figure for one in problems for key, figure in figures_of(evidence_items(one, analysis)).items()}


def _without_hidden(profile: Profile, hidden: set[str]) -> Profile:
    return replace(
        profile,
        finding=_withheld(profile.finding, hidden),
        sentences=tuple(_withheld(sentence, hidden) for sentence in profile.sentences),
    )


def _withheld(sentence: SentenceView, hidden: set[str]) -> SentenceView:
    if not any(quote.key in hidden for quote in sentence.quotes):
        return sentence
    return replace(sentence, said="", proposed="", quotes=(), stale=(), untraced=(), is_withheld=True)


class _Material:
    """Every row of the profiles of an assessment by its problem's key: one query for each table."""

    def __init__(self, assessment: Assessment) -> None:
        mine = {"problem__assessment": assessment}
        self.sentences = _by_problem(ProfileSentence.objects.filter(**mine))
        self.sides = _by_problem(ProfileSide.objects.filter(**mine))
        self.responses = _by_problem(ProfileResponse.objects.filter(**mine))
        self.reasons = _by_problem(LikelyReason.objects.filter(**mine))
        self.unknowns = _by_problem(Unknown.objects.filter(**mine))
        self.voices = _by_problem(CommunityVoice.objects.filter(**mine))
        self.links = list(ProblemLink.objects.filter(**mine).select_related("problem", "other"))
        self.paragraphs = _accepted(assessment)


def _by_problem(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(row.problem_id, []).append(row)
    return found


def _accepted(assessment: Assessment) -> dict[Any, list[PartnerParagraph]]:
    """Return for each problem the newest accepted paragraph of every question."""
    rows = PartnerParagraph.objects.filter(question__problem__assessment=assessment, accepted_at__isnull=False)
    ordered = rows.select_related("question__agency").order_by("question__asked_at", "question_id", "number")
    newest = [list(group)[-1] for _, group in groupby(ordered, key=lambda row: row.question_id)]
    found: dict[Any, list[PartnerParagraph]] = {}
    for row in newest:
        found.setdefault(row.question.problem_id, []).append(row)
    return found


def _profile(problem: AssessedProblem, material: _Material, found: Content | None, analysis: Content) -> Profile:
    items = evidence_items(found, analysis) if found else ()
    figures = figures_of(items)
    written = {row.item: row for row in material.sentences.get(problem.id, [])}
    return Profile(
        slug=problem.slug,
        title=problem.title,
        finding=_sentence(Item.FINDING, "", written.get(Item.FINDING), figures),
        sentences=tuple(
            _sentence(item, _proposed(items, item), written.get(item), figures) for item in _shown(items, written)
        ),
        sides={Side(row.side): row for row in material.sides.get(problem.id, [])},
        responses=tuple(material.responses.get(problem.id, [])),
        reasons=tuple(material.reasons.get(problem.id, [])),
        links=tuple(_link(row, problem) for row in material.links if problem.id in (row.problem_id, row.other_id)),
        unknowns=tuple(material.unknowns.get(problem.id, [])),
        voices=tuple(material.voices.get(problem.id, [])),
        paragraphs=tuple(_signed(row) for row in material.paragraphs.get(problem.id, [])),
        needs_reason=bool(found) and profile_rule().needs_reason((found or {}).get("change") or {}),
    )


def _shown(items: Sequence[EvidenceItem], written: Mapping[str, ProfileSentence]) -> list[Item]:
    """Return the items that the analysis holds, and those that somebody wrote about while it still did."""
    held = {item.item for item in items}
    return [item for item in Item if item is not Item.FINDING and (item in held or item in written)]


def _proposed(items: Sequence[EvidenceItem], wanted: Item) -> str:
    return next((item.proposed for item in items if item.item is wanted), "")


def _sentence(item: Item, proposed: str, row: ProfileSentence | None, figures: Mapping[str, Figure]) -> SentenceView:
    if row is None:
        return SentenceView(item, proposed)
    quotes = tuple(Quote(**quote) for quote in row.quoted)
    return SentenceView(item, proposed, row.text, quotes, stale_in(quotes, figures), untraced_in(row.text, quotes))


def _link(row: ProblemLink, here: AssessedProblem) -> LinkView:
    is_own = row.problem_id == here.id
    there = row.other if is_own else row.problem
    words = RELATION_WORDS[Relation(row.relation)][0 if is_own else 1]
    return LinkView(str(row.id), words, there.title, there.slug, row.evidence, row.percentage, row.base, is_own)


def _signed(row: PartnerParagraph) -> SignedParagraph:
    asked = row.question
    return SignedParagraph(row.text, asked.question, asked.agency.name, row.signed)
