"""Two sources of one problem stand side by side, and one of them is what we publish."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given as given_any
from hypothesis import strategies as st

from tests.strategy.conftest import People, signed_in
from tests.strategy.evidence.test_pages import queries_of
from tests.strategy.evidence.test_uploads import text
from tests.strategy.partner import DATASET, MEASURE, force_sheet
from wardmote.access.readers import NotAllowed
from wardmote.analytics.measures import MEASURES
from wardmote.analytics.measures.figures import Query
from wardmote.audit.queries import entries_of
from wardmote.definitions import source_differences
from wardmote.foundations.periods import Month, Period
from wardmote.sample.places import VALE
from wardmote.strategy.evidence.actions.pairs import GivenPair, PairRefused, keep_pair, part_pair
from wardmote.strategy.evidence.models import Release, SourcePair
from wardmote.strategy.evidence.queries import gather_evidence
from wardmote.strategy.evidence.queries.pairs import partner_measures, side_by_side
from wardmote.strategy.evidence.rules.pairs import Chosen, gap_between

LAST = "2026-08"
GIVEN = GivenPair(
    problem="burglary",
    dataset=DATASET,
    measure=MEASURE,
    areas=(VALE.name,),
    reasons=("location", "reclassified"),
    note="",
    chosen=Chosen.PARTNER,
    why="The board has used the force's own figure since 2019.",
)


def open_counts() -> dict[str, int]:
    """The open counts by month, straight from the measure."""
    evidence = gather_evidence(is_sample=False)
    period = Period(Month.parse(LAST) - 23, Month.parse(LAST))
    query = Query(by=("month",), where={"district": (VALE.code,), "problem": ("burglary",)}, period=period)
    try:
        return {str(row["month"]): int(str(row["count"])) for row in MEASURES["counts"](evidence, query).records()}
    finally:
        evidence.con.disconnect()


@pytest.fixture
def sheet(people: People, releases: tuple[Release, ...], tmp_path: Path) -> dict[str, int]:
    """The force's counts: two more than the open ones in every month."""
    counts = {month: count + 2 for month, count in open_counts().items()}
    force_sheet(people.analyst, tmp_path / "sheets", counts)
    return counts


@pytest.mark.parametrize(
    ("open_count", "partner", "words"),
    [(100, 104, "4 more (4.0%)"), (100, 90, "10 fewer (10.0%)"), (50, 50, "the same"), (0, 3, "3 more")],
)
def test_a_gap_in_words(open_count: int, partner: int, words: str) -> None:
    gap = gap_between(open_count, partner)
    assert gap is not None
    assert gap.words == words


@given_any(st.integers(0, 10**6) | st.none(), st.integers(0, 10**6) | st.none())
def test_a_gap_is_there_exactly_where_both_are(open_count: int | None, partner: int | None) -> None:
    gap = gap_between(open_count, partner)
    assert (gap is None) == (open_count is None or partner is None)
    if gap is not None and open_count is not None:
        assert open_count + gap.difference == partner


def test_every_reason_is_a_sentence_of_its_own() -> None:
    codes = [one.code for one in source_differences()]
    assert len(set(codes)) == len(codes) >= 6
    assert [one.code for one in source_differences() if not one.words.endswith(".")] == []


def test_the_two_stand_side_by_side(people: People, sheet: dict[str, int]) -> None:
    pair = keep_pair(people.analyst, GIVEN)
    found = side_by_side(people.analyst, pair)
    assert len(found.rows) == 24
    assert found.rows[0].words == "August 2026"
    assert {row.gap.difference for row in found.rows if row.gap} == {2}
    assert found.open_total == sum(sheet.values()) - 48
    assert found.partner_total - found.open_total == 48
    assert found.supplier == "Ashcombe Constabulary"


def test_a_later_sheet_counts_and_a_month_the_open_data_lack_is_not_added(
    people: People, sheet: dict[str, int], tmp_path: Path
) -> None:
    later = {LAST: sheet[LAST] + 10, "2026-09": 40, "2026-07": "*"}
    force_sheet(people.analyst, tmp_path / "later", later, name="later.csv")
    found = side_by_side(people.analyst, keep_pair(people.analyst, GIVEN))
    rows = {row.words: row for row in found.rows}
    assert rows["September 2026"].open_count is None
    assert rows["August 2026"].partner_count == sheet[LAST] + 10
    assert rows["July 2026"].missing == f"{VALE.name}: suppressed"
    assert found.partner_total == sum(sheet.values()) + 10 - sheet["2026-07"]


def test_what_partners_give_is_offered_with_its_areas(people: People, sheet: dict[str, int]) -> None:
    (measure,) = partner_measures(people.analyst)
    assert (measure.dataset, measure.measure, measure.areas) == (DATASET, MEASURE, (VALE.name,))
    assert partner_measures(people.stranger) == ()


def test_a_pair_is_kept_once_with_its_reason_and_audited(people: People, db: None) -> None:
    pair = keep_pair(people.analyst, GIVEN)
    assert [entry.action for entry in entries_of(pair.id)] == ["keep"]
    with pytest.raises(PairRefused, match="two sources already"):
        keep_pair(people.analyst, GIVEN)
    with pytest.raises(PairRefused, match="explains the gap"):
        keep_pair(people.analyst, replace(GIVEN, problem="robbery", reasons=()))
    assert SourcePair.objects.count() == 1
    part_pair(people.analyst, pair)
    assert not SourcePair.objects.exists()


def test_the_database_refuses_a_choice_without_a_reason(people: People) -> None:
    pair = keep_pair(people.analyst, GIVEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        SourcePair.objects.filter(id=pair.id).update(why="")


def test_scorers_and_strangers_are_kept_out(people: People, sheet: dict[str, int]) -> None:
    with pytest.raises(NotAllowed):
        keep_pair(people.scorer, GIVEN)
    pair = keep_pair(people.analyst, GIVEN)
    stranger = signed_in(people.stranger)
    assert stranger.get(f"/evidence/two-sources/{pair.id}/").status_code == 404
    assert stranger.post(f"/evidence/two-sources/{pair.id}/part/").status_code in (403, 404)
    assert signed_in(people.scorer).post(f"/evidence/two-sources/{pair.id}/part/").status_code == 403


def test_the_analyst_lays_two_sources_side_by_side(people: People, sheet: dict[str, int]) -> None:
    client = signed_in(people.analyst)
    assert "No problem has two sources yet." in text(client.get("/evidence/two-sources/"))
    page = text(client.get("/evidence/two-sources/new/"))
    assert f"{MEASURE}: Force burglary, Ashcombe Constabulary" in page
    answer: Any = client.post("/evidence/two-sources/new/", {"problem": "burglary", "measure": "0"})
    address = answer["Location"]
    wrong = text(client.post(address, {"areas": [VALE.name], "chosen": "partner", "why": "Ours."}))
    assert "Say what explains the gap" in wrong
    said = {"areas": [VALE.name], "chosen": "partner", "why": "Ours.", "reasons": ["location"]}
    answer = client.post(address, said)
    page = text(client.get(answer["Location"]))
    assert "48 more" in page
    assert "One source places an incident in the area by its exact location" in page
    assert "Ashcombe Constabulary</strong>: Ours." in page
    assert client.get("/evidence/two-sources/describe/?problem=moon&dataset=x&measure=y").status_code == 404


def test_without_a_partner_figure_the_page_says_what_to_do_first(people: People, db: None) -> None:
    assert "Add a partner's sheet" in text(signed_in(people.analyst).get("/evidence/two-sources/new/"))


def test_the_list_asks_the_database_as_often_however_long_it_is(people: People) -> None:
    client = signed_in(people.analyst)
    slug = "burglary"
    keep_pair(people.analyst, replace(GIVEN, problem=slug))
    few = queries_of(client, "/evidence/two-sources/")
    for slug in ("robbery", "shoplifting", "vehicle-crime"):
        keep_pair(people.analyst, replace(GIVEN, problem=slug))
    assert queries_of(client, "/evidence/two-sources/") == few < 20
