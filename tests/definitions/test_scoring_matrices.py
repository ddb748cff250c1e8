"""The scoring matrices that are shipped."""

import pytest

from wardmote.definitions import DefinitionError, matrices, matrix, matrix_from
from wardmote.definitions.reading import folder, parse

KINGSTON_2011 = [
    "Volume",
    "Performance",
    "Trends",
    "Seriousness",
    "Community priority",
    "Priority in the police control strategy",
    "Crime or fear of crime generator",
    "Political, economic, social, technological, environmental, legal and organisational impacts",
]


def test_kingston_2011_has_exactly_the_eight_headings_each_from_1_to_5_with_weight_1() -> None:
    criteria = matrix("kingston-2011").criteria
    assert [criterion.label for criterion in criteria] == KINGSTON_2011
    assert {(criterion.minimum, criterion.maximum, criterion.weight) for criterion in criteria} == {(1, 5, 1)}


def test_kingston_2024_asks_for_harm_frequency_forecast_reliability_position_and_consultation() -> None:
    codes = [criterion.code for criterion in matrix("kingston-2024").criteria]
    assert codes == ["harm", "frequency", "forecast", "reliability", "position", "consultation"]


def test_every_score_of_every_criterion_is_described_and_the_words_are_marked_as_ours() -> None:
    for found in matrices():
        assert "Written by the Wardmote project" in found.levels_source
        assert found.checker == "not yet checked"
        for criterion in found.criteria:
            assert sorted(criterion.levels) == list(range(criterion.minimum, criterion.maximum + 1))


def test_an_unknown_matrix_is_refused_with_a_sentence() -> None:
    with pytest.raises(DefinitionError, match="There is no scoring matrix “morile”"):
        matrix("morile")


@pytest.mark.parametrize(
    ("printed", "wrong", "complaint"),
    [
        ("weight: 1", "weight: -1", "criteria/0/weight"),
        ("combine: weighted_sum", "combine: guess", "combine"),
        ("version: 2", "versjon: 2", "version"),
        ("slug: kingston-2011", "slug: [", "not valid YAML"),
    ],
)
def test_a_slip_in_a_file_is_named(printed: str, wrong: str, complaint: str) -> None:
    text = folder().joinpath("matrices", "kingston-2011.yaml").read_text(encoding="utf-8")
    with pytest.raises(DefinitionError, match=complaint):
        parse(text.replace(printed, wrong, 1), schema="matrix", name="kingston-2011.yaml")


def test_a_tie_order_must_use_the_criteria() -> None:
    text = folder().joinpath("matrices", "kingston-2011.yaml").read_text(encoding="utf-8")
    content = parse(text, schema="matrix", name="kingston-2011.yaml")
    with pytest.raises(DefinitionError, match="tie order"):
        matrix_from({**content, "tie_order": ["luck"]})


def test_a_score_without_a_description_is_refused() -> None:
    text = folder().joinpath("matrices", "kingston-2011.yaml").read_text(encoding="utf-8")
    content = parse(text, schema="matrix", name="kingston-2011.yaml")
    first = {**content["criteria"][0], "maximum": 6}
    with pytest.raises(DefinitionError, match="every score needs its description"):
        matrix_from({**content, "criteria": [first]})


def test_the_grids_multiply_one_score_of_impact_by_one_of_likelihood() -> None:
    for size in (4, 5):
        found = matrix(f"impact-likelihood-{size}x{size}")
        assert found.combine == "product_of_groups"
        assert [(one.code, one.minimum, one.maximum) for one in found.criteria] == [
            ("impact", 1, size),
            ("likelihood", 1, size),
        ]


def test_the_morile_style_template_has_six_harms_three_likelihoods_and_a_second_axis_and_claims_nothing() -> None:
    found = matrix("morile-style")
    shape = {group.code: (group.use, group.total, len(found.of_group(group.code))) for group in found.groups}
    assert shape == {
        "impact": ("factor", "sum", 6),
        "likelihood": ("factor", "mean_share", 3),
        "position": ("second_axis", "sum", 2),
    }
    assert {(one.minimum, one.maximum) for one in found.of_group("impact")} == {(0, 5)}
    assert {(one.minimum, one.maximum) for one in found.of_group("likelihood")} == {(1, 5)}
    assert [one.code for one in found.criteria if one not in found.counted] == ["capacity", "capability"]
    # The description stands wherever a ranking is printed.
    for words in (found.source, found.description):
        assert "not the licensed" in words
        assert "claims no compliance" in words


def test_every_criterion_says_whether_to_score_with_or_without_current_work() -> None:
    assert {one.current_work for found in matrices() for one in found.criteria} == {"with", "without"}


def test_only_scales_from_1_to_5_are_filled_by_a_measure() -> None:
    filled = {(f.slug, one.code): one.filled_by for f in matrices() for one in f.criteria if one.filled_by}
    assert filled == {
        ("kingston-2011", "volume"): "volume_band",
        ("kingston-2011", "trends"): "trend_band",
        ("kingston-2011", "seriousness"): "harm_band",
        ("kingston-2024", "harm"): "harm_band",
        ("kingston-2024", "frequency"): "spread_band",
        ("kingston-2024", "forecast"): "forecast_band",
        ("impact-likelihood-5x5", "impact"): "harm_band",
        ("impact-likelihood-5x5", "likelihood"): "likelihood_band",
        ("morile-style", "frequency"): "often_band",
        ("morile-style", "volume"): "volume_band",
        ("morile-style", "trend"): "trend_band",
    }


GRID = folder().joinpath("matrices", "impact-likelihood-4x4.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("printed", "wrong", "complaint"),
    [
        ("combine: product_of_groups", "combine: weighted_sum", "do not fit"),
        ("combine: product_of_groups", "combine: product_plus_offset", "do not fit"),
        ("  use: factor", "  use: addend", "do not fit"),
        ("  group: impact", "  group: luck", "needs a group"),
        ("  current_work: with\n", "  current_work: with\n  filled_by: volume_band\n", "on a scale from 1 to 5"),
    ],
)
def test_groups_must_fit_the_way_they_are_combined(printed: str, wrong: str, complaint: str) -> None:
    content = parse(GRID.replace(printed, wrong, 1), schema="matrix", name="grid.yaml")
    with pytest.raises(DefinitionError, match=complaint):
        matrix_from(content)
