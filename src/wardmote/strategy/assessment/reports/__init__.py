"""The strategic assessment as one list of blocks, from its analysis, ranking, decisions and notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from wardmote.printing.blocks import (
    Block,
    Bullets,
    FigureRef,
    FigureSource,
    Heading,
    Inlines,
    Paragraph,
    Picture,
    Report,
    Table,
    Tile,
    Tiles,
    Warning,
    contents,
    figure_refs,
)
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.areas import ChosenView, chosen_wards
from wardmote.strategy.assessment.queries.consulted import Consulted, consulted
from wardmote.strategy.assessment.queries.decisions import DecisionView, decisions_of, notes_of
from wardmote.strategy.assessment.queries.figures import figure_named
from wardmote.strategy.assessment.queries.inputs import Inputs, inputs_of
from wardmote.strategy.assessment.queries.outline import OutlinePart, outline_of
from wardmote.strategy.assessment.queries.profile import Profile, profiles_of
from wardmote.strategy.assessment.queries.ranking import Ranking, ranking_of
from wardmote.strategy.assessment.queries.year_on_year import LastAssessment, last_assessment
from wardmote.strategy.assessment.rules import AssessmentState, Outcome
from wardmote.strategy.evidence.queries.last_year import LastPlan, last_plan_of

from .areas import chosen_blocks
from .findings.cost import cost_blocks
from .findings.forces import force_blocks
from .findings.harm import harm_blocks
from .findings.road import road_blocks
from .findings.severity import severity_blocks
from .inputs import input_blocks
from .last_plan import last_plan_blocks
from .numbers import count, ref
from .outline import part_blocks
from .problems import overview_table, problem_blocks
from .residents import consulted_blocks, heard_blocks
from .scoring import decision_blocks, ranking_blocks
from .sources import source_blocks
from .themes import themes_blocks
from .year_on_year import last_assessment_blocks

BRIEF_LENGTH = 5
LOCATED_MOVED = (
    "The share of incidents that can be placed in an area moved between the two years. Where that touches a change, "
    "its sentence says so and gives the whole-force change beside it."
)


@dataclass(frozen=True)
class Material:
    """Everything that is printed: the analysis and what people made of it."""

    title: str
    analysis: Mapping[str, Any]
    rankings: Sequence[Ranking] = ()
    decisions: Mapping[str, DecisionView] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[OutlinePart] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    consulted: Consulted | None = None
    inputs: Inputs = field(default_factory=Inputs)
    last_plan: LastPlan | None = None
    last_assessment: LastAssessment | None = None
    chosen: Sequence[ChosenView] = ()


def material_of(assessment: Assessment) -> Material:
    """Collect what an assessment holds; the ranking only once scoring is closed."""
    analysis = analysis_of(assessment)
    if analysis is None:
        raise ValueError("The evidence has not been analysed yet.")
    is_ranked = assessment.state == AssessmentState.DECIDING
    rankings = [ranking_of(assessment, slug) for slug in assessment.matrices] if is_ranked else []
    return Material(
        assessment.title,
        analysis,
        rankings,
        decisions_of(assessment),
        notes_of(assessment),
        outline_of(assessment),
        profiles_of(assessment, analysis),
        consulted=consulted(assessment),
        inputs=inputs_of(assessment),
        last_plan=last_plan_of(assessment.partnership),
        last_assessment=last_assessment(assessment, rankings),
        chosen=chosen_wards(assessment),
    )


def draft_report(assessment: Assessment) -> Report:
    """Return the assessment as it stands, marked Draft."""
    return report_of(material_of(assessment), status="draft")


def report_of(material: Material, *, status: Literal["draft", "issued"]) -> Report:
    """Return the assessment as a report."""
    analysis = material.analysis
    blocks = tuple(_marked(block, analysis) for block in _blocks(material))
    return Report(
        title=material.title,
        caption="Strategic assessment",
        partnership=analysis["partnership"],
        status=status,
        as_at=date.fromisoformat(analysis["as_at"]),
        blocks=blocks,
        figures=_figures(analysis, blocks),
        is_sample=analysis["is_sample"],
    )


def _marked(block: Block, analysis: Mapping[str, Any]) -> Block:
    """Every table and picture with counts says whether small ones are shown in full or hidden."""
    state = str(analysis.get("disclosure", {}).get("state", ""))
    match block:
        case Table() if any(isinstance(item, FigureRef) for cell in contents(block) for item in cell):
            return replace(block, small_counts=state)
        case Picture(table=table):
            return replace(block, table=replace(table, small_counts=state))
        case _:
            return block


def _figures(analysis: Mapping[str, Any], blocks: tuple[Block, ...]) -> tuple[FigureSource, ...]:
    keys = dict.fromkeys(found.key for found in figure_refs(blocks))
    return tuple(source_of(analysis, key) for key in keys)


def source_of(analysis: Mapping[str, Any], key: str) -> FigureSource:
    """Return where a number comes from, as documents print it."""
    found = figure_named(analysis, key)
    if found is None:
        raise KeyError(key)
    where = {name: ", ".join(values) for name, values in found["where"].items()}
    return FigureSource(
        key=key,
        title=found["title"],
        value=found["value"],
        unit=found["unit"],
        measure=found["measure"],
        parameters={**where, "categories": ", ".join(found["categories"]), "lookup": found["lookup"]},
        releases=tuple((dataset, release) for dataset, release in found["releases"]),
        population=found["population"],
        period=found["period"],
        area=found["area"],
        code_version=found["code_version"],
        notes=tuple(found["notes"]),
        group=found["group"],
    )


def _blocks(material: Material) -> list[Block]:
    analysis = material.analysis
    return [
        *_summary(material),
        *decision_blocks(material.decisions, analysis),
        *heard_blocks(material.consulted, material.decisions, {p["slug"]: p["title"] for p in analysis["problems"]}),
        *ranking_blocks(material.rankings, analysis),
        *last_assessment_blocks(material.last_assessment, analysis),
        *overview_table(analysis),
        *harm_blocks(analysis),
        *severity_blocks(analysis),
        *cost_blocks(analysis),
        *force_blocks(analysis),
        Heading("Problem by problem", 2, "problems"),
        *[block for problem in analysis["problems"] for block in _problem(problem, material)],
        *road_blocks(analysis),
        *themes_blocks(analysis, material.profiles, material.inputs),
        *chosen_blocks(analysis, material.chosen),
        *part_blocks(
            material.parts,
            {
                "consultation": consulted_blocks(material.consulted),
                "last-plan": last_plan_blocks(material.last_plan),
                **input_blocks(material.inputs),
            },
        ),
        *source_blocks(analysis),
    ]


def _problem(problem: Mapping[str, Any], material: Material) -> list[Block]:
    """Return a problem's section, its finest maps only where it is a priority: nobody reads a document of them all."""
    slug = problem["slug"]
    decided = material.decisions.get(slug)
    closely = decided is not None and decided.outcome is Outcome.PRIORITY
    note, profile = material.notes.get(slug, ""), material.profiles.get(slug)
    return problem_blocks(problem, material.analysis, note, profile, closely=closely)


def _summary(material: Material) -> list[Block]:
    analysis = material.analysis
    blocks: list[Block] = [Heading("In brief", 2, "in-brief")]
    districts = ", ".join(name for _, name in analysis["districts"])
    about = (
        f"This assessment is about {districts}. It compares the {analysis['period']['words']} with the "
        f"{analysis['before']['words']}."
    )
    blocks.append(Paragraph((about,)))
    tiles = _tiles(analysis)
    if tiles:
        blocks.append(Tiles(tiles))
    changes = _clear_changes(analysis)
    if changes:
        blocks.append(Bullets(changes))
    if any(problem["change"].get("warning") for problem in analysis["problems"]):
        blocks.append(Warning((LOCATED_MOVED,)))
    return blocks


def _tiles(analysis: Mapping[str, Any]) -> tuple[Tile, ...]:
    measured = [p for p in analysis["problems"] if p["measured"] and p["rate"].get("count") is not None]
    largest = sorted(measured, key=lambda p: (-p["rate"]["count"], p["slug"]))[:4]
    return tuple(Tile(p["title"], (count(p, "count"),), analysis["period"]["words"]) for p in largest)


def _clear_changes(analysis: Mapping[str, Any]) -> tuple[Inlines, ...]:
    clear = [p for p in analysis["problems"] if p["change"].get("verdict") in ("clear rise", "clear fall")]
    clear.sort(key=lambda p: (-(p["rate"].get("count") or 0), p["slug"]))
    return tuple((ref(p["change"]["words"], p, "change"), ".") for p in clear[:BRIEF_LENGTH])
