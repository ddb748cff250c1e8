"""Answers to a survey: reduced to counts, and every fault told with row, column and remedy."""

from pathlib import Path

import pytest

from tests.analytics.sources.workbooks.making import ods, xlsx
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.answers import AnswersRefused, read_choices, read_rankings
from wardmote.analytics.sources.intake import Found

HEAD = "Respondent,Burglary,Speeding,Drugs\n"


def found(folder: Path, text: str, name: str = "answers.csv") -> Found:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Found(name, path)


def test_places_become_counts(tmp_path: Path) -> None:
    read = read_rankings(found(tmp_path, f"{HEAD}1,1,2,3\n2,2,1,\n3,,,\n"), tmp_path / "work")
    assert read.counts == {"Burglary": (1, 1, 0), "Speeding": (1, 1, 0), "Drugs": (0, 0, 1)}
    assert (read.base, read.unanswered) == (2, 1)


def test_boxes_become_counts(tmp_path: Path) -> None:
    read = read_choices(found(tmp_path, f"{HEAD}1,1,x,\n2,yes,0,no\n3,,,\n"), tmp_path / "work", most=2)
    assert read.counts == {"Burglary": (2,), "Speeding": (1,), "Drugs": (0,)}
    assert (read.base, read.unanswered) == (2, 1)


@pytest.mark.parametrize("name", ["answers.xlsx", "answers.ods"])
def test_a_workbook_is_read_as_its_csv_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    making = xlsx if name.endswith(".xlsx") else ods
    making(path, {"Answers": [["No", "Burglary", "Speeding"], [1, 1, 2], [2, 2, 1], [3, 1, ""]]})
    read = read_rankings(Found(name, path), tmp_path / "work")
    assert (read.counts, read.base) == ({"Burglary": (2, 1), "Speeding": (1, 1)}, 3)


FAULTS = [
    ("1,1,2,3\n2,first,2,3\n", "Row 3, column “Burglary”: “first” is no place. Enter a whole number from 1 to 3"),
    ("1,1,2,4\n", "Row 2, column “Drugs”: “4” is no place"),
    ("1,0,2,3\n", "Row 2, column “Burglary”: “0” is no place"),
    ("1,1,1,3\n", "Row 2, column “Speeding”: place 1 is given to “Burglary” too"),
    ("1,1,2,3\n1,1,2,3\n", "Row 3, column 1: respondent 1 stands in row 2 too"),
    (",1,2,3\n", "Row 2, column 1: the respondent has no number"),
    ("1,1,2,3,4\n", "Row 2: it has more cells than row 1 names"),
    ("1,,,\n", "No row has an answer"),
]


@pytest.mark.parametrize(("body", "said"), FAULTS)
def test_a_faulty_ranking_is_refused_with_its_place(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        read_rankings(found(tmp_path, HEAD + body), tmp_path / "work")
    assert refused.value.message.startswith(said)
    assert refused.value.message.endswith("Nothing was stored.")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1,1,1,1\n", "Row 2: 3 items are chosen, and 2 were allowed"),
        ("1,maybe,,\n", "Row 2, column “Burglary”: “maybe” is not understood"),
    ],
)
def test_a_faulty_choice_is_refused_with_its_place(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(AnswersRefused) as refused:
        read_choices(found(tmp_path, HEAD + body), tmp_path / "work", most=2)
    assert refused.value.message.startswith(said)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Respondent,Burglary\n", "Row 1 has to name the columns"),
        ("", "Row 1 has to name the columns"),
        ("Respondent,Burglary,burglary \n", "Row 1: “burglary” stands twice"),
        ("Respondent,Burglary,,Drugs\n", "Row 1, column 3: the item has no name"),
        ("Respondent," + ",".join(f"Item {n}" for n in range(41)) + "\n", "Row 1 names 41 items"),
    ],
)
def test_a_head_that_names_no_items_is_refused(tmp_path: Path, head: str, said: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read_rankings(found(tmp_path, f"{head}1,1,2\n" if head else "\n"), tmp_path / "work")
    assert refused.value.message.startswith(said) or not head


def test_only_the_first_faults_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    with pytest.raises(AnswersRefused) as refused:
        read_rankings(found(tmp_path, HEAD + "".join(f"{n},x,1,2\n" for n in range(1, 9))), tmp_path / "work")
    assert len(refused.value.faults) == 6
    assert refused.value.faults[-1] == "And 3 more of the kind. Nothing was stored."


@pytest.mark.parametrize("head", ["Respondent,Name,Speeding\n", "E-mail,Burglary,Speeding\n"])
def test_a_table_that_holds_people_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(SourceRefused, match="looks as if it holds people"):
        read_rankings(found(tmp_path, f"{head}1,1,2\n2,2,1\n"), tmp_path / "work")
