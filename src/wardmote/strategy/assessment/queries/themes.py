"""Themed profiles of an assessment: the figures of each theme, and what is missing with who could give it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.definitions import Need, Theme, themes
from wardmote.definitions.themes import PROBLEM, ROADS

from .profile import Profile

Content = Mapping[str, Any]


@dataclass(frozen=True)
class ThemeView:
    """A theme: its problems with figures, wider ones, its line of road safety, what is missing, its profiles."""

    theme: Theme
    problems: tuple[Content, ...]
    wider: tuple[Content, ...]
    road: Content | None
    missing: tuple[Need, ...]
    profiles: tuple[Profile, ...]
    hidden: tuple[Content, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether any figure is about the theme itself."""
        return bool(self.problems or self.road)


def themes_of(analysis: Content, profiles: Mapping[str, Profile]) -> tuple[ThemeView, ...]:
    """Return every theme by its title, with what the analysis and the profiles of its problems say of it."""
    return tuple(_theme(theme, analysis, profiles) for theme in themes())


def theme_of(analysis: Content, profiles: Mapping[str, Profile], slug: str) -> ThemeView | None:
    """Return one theme, None where there is no such."""
    return next((_theme(theme, analysis, profiles) for theme in themes() if theme.slug == slug), None)


def _theme(theme: Theme, analysis: Content, profiles: Mapping[str, Profile]) -> ThemeView:
    own = _with_figures(analysis, theme.problems)
    road = _road(analysis) if theme.reads_roads else None
    known = [one["slug"] for one in analysis["problems"] if has_figures(one) or one.get("given_hidden")]
    met = {f"{PROBLEM}{slug}" for slug in known} | ({ROADS} if road else set())
    return ThemeView(
        theme,
        own,
        _with_figures(analysis, theme.wider),
        road,
        tuple(need for need in theme.needs if need.met_by not in met),
        tuple(profiles[slug] for slug in theme.problems if slug in profiles),
        tuple(one for one in analysis["problems"] if one.get("given_hidden") and one["slug"] in theme.problems),
    )


def _with_figures(analysis: Content, slugs: Sequence[str]) -> tuple[Content, ...]:
    """Return those problems of the assessment that some figure measures, published or given by a partner."""
    found = {problem["slug"]: problem for problem in analysis["problems"]}
    return tuple(found[slug] for slug in slugs if slug in found and has_figures(found[slug]))


def has_figures(problem: Content) -> bool:
    """Whether a problem has figures: published ones, or a partner's own where none are published."""
    return bool(problem["measured"] or problem.get("given"))


def _road(analysis: Content) -> Content | None:
    rows: Sequence[Content] = (analysis.get("road") or {}).get("rows", ())
    return next((row for row in rows if row["slug"] == "ksi"), None)
