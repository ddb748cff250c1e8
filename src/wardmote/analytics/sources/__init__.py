"""One module per publisher: how its files are read and checked."""

from wardmote.analytics.sources.request import AlreadyHeld, Outcome, Progress, ReadRequest, SourceRefused, no_progress

__all__ = ["AlreadyHeld", "Outcome", "Progress", "ReadRequest", "SourceRefused", "no_progress", "read"]


def read(kind: str, request: ReadRequest) -> tuple[Outcome, ...]:
    from wardmote.analytics.sources import police_uk

    return police_uk.read(request)
