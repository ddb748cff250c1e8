"""A mapping is checked when it is made, and is the same text for the same mapping."""

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.sources.figures.making import LONG, WIDE
from wardmote.analytics.sources.mapping import ColumnMapping, MappingError, Part

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


@given(
    title=st.text(st.characters(categories=["Lu", "Ll", "Nd"], codec="ascii"), min_size=1, max_size=40),
    supplier=TEXT.filter(str.strip),
    columns=st.lists(TEXT, min_size=1, max_size=4, unique=True),
    caveat=TEXT,
    across=st.sampled_from(["period", "measure", "area"]),
    header=st.integers(1, 40),
)
def test_a_mapping_comes_back_from_its_json_as_it_was(
    title: str, supplier: str, columns: list[str], caveat: str, across: str, header: int
) -> None:
    parts = {name: Part(constant="x") for name in ("period", "measure", "area") if name != across}
    mapping = ColumnMapping(
        title=title,
        supplier=supplier,
        value_columns=tuple(columns),
        across=across,
        caveat=caveat,
        header_first=header,
        header_last=header + 1,
        **parts,  # type: ignore[arg-type]
    )
    assert ColumnMapping.from_json(mapping.to_json()) == mapping
    assert json.loads(mapping.to_json())["title"] == title


def test_what_a_person_leaves_out_has_its_default() -> None:
    text = json.dumps(
        {
            "title": "Deliberate fires",
            "supplier": "Ambleshire Fire and Rescue Service",
            "value_columns": ["Incidents"],
            "period": {"column": "Month"},
            "area": {"column": "Ward"},
            "measure": {"constant": "Deliberate secondary fires"},
        }
    )
    assert ColumnMapping.from_json(text) == LONG
    assert LONG.dataset == "figures-deliberate-fires"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "title of up to 150"),
        ({"title": "£££"}, "letters or digits"),
        ({"supplier": "x" * 151}, "supplier of up to 150"),
        ({"value_columns": []}, "which columns hold the values"),
        ({"value_columns": ["a", "a"]}, "each once"),
        ({"value_columns": ["a", "b"]}, "what their headings are"),
        ({"value_columns": "a"}, "list of texts"),
        ({"period": {}}, "“period” is missing"),
        ({"area": {}}, "“area” is missing"),
        ({"across": "period"}, "“period” must not be given"),
        ({"across": "day"}, "no choice for “across”"),
        ({"period": {"column": "a", "constant": "b"}}, "both a column and the constant"),
        ({"period": "Month"}, "a column or a constant"),
        ({"status": {}}, "“status” is missing"),
        ({"status": {"constant": "sure"}}, "“sure” is not a status"),
        ({"header_first": 0}, "heading rows"),
        ({"header_last": 30}, "at most ten rows"),
        ({"header_first": True}, "whole number"),
        ({"decimal": ";"}, "no choice for “decimal”"),
        ({"marks": ["$"]}, "no choice for “marks”"),
        ({"blank": ["0"]}, "“0” is a number"),
        ({"blank": ["*"], "suppressed": ["*"]}, "two things"),
        ({"caveat": 3}, "must be a text"),
        ({"colour": "red"}, "“colour”, which no mapping has"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(changes: dict[str, Any], words: str) -> None:
    values = {**json.loads(LONG.to_json()), **changes}
    with pytest.raises(MappingError, match=words):
        ColumnMapping.from_json(json.dumps(values))


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"title": "x"}'])
def test_what_is_no_mapping_is_said_to_be_none(text: str) -> None:
    with pytest.raises(MappingError):
        ColumnMapping.from_json(text)


def test_two_mappings_that_differ_are_two_texts() -> None:
    assert replace(LONG, caveat="Counts calls").to_json() != LONG.to_json()
    assert asdict(WIDE)["across"] == "period"
