"""The sample's problem profiles: what its analyst wrote, what partners signed, what is still missing and waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from wardmote.access.readers import Reader
from wardmote.partnership.members.queries import agencies_of
from wardmote.strategy.assessment.actions.partners import (
    GivenQuestion,
    accept_paragraph,
    ask_partner,
    sign_paragraph,
)
from wardmote.strategy.assessment.actions.profile import (
    GivenEntry,
    GivenLink,
    GivenReason,
    GivenResponse,
    GivenUnknown,
    GivenVoice,
    write_entry,
    write_sentence,
    write_side,
)
from wardmote.strategy.assessment.models import AssessedProblem, Assessment
from wardmote.strategy.assessment.queries.profile import items_of
from wardmote.strategy.assessment.queries.profile_evidence import figures_of
from wardmote.strategy.assessment.rules import Confidence
from wardmote.strategy.assessment.rules.profile import Item, Relation, Side, VoiceGroup
from wardmote.strategy.assessment.rules.sentences import Figure, Kind, numbers_in, printed_as

from .accounts import COUNCIL, FIRE, HEALTH, POLICE, PROBATION

_SURVEY: Final = date(2026, 6, 30)
_ANSWER_IN: Final = timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """A question to an agency, with the paragraph that it signed, and whether that was accepted."""

    agency: str
    question: str
    paragraph: str = ""
    is_accepted: bool = False


@dataclass(frozen=True)
class Written:
    """What is written in a profile; figures of the analysis stand in braces, such as {count} or {change}."""

    sentences: Mapping[Item, str]
    sides: Mapping[Side, tuple[str, str]]
    entries: tuple[GivenEntry, ...]
    asked: tuple[Asked, ...] = field(default=())


PROFILES: Final = {
    "shoplifting": Written(
        sentences={
            Item.FINDING: (
                "Theft from shops is the clear rise of the year: {count} incidents against {before} the year before. "
                "Six shops in the town centre make most of the reports, and their staff fear the abuse more than the "
                "loss."
            ),
            Item.CHANGE: (
                "Recorded thefts from shops rose by {change} to {count}. Two shops began to report every theft in the "
                "autumn, so part of the rise is better reporting; the other four reported as they always have, and "
                "rose too."
            ),
        },
        sides={
            Side.VICTIM: (
                "Shops that sell spirits, meat and cosmetics. Staff are alone on the floor after 6pm in four of the "
                "six, and most have stopped approaching anybody they suspect.",
                "Interviews with 23 shop workers by the business crime partnership, September 2026",
            ),
            Side.OFFENDER: (
                "Two patterns: people who steal most days to pay for heroin or crack, and groups from outside the "
                "district who fill bags and leave by car. The first group makes most of the incidents, the second "
                "most of the value.",
                "Review of custody records for theft from shops, 2025/26, by the force analyst",
            ),
            Side.PLACE: (
                "The pedestrian streets around the market, where six shops open on to one square with three ways "
                "out. Cameras cover the square but not the two alleys.",
                "Site visit by the council and the police, 9 September 2026",
            ),
        },
        entries=(
            GivenResponse(
                Side.VICTIM, "Offer shop workers support after abuse, as victims of other crime have it", COUNCIL
            ),
            GivenResponse(
                Side.OFFENDER, "Offer treatment at the first arrest, not the fifth", "Treatment service with probation"
            ),
            GivenResponse(
                Side.PLACE, "Move two cameras to the alleys behind the square", "Camera room manager, council"
            ),
            GivenReason(
                "Two shops report every theft since the autumn: part of the rise is better reporting.",
                Confidence.HIGH,
                "Both shops say so, and their reports doubled in the month they began. The other four did not change.",
            ),
            GivenReason(
                "More people steal to pay for drugs since the treatment service moved out of the town centre.",
                Confidence.MEDIUM,
                "Of those in custody for theft from shops who were tested, more than half tested positive; the "
                "service's own numbers fell after its move.",
            ),
            GivenReason("Prices rose, so that more people steal food for themselves.", Confidence.LOW),
            GivenLink(
                "drug-offences",
                Relation.SAME_PEOPLE,
                "Custody tests of those arrested for theft from shops.",
                Decimal("58.0"),
                "of 131 people tested in 2025/26 tested positive for heroin or crack",
            ),
            GivenLink(
                "anti-social-behaviour",
                Relation.SAME_PLACES,
                "The square has the most calls about street drinking as well; both peak on Saturday afternoons.",
            ),
            GivenVoice(
                VoiceGroup.PROFESSIONALS,
                "abuse of shop workers",
                date(2026, 9, 24),
                "Of 23 shop workers who were interviewed, 17 had been threatened in the last three months; most had "
                "not told the police.",
            ),
            GivenVoice(
                VoiceGroup.RESIDENTS,
                "the town centre in the evening",
                _SURVEY,
                "In the residents' survey 201 of 612 who answered avoid the square after dark; thefts from shops were "
                "named third, after street drinking and empty shops.",
            ),
            GivenUnknown(
                "How much is never reported: four of the six shops count their losses but not how often they happen.",
                "Business crime partnership manager",
                date(2027, 2, 26),
            ),
            GivenUnknown("Whether the groups from outside the district are known elsewhere in the region."),
        ),
        asked=(
            Asked(
                POLICE,
                "What do your officers see of the groups that come by car, and what has worked against them?",
                "Since the spring the neighbourhood team has stopped nine cars with bags lined to defeat shop tags. "
                "None of those in them lived in the district. A shared picture with two neighbouring forces led to "
                "arrests in August; the visits then stopped for five weeks.\n\nWe would do the same again before "
                "Christmas, and ask the shops to send footage within a day.",
                is_accepted=True,
            ),
            Asked(
                PROBATION,
                "How many people on your caseload were convicted of theft from shops, and how many of them are in "
                "treatment?",
            ),
        ),
    ),
    "burglary": Written(
        sentences={
            Item.FINDING: (
                "Burglary has clearly fallen, by {change} to {count}, and fell in every ward but one. The property "
                "marking scheme is the likely reason; one offender's sentence may explain part of it."
            ),
            Item.RATE: (
                "That is {rate} incidents per 1,000 residents. The measure counts homes, sheds and businesses "
                "together, since the published figures do not tell them apart."
            ),
        },
        sides={
            Side.VICTIM: (
                "Homes with unlocked sheds and side gates, and ground floor flats whose windows face an alley. Half of "
                "those who were burgled had been away for less than a day.",
                "212 crime reports read by the analyst, and the log of the security service, 2025/26",
            ),
            Side.PLACE: (
                "Terraces with back alleys in the north of the district, and new estates whose street lights are not "
                "yet adopted.",
                "Alleys walked by neighbourhood officers, March 2026; list of unadopted lights, highways",
            ),
        },
        entries=(
            GivenResponse(Side.VICTIM, "Keep the security visit within a week of a burglary", COUNCIL),
            GivenResponse(
                Side.PLACE, "Gate the last eleven alleys that residents have asked for", "Housing manager, council"
            ),
            GivenReason(
                "Property marking makes goods hard to sell: the fall began street by street as it reached them.",
                Confidence.MEDIUM,
                "Streets that had the scheme first fell first; streets without it fell later and by less.",
            ),
            GivenReason(
                "The offender who was sentenced in the month in which the fall began had made much of the number.",
                Confidence.LOW,
            ),
            GivenLink(
                "vehicle-crime",
                Relation.SAME_RESPONSE,
                "Gates, lights and marking answer both: car keys were the aim of some burglaries.",
                Decimal("14.0"),
                "of 212 burglaries that were read: only car keys were taken",
            ),
            GivenVoice(
                VoiceGroup.VICTIMS,
                "the security visit",
                date(2026, 5, 29),
                "Of 74 people who were burgled and had the visit, 68 said that they felt safer afterwards.",
            ),
            GivenUnknown(
                "How many people were burgled more than once.",
                "Force analyst",
                date(2027, 1, 15),
            ),
        ),
        asked=(
            Asked(
                FIRE,
                "What do your home safety visits see of doors, sheds and lights, and could they pass it on?",
                "Our crews made 1,140 home safety visits in the year. They look at exits, alarms and escape routes, "
                "not at locks, but they could leave the marking kit and ask whether the person wants a security "
                "visit. We would need the form and half an hour of training.",
            ),
        ),
    ),
    "domestic-abuse": Written(
        sentences={
            Item.FINDING: (
                "The police figures that are published cannot show domestic abuse, and most of it is never reported. "
                "What services see points to more people asking for help, and to refuge places that do not suffice."
            ),
        },
        sides={
            Side.VICTIM: (
                "Mostly women aged 20 to 45, many with children under school age. Older victims and those abused by "
                "grown-up children come late, through health services.",
                "Returns of the support service, April 2025 to March 2026, 1,038 referrals",
            ),
            Side.OFFENDER: (
                "Mostly partners and former partners. Few are offered a programme, and fewer finish one.",
                "Probation returns, 2025/26",
            ),
            Side.PLACE: (
                "Homes: patrols see little of it. General practices and maternity services are where it is first told.",
                "Case reviews of the support service, 60 cases read in spring 2026",
            ),
        },
        entries=(
            GivenResponse(
                Side.VICTIM, "Fund six more places in safe accommodation", "Commissioner of housing support, council"
            ),
            GivenResponse(Side.OFFENDER, "Offer a behaviour change programme with a waiting list of weeks", PROBATION),
            GivenResponse(Side.PLACE, "A support worker in each of the two maternity units", HEALTH),
            GivenReason(
                "More people ask because practices ask them: referrals from health rose after training.",
                Confidence.MEDIUM,
                "Referrals from the practices that were trained rose; those from the others did not.",
            ),
            GivenLink(
                "violence-and-sexual-offences",
                Relation.SAME_PEOPLE,
                "Flags on recorded violence, told to the partnership by the force analyst.",
                Decimal("34.0"),
                "of violence with injury in 2025/26 was flagged as domestic",
            ),
            GivenVoice(
                VoiceGroup.SERVICES,
                "refuge places",
                date(2026, 3, 31),
                "The refuge turned away 44 families in the year because it was full.",
            ),
            GivenUnknown(
                "How many people are abused and tell no service at all.",
                "Public health consultant, Ashcombe Integrated Care Board",
                date(2027, 3, 31),
            ),
        ),
        asked=(
            Asked(
                HEALTH,
                "What do practices and maternity services see that the police do not?",
                "Since practices were trained to ask, the number who tell their doctor has doubled. Two thirds of "
                "them had never called the police. Maternity services ask everybody twice; they have nobody on site "
                "to whom they can turn the same day.",
                is_accepted=True,
            ),
        ),
    ),
}


def write_profiles(analyst: Reader, partners: Mapping[str, Reader], assessment: Assessment) -> None:
    """Write the profiles, ask the partners, and let them answer; `partners` has who answers for an agency, by name."""
    for problem in assessment.problems.select_related("assessment").filter(slug__in=PROFILES):
        written = PROFILES[problem.slug]
        _write(analyst, problem, written)
        for asked in written.asked:
            _ask(analyst, partners, problem, asked)


def _write(analyst: Reader, problem: AssessedProblem, written: Written) -> None:
    words = _figures_in_words(problem)
    for item, text in written.sentences.items():
        write_sentence(analyst, problem, item, text.format(**words))
    for side, (text, evidence) in written.sides.items():
        write_side(analyst, problem, side, text=text, evidence=evidence)
    known = set(problem.assessment.problems.values_list("slug", flat=True))
    for entry in written.entries:
        if not isinstance(entry, GivenLink) or entry.other in known:
            write_entry(analyst, problem, entry)


def _figures_in_words(problem: AssessedProblem) -> dict[str, str]:
    """Return the figures that sentences quote, as they are printed: {count}, {before}, {change} and {rate}."""
    figures = figures_of(items_of(problem))
    wanted = {name: figures.get(f"{problem.slug}.{name}") for name in ("count", "before", "change", "rate")}
    return {name: _in_words(figure) for name, figure in wanted.items() if figure}


def _in_words(figure: Figure) -> str:
    written = {Kind.CHANGE: "1%", Kind.RATE: "1.0"}.get(figure.kind, "1")
    (form,) = numbers_in(written)
    return printed_as(form, figure).lstrip("+−")


def _ask(analyst: Reader, partners: Mapping[str, Reader], problem: AssessedProblem, asked: Asked) -> None:
    agency = agencies_of(analyst).get(name=asked.agency)
    due_on = timezone.localdate() + _ANSWER_IN
    question = ask_partner(analyst, problem, GivenQuestion(agency.id, asked.question, due_on))
    if asked.paragraph:
        sign_paragraph(partners[asked.agency], question, asked.paragraph)
    if asked.is_accepted:
        accept_paragraph(analyst, question)
