"""Who publishes police.uk files, on what terms, and how a force is named where its rows do not say it."""

from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.release import OGL, SAMPLE_ATTRIBUTION, SAMPLE_LICENCE, SAMPLE_PUBLISHER
from wardmote.analytics.sources.request import ReadRequest

PUBLISHER: Final = "data.police.uk (Single Online Home National Digital Team)"
ATTRIBUTION: Final = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: data.police.uk."
)


@dataclass(frozen=True)
class Terms:
    """Who publishes, under what licence, and what must be said."""

    publisher: str
    licence: str
    attribution: str


def terms(request: ReadRequest) -> Terms:
    """Return the publisher's terms, or those of sample data."""
    if request.is_sample:
        return Terms(SAMPLE_PUBLISHER, SAMPLE_LICENCE, SAMPLE_ATTRIBUTION)
    return Terms(PUBLISHER, OGL, ATTRIBUTION)


def force_in_words(force: str) -> str:
    """Spell the short name of a file: `city-of-london` is City of London."""
    return force.replace("-", " ").title().replace(" And ", " and ").replace(" Of ", " of ")
