"""What the fictional residents said: two surveys, one from a file of made-up answers, and a survey over time."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Final

from django.core.files.base import ContentFile

from wardmote.access.readers import Reader
from wardmote.strategy.assessment.actions.board import (
    GivenRequirement,
    keep_requirement,
    plan_route,
    propose,
    use_consultations,
    write_paper,
)
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.rules.board import Requirer
from wardmote.strategy.consultation.actions import (
    GivenConsultation,
    GivenQuestion,
    keep_consultation,
    keep_profile,
    keep_question,
    map_items,
)
from wardmote.strategy.consultation.actions.answers import count_answers
from wardmote.strategy.consultation.actions.tracker import GivenSeries, keep_series
from wardmote.strategy.consultation.models import Consultation, Question
from wardmote.strategy.consultation.queries import consultations_for
from wardmote.strategy.consultation.rules import Method, QuestionKind, Sampling
from wardmote.strategy.consultation.rules.pasted import read_profile, read_waves

from . import story
from .accounts import COUNCIL
from .generator import SEED
from .places import VALE

# What was on the list, in the order in which residents lean, and which of our problems it is.
ITEMS: Final = {
    "Anti-social behaviour": "anti-social-behaviour",
    "Speeding and dangerous driving": "road-safety",
    "Burglary": "burglary",
    "Drug dealing": "drug-offences",
    "Violence in public places": "violence-and-sexual-offences",
    "Theft from shops": "shoplifting",
    "Domestic abuse": "domestic-abuse",
    "Litter and fly-tipping": "",
}
ANSWERED: Final = 612
CHOSEN: Final = (368, 251, 214, 187, 166, 149, 121, 203)
RANKING: Final = "Put these in the order in which they matter to you."
TOP_THREE: Final = "Which three should the partnership deal with first?"
REACHED: Final = (
    "A card with the council tax letter to every household, the council's pages, four stalls in markets, and paper "
    "copies in every library."
)
SURVEY: Final = GivenConsultation(
    title="Community safety survey 2026",
    asked=f"People aged 16 and over who live or work in {VALE.name}",
    method=Method.MIXED,
    sampling=Sampling.SELF_SELECTED,
    from_on=date(2026, 5, 1),
    to_on=date(2026, 6, 30),
    base=ANSWERED,
    reached=REACHED,
    run_by=f"Engagement officer, {COUNCIL}",
    caveats="Few people under 25 answered. One in nine answered on paper.",
)
EARLIER: Final = GivenConsultation(
    title="Community safety survey 2025",
    asked=f"People aged 16 and over who live or work in {VALE.name}",
    method=Method.ONLINE,
    sampling=Sampling.SELF_SELECTED,
    from_on=date(2025, 5, 1),
    to_on=date(2025, 6, 15),
    base=344,
    reached="The council's pages and newsletter alone.",
    run_by=f"Engagement officer, {COUNCIL}",
    caveats="Online alone: people without the internet could not answer.",
)
PROFILE: Final = """
Age; 16 to 24; 31; 12.8
Age; 25 to 44; 186; 31.9
Age; 45 to 64; 221; 30.6
Age; 65 and over; 174; 24.7
Sex; Female; 334; 51.2
Sex; Male; 274; 48.8
"""
PROFILE_SOURCE: Final = "made-up shares in the form of Census 2021, table TS009"
WAVES: Final = """
Year to March 2022; 2022-03-31; 61.4; 480; 58.9; 11; 40; made up
Year to March 2023; 2023-03-31; 58.2; 512; 57.7; 17; 40; made up
Year to March 2025; 2025-03-31; 55.0; 603; 56.1; 21; 40; made up; asked online instead of face to face
Year to March 2026; 2026-03-31; 59.6; 618; 56.8; 14; 40; made up
"""
SERIES: Final = GivenSeries(
    "Ashcombe public attitudes survey",
    "The police and the council deal with the anti-social behaviour that matters here",
    VALE.name,
    "all 40 fictional forces",
    read_waves(WAVES),
)
REQUIREMENTS: Final = (
    GivenRequirement(
        "domestic-abuse",
        Requirer.STATUTE,
        "Support for victims in safe accommodation, with a strategy that is kept up to date.",
        "Domestic Abuse Act 2021, part 4",
        date(2021, 10, 1),
    ),
    GivenRequirement(
        "violence-and-sexual-offences",
        Requirer.STATUTE,
        "Work together to prevent and reduce serious violence.",
        "Police, Crime, Sentencing and Courts Act 2022, part 2, chapter 1",
        date(2023, 1, 31),
    ),
    GivenRequirement(
        "anti-social-behaviour",
        Requirer.POLICE_PLAN,
        "A named officer for each neighbourhood by spring.",
        "Ashcombe police and crime plan 2025 to 2029, priority 1",
        date(2025, 4, 1),
        date(2029, 3, 31),
    ),
    GivenRequirement(
        "shoplifting",
        Requirer.POLICE_PLAN,
        "Attend every theft from a shop in which somebody was hurt or threatened.",
        "Ashcombe police and crime plan 2025 to 2029, priority 3",
        date(2025, 4, 1),
        date(2029, 3, 31),
    ),
)
ROUTE: Final = (("Overview and scrutiny committee", date(2026, 12, 8)), ("Cabinet", date(2027, 1, 12)))
IMPLICATIONS: Final = (
    "Money: the five priorities are met from what is agreed for 2027/28; reporting centres for hate crime need £18,000 "
    "that is not agreed yet.\n\nEquality: people under 25 answered less often than their share of the population. Two "
    "schools and the youth council are asked in January.\n\nLaw: the duties on serious violence and on support in safe "
    "accommodation are each met by a priority."
)


def record_residents_views(analyst: Reader) -> None:
    """Record both surveys and the survey over time."""
    survey = keep_consultation(analyst, SURVEY)
    answers = ContentFile(made_up_answers().encode(), name="answers.csv")
    counted = count_answers(answers, QuestionKind.RANKING, most=None)
    _ask(analyst, survey, GivenQuestion(RANKING, QuestionKind.RANKING, counted.base, counted.counts))
    top_three = {item: (count,) for item, count in zip(ITEMS, CHOSEN, strict=True)}
    _ask(analyst, survey, GivenQuestion(TOP_THREE, QuestionKind.CHOICES, ANSWERED, top_three, most=3))
    keep_profile(analyst, survey, read_profile(PROFILE), source=PROFILE_SOURCE)
    earlier = keep_consultation(analyst, EARLIER)
    fewer = {item: (count * 344 // ANSWERED,) for item, count in zip(ITEMS, CHOSEN, strict=True)}
    _ask(analyst, earlier, GivenQuestion(TOP_THREE, QuestionKind.CHOICES, 344, fewer, most=3))
    keep_series(analyst, SERIES)


def made_up_answers() -> str:
    """Return a file of answers, drawn around the order in which residents lean; one in six ranks three alone."""
    draw = Random(SEED)  # noqa: S311  made-up answers, not secrets
    items = list(ITEMS)
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["Respondent", *items])
    for respondent in range(1, ANSWERED + 1):
        order = sorted(items, key=lambda item: items.index(item) + draw.gauss(0, 3))
        ranked = order[: draw.choice((3, 8, 8, 8, 8, 8))]
        rows.writerow([respondent, *(ranked.index(item) + 1 if item in ranked else "" for item in items)])
    return written.getvalue()


def _ask(analyst: Reader, survey: Consultation, given: GivenQuestion) -> Question:
    question = keep_question(analyst, survey, given)
    map_items(analyst, question, {item.id: ITEMS[item.title] for item in question.items.all()})
    return question


def choose_residents_views(analyst: Reader, assessment: Assessment) -> None:
    """Say which survey belongs to an assessment: the one of its year; and the survey over time."""
    year = assessment.as_at.year
    chosen = consultations_for(analyst).filter(to_on__year=year).values_list("id", flat=True)
    series = assessment.partnership.survey_series.filter(waves__ended_on__year=year).values_list("id", flat=True)
    use_consultations(analyst, assessment, list(chosen), list(series) if year == SURVEY.to_on.year else [])


def put_to_the_board(analyst: Reader, assessment: Assessment, decided: Mapping[str, story.Decided], on: date) -> None:
    """Propose what becomes of each problem, say what is required and what it means, and plan who approves."""
    for requirement in REQUIREMENTS:
        keep_requirement(analyst, requirement)
    for slug, one in decided.items():
        outcome, reason = story.PROPOSED_OTHERWISE.get(slug, (one.outcome, one.reason))
        propose(analyst, assessment.problems.get(slug=slug), outcome, reason)
    write_paper(analyst, assessment, decision_asked="", implications=IMPLICATIONS)
    plan_route(analyst, assessment, [(story.BOARD, on), *ROUTE])
