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
        ("version: 1", "versjon: 1", "version"),
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
