"""The canonical form is the same bytes for the same value, and refuses what could differ."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.printing.canonical import canonical_json, sha256_hex


def test_keys_are_sorted_and_decimals_are_text() -> None:
    value = {"b": Decimal("1.50"), "a": [1, None, True, "ŵ"], "c": date(2026, 3, 31)}
    assert canonical_json(value) == '{"a":[1,null,true,"ŵ"],"b":"1.50","c":"2026-03-31"}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), {"a": [0.5]}, datetime(2026, 1, 1, tzinfo=UTC), {1: "a"}, {"a"}, Decimal("NaN"), object()],
)
def test_what_could_differ_from_run_to_run_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), PLAIN))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    backwards = dict(reversed(list(value.items())))
    assert canonical_json(value) == canonical_json(backwards)


def test_the_hash_is_the_known_one() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
