"""The rule table of serious violence: each listed offence tested for age and setting, case by case."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.definitions import ScopeTest, serious_violence
from wardmote.strategy.assessment.rules.serious_violence import Scope, in_scope

CODES = [code for kind in serious_violence().kinds for code in kind.codes]
SEXUAL = {"19C", "19D", "19E", "19F", "19G", "19H", "17A", "17B", "20A", "20B"}
DAMAGE = {"56A", "56B", "58A", "58B", "58C", "58D", "58J"}
SETTINGS = ["domestic-abuse", "public-place", "night-time-economy", "county-lines", "elsewhere"]


@pytest.mark.parametrize(
    ("offence", "age", "setting", "scope", "words"),
    [
        ("8N", 24, "elsewhere", Scope.CORE, "under 25"),
        ("8N", 0, None, Scope.CORE, "under 25"),
        ("8N", 25, "elsewhere", Scope.EXTENDED, "25 or over (elsewhere)"),
        ("8N", 40, "domestic-abuse", Scope.CORE, "domestic abuse is in scope at any age"),
        ("8N", 40, "night-time-economy", Scope.EXTENDED, "night-time economy"),
        ("8N", 40, None, Scope.UNKNOWN, "the setting is not known"),
        ("8N", None, "domestic-abuse", Scope.CORE, "at any age"),
        ("8N", None, "public-place", Scope.UNKNOWN, "the age is not known"),
        ("34B", 17, "public-place", Scope.CORE, "under 25"),
        ("34A", 17, "public-place", Scope.OUT, "34A is not an offence of the definition"),
        ("3B", 60, "domestic-abuse", Scope.CORE, "Threats to kill as domestic abuse"),
        ("19C", 60, "elsewhere", Scope.CORE, "whatever the age"),
        ("20A", None, None, Scope.CORE, "Sexual violence"),
        ("106", 16, "county-lines", Scope.CORE, "under 25"),
        ("106", 30, "county-lines", Scope.EXTENDED, "county lines"),
        ("92A", 16, "county-lines", Scope.EXTENDED, "inherent in county lines"),
        ("92A", 16, "elsewhere", Scope.OUT, "county lines alone"),
        ("92A", 16, None, Scope.UNKNOWN, "setting is not known"),
        ("1/4.1/4.10/4.2", 24, "elsewhere", Scope.CORE, "under 25"),
        ("1/34A", 24, "elsewhere", Scope.OUT, "not an offence"),
        ("58A", 20, "elsewhere", Scope.UNKNOWN, "its own code does not tell"),
        ("105A", 20, "domestic-abuse", Scope.OUT, "105A is not"),
    ],
)
def test_an_offence_is_decided_with_its_reason(
    offence: str, age: int | None, setting: str | None, scope: Scope, words: str
) -> None:
    decision = in_scope(offence, age, setting)
    assert decision.scope is scope
    assert words in decision.reason


def test_damage_is_in_scope_as_the_offence_during_which_it_was_done() -> None:
    assert in_scope("58A", 40, "domestic-abuse", during="3B").scope is Scope.CORE
    assert in_scope("58A", 40, "elsewhere", during="3B").scope is Scope.EXTENDED
    assert "Done during 3B" in in_scope("58A", 40, "elsewhere", during="3B").reason
    assert in_scope("58A", 20, "elsewhere", during="28E").scope is Scope.OUT
    assert in_scope("58A", 20, "elsewhere", during="56A").scope is Scope.OUT


def by_hand(code: str, age: int | None, setting: str | None) -> Scope:
    """Decide once more, from the sentences of the plan and with sets alone."""
    if code in DAMAGE:
        return Scope.UNKNOWN
    if code == "92A":
        return {None: Scope.UNKNOWN, "county-lines": Scope.EXTENDED}.get(setting, Scope.OUT)
    if code in SEXUAL or setting == "domestic-abuse" or (age is not None and age < 25):
        return Scope.CORE
    return Scope.UNKNOWN if age is None or setting is None else Scope.EXTENDED


def test_every_listed_offence_is_tested_for_every_age_and_setting() -> None:
    cases = list(product(CODES, [None, 0, 24, 25, 26, 90], [None, *SETTINGS]))
    assert [in_scope(*case).scope for case in cases] == [by_hand(*case) for case in cases]
    assert list(serious_violence().settings) == SETTINGS


@given(st.sampled_from(CODES), st.integers(0, 110), st.integers(0, 110), st.sampled_from(SETTINGS))
def test_a_younger_victim_is_never_further_out_of_scope(code: str, age: int, other: int, setting: str) -> None:
    order = [Scope.CORE, Scope.EXTENDED, Scope.OUT]
    younger, older = (in_scope(code, one, setting).scope for one in sorted((age, other)))
    if code in DAMAGE:
        assert younger is older is Scope.UNKNOWN
    else:
        assert order.index(younger) <= order.index(older)


@given(st.text(max_size=8), st.one_of(st.none(), st.integers(0, 110)), st.one_of(st.none(), st.sampled_from(SETTINGS)))
def test_whatever_is_asked_gets_a_decision_and_a_reason(code: str, age: int | None, setting: str | None) -> None:
    decision = in_scope(code, age, setting)
    assert decision.reason.endswith(".")
    assert decision.scope is Scope.OUT or code.strip().upper().split("/")[0].strip() in CODES


def test_every_test_of_the_definition_decides_some_offence() -> None:
    assert {kind.test for kind in serious_violence().kinds} == set(ScopeTest)
