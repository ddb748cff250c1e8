"""The shape of a scorer's pages: the problems to score, and the sheet of one."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from wardmote.definitions import Criterion, Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.foundations.rounding import with_thousands
from wardmote.partnership.members.models import Agency
from wardmote.strategy.assessment.models import AssessedProblem, Assessment
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.filled import Filled
from wardmote.strategy.assessment.queries.profile import profile_of
from wardmote.strategy.assessment.queries.weak import weak_evidence


def score_sheet(
    assessment: Assessment, slug: str, done: Mapping[str, int], *, agency: Agency | None = None
) -> dict[str, Any]:
    """Return the problems to score under a matrix, with how many criteria are answered."""
    matrix = matrix_named(slug)
    wanted = len(matrix.criteria)
    rows = [
        {
            "title": problem.title,
            "url": sheet_url(assessment, problem.slug, slug, agency=agency),
            "done": done.get(problem.slug, 0),
            "wanted": wanted,
            "is_complete": done.get(problem.slug, 0) == wanted,
        }
        for problem in assessment.problems.all()
    ]
    return {"matrix": matrix, "rows": rows, "complete": sum(1 for row in rows if row["is_complete"])}


def sheet_url(assessment: Assessment, problem: str, matrix: str, *, agency: Agency | None = None) -> str:
    """Return the address of the sheet of one problem: one's own, or that of an agency entered for."""
    if agency is None:
        return reverse("assessment:score", args=[assessment.id, problem]) + f"?matrix={matrix}"
    return reverse("assessment:enter", args=[assessment.id, agency.id, problem]) + f"?matrix={matrix}"


def next_problem(assessment: Assessment, matrix: str, done: Mapping[str, int], *, after: str) -> str | None:
    """Return the next problem, in the order of the screen, that is not wholly answered; None where none is left."""
    wanted = len(matrix_named(matrix).criteria)
    slugs = [problem.slug for problem in assessment.problems.all()]
    at = slugs.index(after) + 1
    return next((slug for slug in slugs[at:] + slugs[:at] if slug != after and done.get(slug, 0) < wanted), None)


def score_page(
    problem: AssessedProblem, matrix: Matrix, form: BaseForm, filled: Mapping[str, Filled]
) -> dict[str, Any]:
    """Return the page on which a problem is scored: each criterion with its fields, and the summary beside it."""
    assessment = problem.assessment
    titles = [one.slug for one in assessment.problems.all()]
    return {
        "problem": problem,
        "assessment": assessment,
        "matrix": matrix,
        "form": form,
        "groups": [_group(assessment, criterion, form, filled.get(criterion.code)) for criterion in matrix.criteria],
        "summary": summary_of(problem),
        "place": titles.index(problem.slug) + 1,
        "places": len(titles),
        "title": f"Score {problem.title.lower()}",
    }


def _group(assessment: Assessment, criterion: Criterion, form: BaseForm, filled: Filled | None) -> dict[str, Any]:
    code = criterion.code
    return {
        "answer": form[f"{code}-value"],
        "more": [form[f"{code}-{part}"] for part in ("confidence", "evidence")],
        "more_is_open": any(form[f"{code}-{part}"].errors for part in ("confidence", "evidence")),
        "reason": form[f"{code}-reason"] if f"{code}-reason" in form.fields else None,
        "filled": filled,
        "figure_url": reverse("assessment:figure", args=[assessment.id, filled.figure])
        if filled and filled.figure
        else "",
    }


def summary_of(problem: AssessedProblem) -> dict[str, Any] | None:
    """Return the key numbers of a problem with their links, from its analysis; None before there is one."""
    analysis = analysis_of(problem.assessment)
    found = next((p for p in (analysis or {}).get("problems", []) if p["slug"] == problem.slug), None)
    if analysis is None or found is None:
        return None
    return {
        "description": found["description"],
        "period": analysis["period"]["words"],
        "area": ", ".join(name for _, name in analysis["districts"]),
        "not_measured": "" if found["measured"] else found["not_measured"],
        "facts": _facts(problem, found) if found["measured"] else [],
        "change": found["change"].get("words", ""),
        "weak": weak_evidence(problem.assessment).get(problem.slug, ""),
        "note": problem.note,
        "finding": _finding(problem),
    }


def _finding(problem: AssessedProblem) -> list[str]:
    """The key finding of the problem's profile, and what no longer holds of its numbers; none before it is written."""
    finding = profile_of(problem).finding
    return [finding.text, *(one.words for one in finding.stale)] if finding.said else []


def _facts(problem: AssessedProblem, found: Mapping[str, Any]) -> list[dict[str, str]]:
    numbers = (
        ("Incidents", "count", found["rate"].get("count"), 0, ""),
        ("Rate per 1,000 residents", "rate", found["rate"].get("rate"), 1, ""),
        ("Share of everything recorded", "share", found["share"].get("share"), 1, "%"),
    )
    return [
        {
            "key": name,
            "value": f"{with_thousands(value, places)}{unit}",
            "url": reverse("assessment:figure", args=[problem.assessment_id, f"{problem.slug}.{what}"]),
        }
        for name, what, value, places, unit in ((n, w, _exact(v), p, u) for n, w, v, p, u in numbers)
        if value is not None
    ]


def _exact(value: Any) -> Any:
    from decimal import Decimal

    return None if value is None else Decimal(str(value))
