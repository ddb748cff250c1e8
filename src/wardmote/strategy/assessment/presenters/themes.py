"""The shape of the pages of themed profiles."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.inputs import inputs_of
from wardmote.strategy.assessment.queries.profile import profiles_of
from wardmote.strategy.assessment.queries.themes import ThemeView, theme_of, themes_of
from wardmote.strategy.assessment.reports.themes import theme_blocks

from . import printed_blocks

Content = Mapping[str, Any]


def themes_page(assessment: Assessment, analysis: Content) -> dict[str, Any]:
    """Return every theme with how far its data exist."""
    return {"assessment": assessment, "rows": [_row(assessment, view) for view in themes_of(analysis, {})]}


def _row(assessment: Assessment, view: ThemeView) -> dict[str, Any]:
    missing, needed = len(view.missing), len(view.theme.needs)
    return {
        "title": view.theme.title,
        "url": reverse("assessment:theme", args=[assessment.id, view.theme.slug]),
        "state": "Has figures" if view.has_figures else "No figures",
        "colour": "green" if view.has_figures else "grey",
        "missing": f"{missing} of {needed} kinds of data",
    }


def theme_page(assessment: Assessment, analysis: Content, slug: str) -> dict[str, Any] | None:
    """Return the profile of a theme; None where there is no such theme."""
    view = theme_of(analysis, profiles_of(assessment, analysis), slug)
    if view is None:
        return None
    blocks = theme_blocks(view, analysis, inputs_of(assessment))
    return {"assessment": assessment, "theme": view.theme, "body": printed_blocks(blocks, assessment)}
