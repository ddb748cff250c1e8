"""What a partnership calls its problems: renaming one of ours, leaving one out, making one of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import OwnProblem
from wardmote.strategy.evidence.queries.own_problems import OWN, every_problem, problems_used


class ProblemRefused(Exception):
    """The list of problems cannot be changed like this; the text says what to do."""


@dataclass(frozen=True)
class GivenProblem:
    """A problem of a partnership's own; `parts` are the slugs of those it is made of, none where nothing counts it."""

    title: str
    description: str
    parts: tuple[str, ...]


@transaction.atomic
def name_problem(reader: Reader, slug: str, title: str, *, in_use: bool = True) -> OwnProblem:
    """Call a problem by the partnership's own name, or leave it out of its list; assessments begun keep theirs."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    known = every_problem(partnership)
    if slug not in known:
        raise ProblemRefused("There is no such problem.")
    wanted = title.strip() or known[slug].title
    _require_own_name(partnership, slug, wanted)
    kept = partnership.own_problems.filter(slug=slug).first() or OwnProblem(partnership=partnership, slug=slug)
    kept.title, kept.in_use = wanted, in_use
    return _keep(reader, kept, ["in_use", "title"])


@transaction.atomic
def make_problem(reader: Reader, given: GivenProblem, *, problem: OwnProblem | None = None) -> OwnProblem:
    """Make a problem of the partnership's own out of others, or one that no figure counts; or change one."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    title = given.title.strip()
    kept = problem or OwnProblem(partnership=partnership, slug=_free_slug(partnership, title))
    _require_own_name(partnership, kept.slug, title)
    if any(slug.startswith(OWN) for slug in given.parts):
        raise ProblemRefused("Make it out of the problems on the common list, not out of one of your own.")
    kept.title, kept.description, kept.parts = title, given.description.strip(), list(given.parts)
    return _keep(reader, kept, ["description", "parts", "title"])


def _keep(reader: Reader, kept: OwnProblem, changed: Sequence[str]) -> OwnProblem:
    kept.kept_at, kept.kept_by_key = timezone.now(), reader.key
    kept.save()
    record(reader, "keep", kind="problem", key=kept.id, changed=list(changed))
    return kept


def _require_own_name(partnership: Partnership, slug: str, title: str) -> None:
    others = [one for one in problems_used(partnership, timezone.localdate()) if one.slug != slug]
    if any(one.title.casefold() == title.casefold() for one in others):
        raise ProblemRefused(f"Another problem is called {title} already. Choose another name.")


def _free_slug(partnership: Partnership, title: str) -> str:
    base = f"{OWN}{slugify(title)[:60] or 'problem'}"
    taken = set(every_problem(partnership))
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug
