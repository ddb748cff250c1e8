"""What an analysis is about: the partnership's districts, the day, the problems, and the releases that count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import Problem, RecordingChange, all_problems
from wardmote.foundations.periods import Month
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.evidence.queries.boundaries import chosen_lookup
from wardmote.strategy.evidence.queries.changes import changes_known
from wardmote.strategy.evidence.queries.comparison import chosen_group
from wardmote.strategy.evidence.queries.harm import HarmReleases, harm_releases
from wardmote.strategy.evidence.queries.incident_lists import incident_lists
from wardmote.strategy.evidence.queries.own_problems import every_problem

from .two_sources import PairedSource, pairs_for
from .weak import unavailable_sources


class AnalysisRefused(Exception):
    """The evidence held does not allow this analysis; the text says what to import."""


@dataclass(frozen=True)
class AnalysisScope:
    """What is analysed; `districts` are (code, name) pairs, `problems` slugs, `held` the releases that count."""

    partnership: str
    districts: tuple[tuple[str, str], ...]
    as_at: date
    problems: tuple[str, ...]
    held: tuple[HeldRelease, ...]
    is_sample: bool
    # What the partnership calls a problem, by slug, where that is not its usual title.
    titles: Mapping[str, str] = field(default_factory=dict)

    data_cut_off: date | None = None
    # Partners' own figures of some of the problems, beside the open ones.
    pairs: tuple[PairedSource, ...] = ()
    # Changes in recording that the partnership wrote down.
    changes: tuple[RecordingChange, ...] = ()
    # Sources of which nothing can be had, as plain values.
    unavailable: tuple[Mapping[str, str], ...] = ()
    # The problems as the partnership knows them; those defined for everyone where it is empty.
    known: Mapping[str, Problem] = field(default_factory=all_problems)
    # The data set of the lookup that the partnership chose; the one that knows most where it is empty.
    lookup: str = ""
    # The weights of harm and the tables of offences that are held.
    harm: HarmReleases = field(default_factory=HarmReleases)
    # Codes of the districts that the partnership compares itself with; all that the data cover where it is empty.
    compared_with: tuple[str, ...] = ()
    # The partnership's own lists of single incidents.
    lists: tuple[HeldRelease, ...] = ()
    # Why these, and the variables and releases that they were found by, as plain values.
    compared_by: Mapping[str, Any] = field(default_factory=dict)
    # One ward, by code and name, in place of the whole of the districts.
    ward: tuple[str, str] | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The districts' codes."""
        return tuple(code for code, _ in self.districts)

    @property
    def where(self) -> dict[str, tuple[str, ...]]:
        """The area that is asked about: the districts, or one ward of them."""
        return {"ward": (self.ward[0],)} if self.ward else {"district": self.codes}

    @property
    def areas(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the area that is asked about."""
        return (self.ward,) if self.ward else self.districts


def scope_of(assessment: Assessment) -> AnalysisScope:
    """Return the scope of an assessment, with the releases that count today, or counted by its data cut-off."""
    partnership = assessment.partnership
    group = chosen_group(partnership)
    titles = dict(assessment.problems.values_list("slug", "title"))
    return AnalysisScope(
        partnership=partnership.name,
        districts=tuple((district.code, district.name) for district in partnership.districts.all()),
        as_at=assessment.as_at,
        problems=tuple(titles),
        held=held_releases(is_sample=partnership.is_sample, until=assessment.data_cut_off_on),
        is_sample=partnership.is_sample,
        titles=titles,
        data_cut_off=assessment.data_cut_off_on,
        pairs=pairs_for(partnership, until=assessment.data_cut_off_on),
        changes=changes_known(partnership),
        unavailable=tuple(unavailable_sources(partnership)),
        known=every_problem(partnership),
        lookup=chosen_lookup(partnership),
        harm=harm_releases(partnership, until=assessment.data_cut_off_on),
        lists=incident_lists(partnership, until=assessment.data_cut_off_on),
        compared_with=group.codes,
        compared_by=group.as_content(),
    )


def whole_months_until(day: date) -> Month:
    """Return the last month that has ended by the end of a day."""
    here = Month.of(day)
    return here if day == here.last_day else here - 1


def held_until(held: Iterable[HeldRelease], last: Month) -> tuple[HeldRelease, ...]:
    """Return the releases with the months after `last` left out, and those that hold no other month."""
    kept = []
    for release in held:
        months = tuple(month for month in release.months if month <= str(last))
        if months or not release.months:
            kept.append(replace(release, months=months))
    return tuple(kept)


def nothing_held_words(scope: AnalysisScope) -> str:
    """Say why there is nothing to analyse, and what to do: nothing is held, or nothing was by the data cut-off."""
    up_to = f"{scope.as_at:%-d %B %Y}"
    if scope.data_cut_off:
        return (
            f"No crime data up to {up_to} were accepted by the data cut-off, {scope.data_cut_off:%-d %B %Y}. "
            "What was accepted later waits for the next assessment: start one with a later cut-off, or with none."
        )
    return f"No crime data are held up to {up_to}. Import police.uk files first."
