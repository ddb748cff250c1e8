"""Several comparisons: by hand, against a step-by-step second make, and in a world without any real difference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.several import clear_among


def step_by_step(chances: dict[str, float], rate: float = 0.05, *, fault: str = "") -> frozenset[str]:
    """Benjamini and Hochberg's own words: the largest k whose chance is at most k / m x rate; it and all before it."""
    ordered = sorted(chances, key=lambda name: chances[name])
    last = 0
    for k, name in enumerate(ordered, start=1):
        bar = (
            rate
            if fault == "no correction"
            else rate / len(ordered)
            if fault == "Bonferroni"
            else k / len(ordered) * rate
        )
        last = k if chances[name] <= bar else last
    return frozenset(ordered[:last])


def test_the_example_of_the_paper_by_hand() -> None:
    # Benjamini and Hochberg (1995), section 4.1: fifteen comparisons, of which the four smallest stay.
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    assert clear_among(dict(enumerate([*chances, 0.7590, 1.0]))) == frozenset(range(4))


def test_one_comparison_alone_needs_no_correction() -> None:
    assert clear_among({"a": 0.05}) == {"a"}
    assert clear_among({"a": 0.051}) == frozenset()
    assert clear_among({}) == frozenset()


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=40))
def test_it_equals_the_steps_of_the_paper(chances: dict[str, float]) -> None:
    found = clear_among(chances)
    # On the bar itself the last digit may go either way: k / m x rate against chance x m / k.
    near = {
        name for name, one in chances.items() if any(abs(one * len(chances) / k - 0.05) < 1e-12 for k in range(1, 41))
    }
    if not near:
        assert found == step_by_step(chances)
    # What is clear among many is clear alone, and nothing smaller than it is left out.
    assert all(chances[name] <= 0.05 + 1e-12 for name in found)
    assert all(chances[other] > max(chances[n] for n in found) for other in set(chances) - found if found)


@pytest.mark.parametrize("fault", ["no correction", "Bonferroni"])
def test_a_fault_in_either_make_would_be_caught(fault: str) -> None:
    chances = {"a": 0.001, "b": 0.02, "c": 0.03, "d": 0.045, "e": 0.9}
    assert clear_among(chances) == step_by_step(chances) == {"a", "b", "c"}
    assert step_by_step(chances, fault=fault) != clear_among(chances)


def test_where_nothing_is_real_anything_is_called_clear_five_times_in_a_hundred() -> None:
    random = np.random.default_rng(4)
    false = sum(bool(clear_among(dict(enumerate(random.random(20))))) for _ in range(1000))
    assert false / 1000 == pytest.approx(0.05, abs=0.02)
