"""What each kind of data counts and does not count, and whether its publisher may still change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from wardmote.definitions.reading import folder, parse


@dataclass(frozen=True)
class ReleaseKind:
    """A kind of data as a reader of its figures has to know it; `status` is provisional or final."""

    kind: str
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    status: str
    status_words: str


def release_kind(kind: str) -> ReleaseKind:
    """Return what is known of a kind of data; of one that is not described, that its holder may still change it."""
    return _kinds().get(kind) or _kinds()[""]


@cache
def _kinds() -> Mapping[str, ReleaseKind]:
    name = "release_kinds.yaml"
    content = parse(folder().joinpath(name).read_text(encoding="utf-8"), schema="release_kinds", name=name)
    return {
        one["kind"]: ReleaseKind(
            one["kind"], tuple(one["counted"]), tuple(one["not_counted"]), one["status"], one["status_words"]
        )
        for one in (*content["kinds"], {**content["other"], "kind": ""})
    }
