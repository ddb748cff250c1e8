"""The profile of a problem as its reader sees it: key finding, sentences, sides, reasons, links, partners."""

from collections.abc import Iterator, Mapping
from typing import Any

from wardmote.printing.blocks import (
    Block,
    Bullets,
    Column,
    Facts,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    Inset,
    Paragraph,
    Strong,
    Table,
)
from wardmote.strategy.assessment.models import CommunityVoice, LikelyReason, Unknown
from wardmote.strategy.assessment.queries.figures import has_page
from wardmote.strategy.assessment.queries.profile import LinkView, Profile, SentenceView
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items, figures_of
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS, Confidence
from wardmote.strategy.assessment.rules.profile import (
    ITEM_WORDS,
    NOT_TESTED,
    SIDE_WORDS,
    VOICE_WORDS,
    ProfileState,
    Side,
    VoiceGroup,
)
from wardmote.strategy.assessment.rules.sentences import Figure, NumberSaid, Quote, numbers_in, quotes_in

Content = Mapping[str, Any]
GAP = Strong("Gap: ")
WITHHELD = "Not printed: it quotes a number that the small-count rule hides."


def is_begun(profile: Profile | None) -> bool:
    """Whether there is a profile to print."""
    return profile is not None and profile.state is not ProfileState.NOT_STARTED


def finding_blocks(profile: Profile, problem: Content, analysis: Content) -> list[Block]:
    """Return the key finding, or that it is missing."""
    finding = profile.finding
    if finding.text or finding.is_withheld:
        return [Inset((Strong("Key finding. "), *_sentence(finding, problem, analysis)))]
    return [Inset((GAP, "the key finding has not been written."))]


def sentence_blocks(profile: Profile, problem: Content, analysis: Content) -> list[Block]:
    """Return what the evidence says, item by item, in the analyst's words or else in those of the analysis."""
    rows = tuple(
        (ITEM_WORDS[one.item], _sentence(one, problem, analysis))
        for one in profile.sentences
        if one.text or one.is_withheld
    )
    return [Facts(rows)] if rows else []


def profile_blocks(profile: Profile) -> list[Block]:
    """Return what follows the evidence: sides, reasons, links, voices, what is not known, and partners' paragraphs."""
    return [
        *_sides(profile),
        *_reasons(profile),
        *link_blocks(profile),
        *_voices(profile),
        *_unknowns(profile),
        *_paragraphs(profile),
    ]


def _sentence(sentence: SentenceView, problem: Content, analysis: Content) -> Inlines:
    if sentence.is_withheld:
        return (WITHHELD,)
    figures = figures_of(evidence_items(problem, analysis))
    quotes = sentence.quotes if sentence.said else quotes_in(sentence.text, figures.values())
    stale = {one.said for one in sentence.stale}
    said = tuple(_linked(sentence.text, [quote for quote in quotes if quote.said not in stale], analysis, figures))
    return (*said, *(Strong(f" {one.words}") for one in sentence.stale))


def linked_sentence(text: str, problem: Content, analysis: Content) -> Inlines:
    """Return a sentence whose numbers lead to where they come from."""
    figures = figures_of(evidence_items(problem, analysis))
    return tuple(_linked(text, list(quotes_in(text, figures.values())), analysis, figures))


def _linked(text: str, quotes: list[Quote], analysis: Content, figures: Mapping[str, Figure]) -> Iterator[Inline]:
    """Yield a text whose numbers lead to where they come from, each to the first figure that it quotes."""
    end = 0
    for number in numbers_in(text):
        key = _source(number, quotes, analysis, figures)
        if key:
            yield from ([text[end : number.start]] if number.start > end else [])
            yield FigureRef(number.bare, key)
            end = number.start + len(number.bare)
    yield from ([text[end:]] if end < len(text) else [])


def _source(number: NumberSaid, quotes: list[Quote], analysis: Content, figures: Mapping[str, Figure]) -> str:
    keys = [quote.key for quote in quotes if quote.said == number.text and quote.key in figures]
    return next((key for key in keys if has_page(analysis, key)), "")


def _heading(profile: Profile, text: str, anchor: str) -> Heading:
    return Heading(text, 4, f"profile-{profile.slug}-{anchor}")


def _sides(profile: Profile) -> list[Block]:
    sides = Facts(tuple((SIDE_WORDS[side], _side(profile, side)) for side in Side))
    blocks: list[Block] = [_heading(profile, "Victim, offender and place", "sides"), sides]
    if not profile.responses:
        return blocks
    columns = (Column("Side"), Column("What could be done"), Column("Who could do it"))
    order = list(Side)
    responses = sorted(profile.responses, key=lambda one: order.index(Side(one.side)))
    rows = tuple(((SIDE_WORDS[Side(one.side)],), (one.what,), (one.who,)) for one in responses)
    return [*blocks, Table(f"{profile.title}: what could be done, and who could do it", columns, rows)]


def _side(profile: Profile, side: Side) -> Inlines:
    row = profile.sides.get(side)
    if row is None:
        return (GAP, "nothing has been found out about this side yet.")
    return (f"{_flowing(row.text)} ", Strong("Evidence: "), row.evidence)


def _reasons(profile: Profile) -> list[Block]:
    heading = _heading(profile, "Likely reasons", "reasons")
    if profile.reasons:
        columns = (Column("Likely reason"), Column("How sure"), Column("Evidence"))
        rows = tuple(_reason(one) for one in profile.reasons)
        return [heading, Table(f"{profile.title}: likely reasons", columns, rows)]
    missing = Inset((GAP, "no likely reason has been given for this change."))
    return [heading, missing] if profile.needs_reason else []


def _reason(reason: LikelyReason) -> tuple[Inlines, ...]:
    sure = CONFIDENCE_WORDS[Confidence(reason.confidence)]
    return ((_flowing(reason.reason),), (sure,), (_flowing(reason.evidence) or Strong(NOT_TESTED),))


def link_blocks(profile: Profile) -> list[Block]:
    """Return how the problem hangs together with others, whichever of the two profiles says so."""
    if not profile.links:
        return []
    items = tuple(_link(link) for link in profile.links)
    return [_heading(profile, "Links to other problems", "links"), Bullets(items)]


def _link(link: LinkView) -> Inlines:
    share = f" {link.share_words}." if link.percentage is not None else ""
    return (Strong(f"{link.words} {link.title}."), f" {_flowing(link.evidence)}{share}")


def _voices(profile: Profile) -> list[Block]:
    heading = _heading(profile, "What we were told", "voices")
    if not profile.voices:
        missing = "nothing from people who live here, from services or from professionals has been taken in yet."
        return [heading, Inset((GAP, missing))]
    return [heading, Bullets(tuple(_voice(one) for one in profile.voices))]


def _voice(voice: CommunityVoice) -> Inlines:
    who = f"{VOICE_WORDS[VoiceGroup(voice.group)]}, {voice.heard_on:%-d %B %Y}, on {voice.theme}: "
    return (Strong(who), _flowing(voice.sentence))


def _unknowns(profile: Profile) -> list[Block]:
    if not profile.unknowns:
        return []
    return [
        _heading(profile, "What we do not know", "unknown"),
        Bullets(tuple(_unknown(one) for one in profile.unknowns)),
    ]


def _unknown(unknown: Unknown) -> Inlines:
    by = f" by {unknown.due_on:%-d %B %Y}" if unknown.due_on else ""
    finds = f" {unknown.owner} finds out{by}." if unknown.owner else " Nobody has taken this on yet."
    return (_flowing(unknown.what), finds)


def _paragraphs(profile: Profile) -> list[Block]:
    if not profile.paragraphs:
        return []
    blocks: list[Block] = [_heading(profile, "What partners say", "partners")]
    for one in profile.paragraphs:
        blocks.append(Paragraph((Strong(f"{one.agency} was asked: "), _flowing(one.question))))
        blocks += [Inset((text.strip(),)) for text in one.text.split("\n\n") if text.strip()]
        blocks.append(Paragraph((one.signed,)))
    return blocks


def _flowing(text: str) -> str:
    """Return a text as one run: lists and tables have no paragraphs of their own."""
    return " ".join(text.split())
