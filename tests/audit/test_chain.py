"""The chain of entries: stored hashes, a slow second implementation, and everything that somebody may do to it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.audit.rules import GENESIS, Break, Head, Kind, Link, Value, first_break, follow, hash_of

Body = dict[str, Value]
SAID: Body = {
    "at": "2026-11-22T09:00:00.000000Z",
    "action": "open",
    "n": 3,
    "fields": ["a", "b"],
    "on": None,
    "ok": True,
}
# Worked out once by hand of the definition, so that a later version cannot change what earlier entries hash to.
VECTORS: list[tuple[int, str, Body, str]] = [
    (1, GENESIS, {}, "27498ebf14fb72a179ec86fd0b17b3665d123568a5a9c3505a413259a2483b82"),
    (1, GENESIS, SAID, "7d338aa5fde25ddd6f989b19c840c665cf8e4b9437d374ce0330db7155df26ec"),
    (
        2,
        "ab" * 32,
        {"said": 'Ó 李 \n \u001f " \\ é'},
        "93ebfd37ed7872c9caf3e2edc389bba0149b6828138e66746e99cbff4e2c5f3e",
    ),
]


def slowly(seq: int, prev: str, body: Body) -> str:
    """Write the JSON by hand, letter by letter, as RFC 8785 says."""
    named = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}

    def text(words: str) -> str:
        return '"' + "".join(named.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in words) + '"'

    def value(one: Value) -> str:
        if one is None or isinstance(one, bool):
            return {None: "null", True: "true", False: "false"}[one]
        if isinstance(one, list):
            return "[" + ",".join(map(text, one)) + "]"
        return text(one) if isinstance(one, str) else str(one)

    whole: Body = {**body, "seq": seq}
    ordered = sorted(whole, key=lambda name: name.encode("utf-16-be"))
    written = "{" + ",".join(f"{text(name)}:{value(whole[name])}" for name in ordered) + "}"
    return hashlib.sha256(f"wardmote-audit-v1\n{prev}{written}".encode()).hexdigest()


def chain(length: int = 6) -> list[Link]:
    links: list[Link] = []
    for number in range(length):
        head = Head(links[-1].seq, links[-1].hash) if links else None
        links.append(follow(head, {"action": f"action {number}"}))
    return links


def rehashed(links: list[Link], start: int) -> list[Link]:
    """Write everything from a place on anew, as somebody who knows the method would."""
    kept = links[:start]
    for link in links[start:]:
        kept.append(follow(Head(kept[-1].seq, kept[-1].hash) if kept else None, link.body))
    return kept


def changed(links: list[Link], at: int) -> list[Link]:
    return [*links[:at], replace(links[at], body={"action": "nothing"}), *links[at + 1 :]]


@pytest.mark.parametrize(("seq", "prev", "body", "expected"), VECTORS)
def test_a_hash_is_what_it_was(seq: int, prev: str, body: Body, expected: str) -> None:
    assert hash_of(seq, prev, body) == slowly(seq, prev, body) == expected


texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts | st.lists(texts).map(sorted)


@given(st.integers(1, 10**9), st.dictionaries(st.text("abcxyz_", min_size=1), values))
def test_the_slow_implementation_hashes_alike(seq: int, body: Body) -> None:
    assert hash_of(seq, GENESIS, body) == slowly(seq, GENESIS, body)


@pytest.mark.parametrize("value", [1.5, 2**53, ["b", "a"], [1], {"a": 1}, b"x"], ids=str)
def test_what_has_no_one_way_to_be_written_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        hash_of(1, GENESIS, {"value": value})  # type: ignore[dict-item]


def test_a_whole_chain_is_whole_and_json_reads_it_back() -> None:
    links = chain()
    assert first_break(links) is None
    assert first_break(links, known=Head(6, links[-1].hash)) is None
    assert first_break(links, known=Head(3, links[2].hash)) is None
    assert first_break([]) is None
    assert json.loads(json.dumps([link.body for link in links]))[0] == {"action": "action 0"}


TAMPERED: dict[str, tuple[Callable[[list[Link]], list[Link]], Break]] = {
    "an entry changed": (lambda links: changed(links, 2), Break(3, Kind.CHANGED)),
    "its hash changed too": (
        lambda links: [*links[:2], replace(links[2], body={}, hash=hash_of(3, links[2].prev, {})), *links[3:]],
        Break(4, Kind.FORK),
    ),
    "one taken out": (lambda links: [*links[:2], *links[3:]], Break(4, Kind.MISSING)),
    "one taken out and the rest numbered anew": (
        lambda links: [*links[:2], *(replace(link, seq=link.seq - 1) for link in links[3:])],
        Break(3, Kind.CHANGED),
    ),
    "one put in": (
        lambda links: [*links[:3], replace(links[2], body={"action": "x"}), *links[3:]],
        Break(3, Kind.INSERTED),
    ),
    "two exchanged": (lambda links: [*links[:2], links[3], links[2], *links[4:]], Break(4, Kind.MISSING)),
    "the first taken out": (lambda links: links[1:], Break(2, Kind.MISSING)),
    "times of two exchanged": (
        lambda links: [*links[:2], replace(links[2], body=links[3].body), replace(links[3], body=links[2].body)],
        Break(3, Kind.CHANGED),
    ),
}


@pytest.mark.parametrize(("tamper", "found"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_found_where_it_begins(tamper: Callable[[list[Link]], list[Link]], found: Break) -> None:
    assert first_break(tamper(chain())) == found


@pytest.mark.parametrize(
    "tamper",
    [lambda links: links[:4], lambda links: rehashed(changed(links, 2), 2), lambda links: []],
    ids=["the end cut off", "changed and all after it written anew", "everything taken out"],
)
def test_what_the_chain_alone_cannot_show_its_head_kept_elsewhere_does(
    tamper: Callable[[list[Link]], list[Link]],
) -> None:
    links = chain()
    known = Head(6, links[-1].hash)
    assert first_break(tamper(links)) is None
    found = first_break(tamper(links), known=known)
    assert found is not None
    assert found.kind is Kind.HEAD
