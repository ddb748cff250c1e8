"""The pages of consultations: recorded, counted from a file, refused with row and column, and another's not found."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.strategy.conftest import CANARY, People, signed_in
from wardmote.strategy.consultation.actions import keep_consultation
from wardmote.strategy.consultation.models import Consultation, Question, Series

from .conftest import GIVEN

pytestmark = pytest.mark.django_db
FILLED = {
    "title": "Survey 2026",
    "asked": "Residents",
    "method": "paper",
    "sampling": "random",
    "from_on_day": "1", "from_on_month": "5", "from_on_year": "2026",
    "to_on_day": "30", "to_on_month": "6", "to_on_year": "2026",
    "base": "20",
    "reached": "By letter.",
    "run_by": "Engagement officer",
}  # fmt: skip
ANSWERS = "Respondent,Burglary,Road safety\n" + "".join(
    f"{n},{1 + n % 3 // 2},{2 - n % 3 // 2}\n" for n in range(1, 21)
)


def asked(kind: str = "ranking", content: str = ANSWERS, **other: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("answers.csv", content.encode())
    return {"wording": "Put these in order", "kind": kind, "most": "1", "order": "average", "answers": file, **other}


def get(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"consultation:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_consultation_is_recorded_counted_and_mapped(people: People) -> None:
    client = signed_in(people.analyst)
    client.post(reverse("consultation:new"), FILLED)
    kept = Consultation.objects.get()
    answer = client.post(reverse("consultation:add-question", args=[kept.id]), asked())
    question = Question.objects.get()
    assert answer.headers["Location"] == reverse("consultation:items", args=[question.id])
    page = get(client, "items", question.id)
    # A title that is one of our problems' is proposed.
    assert '<option value="burglary" selected>' in page
    fields = {f"item_{item.id}": {"Burglary": "burglary"}.get(item.title, "") for item in question.items.all()}
    client.post(reverse("consultation:items", args=[question.id]), fields)
    page = get(client, "consultation", kept.id)
    for words in ("20 answered, by average place", "Average place", "none of ours", "Paper survey", "By letter."):
        assert words in page


def test_a_faulty_file_is_refused_with_row_and_column_and_nothing_is_kept(
    people: People, consultation: Consultation
) -> None:
    client = signed_in(people.analyst)
    address = reverse("consultation:add-question", args=[consultation.id])
    page = client.post(address, asked(content=ANSWERS.replace("\n7,", "\n7,first,", 1))).content.decode()
    assert "Row 8, column “Burglary”: “first” is no place" in page
    assert "Nothing was stored." in page
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answers": "", "counts": ""}, "Choose a file of answers, or type the counts"),
        ({"answers": "", "counts": "A: 1\nB: 2"}, "Enter how many people answered this question"),
        ({"answers": "", "counts": "A 1", "base": "9"}, "Line 1: “A 1” has no colon"),
        ({"answers": "", "counts": "A: 12\nB: 2", "base": "9", "kind": "choices"}, "An item has 12 answers"),
        ({"kind": "choices", "most": ""}, "Enter how many each person could choose"),
    ],
)
def test_what_is_missing_is_asked_for(
    people: People, consultation: Consultation, given: dict[str, str], said: str
) -> None:
    address = reverse("consultation:add-question", args=[consultation.id])
    assert said in signed_in(people.analyst).post(address, asked() | given).content.decode()
    assert not Question.objects.exists()


def test_typed_counts_are_kept(people: People, consultation: Consultation) -> None:
    address = reverse("consultation:add-question", args=[consultation.id])
    given = asked("choices", counts="Burglary: 61\nDrugs: 30", base="100", most="3") | {"answers": ""}
    signed_in(people.analyst).post(address, given)
    assert "61% " not in (page := get(signed_in(people.analyst), "consultation", consultation.id))
    assert "61%" in page
    assert "the true share can lie further off" in page


def test_who_answered_and_surveys_over_time_are_kept(people: People, consultation: Consultation) -> None:
    client = signed_in(people.analyst)
    given = {"rows": "Age; 16 to 24; 12; 13.2", "source": "Census 2021"}
    client.post(reverse("consultation:profile", args=[consultation.id]), given)
    assert "Under-represented" in get(client, "consultation", consultation.id)
    assert "Age; 16 to 24; 12; 13.20" in get(client, "profile", consultation.id)
    wave = {
        "survey": "CSEW",
        "question": "Feel safe",
        "area": "Borough",
        "waves": "A; 2025-03-31; 50\nB; 2026-03-31; 57; ; ; ; ; CSEW; by phone",
    }
    client.post(reverse("consultation:add-series"), wave)
    page = get(client, "list")
    assert "Change of method" in page
    assert "not compared" in page
    assert "B; 2026-03-31; 57.00; ; ; ; ; CSEW; by phone" in get(client, "series", Series.objects.get().id)


def test_a_scorer_reads_and_changes_nothing(people: People, consultation: Consultation, ranking: Question) -> None:
    client = signed_in(people.scorer)
    assert "Add a question" not in get(client, "consultation", consultation.id)
    assert client.post(reverse("consultation:new"), FILLED).status_code == 403
    assert Consultation.objects.count() == 1


def test_another_partnerships_consultation_is_not_found(
    people: People, consultation: Consultation, ranking: Question
) -> None:
    client = signed_in(people.stranger)
    assert consultation.title not in get(client, "list")
    for name, key in (
        ("consultation", consultation.id), ("edit", consultation.id), ("add-question", consultation.id),
        ("profile", consultation.id), ("items", ranking.id),
    ):  # fmt: skip
        assert client.get(reverse(f"consultation:{name}", args=[key])).status_code == 404
    assert client.post(reverse("consultation:remove-question", args=[ranking.id])).status_code == 404


def test_no_page_names_a_person(people: People, consultation: Consultation, ranking: Question) -> None:
    client = signed_in(people.analyst)
    assert CANARY not in get(client, "consultation", consultation.id) + get(client, "list")


def test_the_list_asks_as_often_for_many_as_for_one(
    people: People, consultation: Consultation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from dataclasses import replace

    for n in range(12):
        keep_consultation(people.analyst, replace(GIVEN, title=f"Survey {n}"))
    client = signed_in(people.analyst)
    with django_assert_max_num_queries(14):
        client.get(reverse("consultation:list"))
