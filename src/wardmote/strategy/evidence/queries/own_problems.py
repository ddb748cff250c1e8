"""The problems of a partnership: those defined for everyone, under its own names, and those of its own making."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wardmote.definitions import DefinitionError, Problem, all_problems, narrowest
from wardmote.partnership.members.models import Partnership
from wardmote.strategy.evidence.models import OwnProblem

OWN = "own-"
NOT_MEASURED = "No open figures count it. It is assessed on what partners know."
LONG_AGO = dt.date(1998, 7, 31)  # the Crime and Disorder Act 1998 received Royal Assent


def every_problem(partnership: Partnership) -> Mapping[str, Problem]:
    """Return every problem that was ever defined or made here, by slug, under the partnership's names."""
    known = dict(all_problems())
    own = list(partnership.own_problems.all())
    for row in own:
        if row.slug in known:
            known[row.slug] = replace(known[row.slug], title=row.title)
    return known | {row.slug: _made(row, known) for row in own if row.slug not in known}


def problems_used(partnership: Partnership, at: dt.date) -> tuple[Problem, ...]:
    """Return the problems that a partnership uses on a day, in the order of their slugs."""
    unused = set(partnership.own_problems.filter(in_use=False).values_list("slug", flat=True))
    known = every_problem(partnership)
    return tuple(known[slug] for slug in sorted(known) if slug not in unused and known[slug].valid_on(at))


def problem_for(partnership: Partnership, slug: str) -> Problem:
    """Return one problem under the partnership's name; raises DefinitionError when there is none."""
    try:
        return every_problem(partnership)[slug]
    except KeyError as error:
        raise DefinitionError(f"There is no problem “{slug}”.") from error


def suggested(chosen: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems to begin an assessment with: without overlap, a partnership's own instead of their parts."""
    kept = tuple(chosen)
    own = [one for one in kept if one.slug.startswith(OWN)]
    parts = {slug for one in own for slug in one.comprises}
    others = narrowest(one for one in kept if not one.slug.startswith(OWN))
    return (*own, *(one for one in others if one.slug not in parts))


def _made(row: OwnProblem, known: Mapping[str, Problem]) -> Problem:
    parts = [known[slug] for slug in row.parts if slug in known]
    return Problem(
        slug=row.slug,
        title=row.title,
        description=row.description,
        why_it_matters="",
        parent=None,
        comprises=tuple(one.slug for one in parts),
        police_uk=tuple(sorted({name for one in parts for name in one.police_uk})),
        home_office=tuple(sorted({name for one in parts for name in one.home_office})),
        asb=tuple(sorted({name for one in parts for name in one.asb})),
        valid_from=LONG_AGO,
        valid_to=None,
        sensitive=any(one.sensitive for one in parts),
        not_measured="" if any(one.police_uk for one in parts) else NOT_MEASURED,
        source="The partnership's own list of problems",
        author="the partnership",
        checker="not yet checked",
        review_on=row.kept_at.date() + dt.timedelta(days=365),
        version=1,
        police_generated=bool(parts) and all(one.police_generated for one in parts),
    )
