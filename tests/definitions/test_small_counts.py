"""The small-count rule keeps to its schema, names problems that exist, and says what is open already."""

from wardmote.definitions import all_problems, release_kind, small_counts

OGL = "Open Government Licence v3.0"


def test_the_rule_is_the_one_that_its_sources_state() -> None:
    rule = small_counts()
    assert (rule.threshold, rule.sensitive_threshold, rule.sensitive_rounding, rule.smallest_base) == (5, 10, 5, 20)
    assert rule.hidden == "[c]"


def test_every_sensitive_theme_is_a_problem_that_is_marked_as_such() -> None:
    rule = small_counts()
    assert rule.sensitive_themes <= set(all_problems())
    marked = {slug for slug, problem in all_problems().items() if problem.sensitive}
    assert rule.sensitive_themes == marked


def test_each_kind_of_data_says_what_it_counts_and_whether_it_may_still_change() -> None:
    police = release_kind("police-uk")
    assert police.status == "provisional"
    assert any("nobody reported" in text for text in police.not_counted)
    assert release_kind("population").status == "final"
    assert release_kind("of-a-partner").status == "provisional"


def test_counts_are_shown_in_full_only_where_kind_and_licence_are_open() -> None:
    rule = small_counts()
    assert rule.opened_by("police-uk", OGL) is not None
    assert rule.opened_by("police-uk", "In confidence") is None
    assert rule.opened_by("figures", OGL) is None
    assert rule.why_in_full([("police-uk", OGL)])
    assert rule.why_in_full([("police-uk", OGL), ("figures", OGL)]) is None
    assert rule.why_in_full([]) is None
