"""The rule that consultations are held against: its source, who checked it, and when it is looked at again."""

from datetime import date
from fractions import Fraction

from wardmote.definitions import consultation_rule


def test_the_rule_says_what_it_is_and_where_it_comes_from() -> None:
    rule = consultation_rule()
    assert (rule.stale_after_years, rule.ratio, rule.smallest_base) == (3, Fraction(4, 5), 20)
    assert "29 CFR 1607.4" in rule.source
    assert rule.checker == "not yet checked"
    assert rule.review_on > date(2026, 11, 21)
