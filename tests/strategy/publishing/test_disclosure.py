"""What is published of counts that nobody has opened: no small one, in no form, and none that can be worked out."""

import copy
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.printing.pdf_text import text_of
from tests.printing.workbooks import read_workbook
from tests.strategy.conftest import Held, People
from wardmote.analytics.disclosure import CountTable, Limits, Sum, feasible_ranges
from wardmote.definitions import small_counts
from wardmote.partnership.documents.queries import read_stored
from wardmote.strategy.assessment.actions import keep_analysis
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.publishing.actions import publish
from wardmote.strategy.publishing.models import PublishedVersion
from wardmote.strategy.publishing.queries.disclosure import public_analysis, rows_are_open

WARDS = [("E05000001", 3, 30), ("E05000002", 20, 12), ("E05000003", 41, 33)]


def problem(slug: str, **values: Any) -> dict[str, Any]:
    """A problem of an analysis, small enough to be worked out by hand."""
    places = [
        {"code": code, "name": code, "count": now, "before": then, "rate": "1.0", "population": 4000}
        for code, now, then in WARDS
    ]
    total, before = sum(now for _, now, _ in WARDS), sum(then for _, _, then in WARDS)
    return {
        "slug": slug, "measured": True, "sensitive": False, "categories": [slug], "places": places, "months": {},
        "rate": {"count": total, "rate": "5.3", "population": 12000}, "share": {"share": "10"},
        "change": {"previous": before, "current": total, "percent": "-14.7", "words": "x", "verdict": "cannot say"},
        "map": {code: {"count": now, "rate": "1.0"} for code, now, _ in WARDS}, **values,
    }  # fmt: skip


def analysis(*problems: dict[str, Any], kind: str = "figures", licence: str = "In confidence") -> dict[str, Any]:
    return {
        "problems": list(problems),
        "sources": [{"kind": kind, "licence": licence}, {"kind": "lookup", "licence": "Open Government Licence v3.0"}],
        "period": {"first": "2025-01", "last": "2025-12"},
        "before": {"first": "2024-01", "last": "2024-12"},
    }


def test_counts_that_their_publisher_has_opened_are_shown_in_full_and_it_says_why() -> None:
    held = analysis(problem("burglary"), kind="police-uk", licence="Open Government Licence v3.0")
    found = public_analysis(held)
    assert found["problems"] == held["problems"]
    assert found["disclosure"]["state"] == "shown in full"
    assert "row by row" in found["disclosure"]["words"][0]
    assert rows_are_open(held)


def test_a_small_count_and_what_would_give_it_away_are_hidden() -> None:
    found = public_analysis(analysis(problem("visits")))
    (visits,) = found["problems"]
    hidden = {row["code"] for row in visits["places"] if row["count"] is None}
    assert "E05000001" in hidden
    assert len(hidden) == 2
    assert all(row["rate"] is None for row in visits["places"] if row["count"] is None)
    assert {code for code, one in visits["map"].items() if one["count"] is None} == hidden
    assert visits["rate"]["count"] == 64
    assert all(f"visits.place.{code}.count" in visits["hidden"] for code in hidden)
    assert found["disclosure"]["state"] == "small counts hidden"
    assert not rows_are_open(analysis(problem("visits")))


def test_a_sensitive_theme_is_rounded_and_has_no_change_or_share() -> None:
    (found,) = public_analysis(analysis(problem("domestic-abuse", sensitive=True)))["problems"]
    assert found["rate"]["count"] == 65
    assert found["change"] == {"verdict": "hidden"}
    assert found["share"] == {}
    shown = [row["count"] for row in found["places"] if row["count"] is not None]
    assert all(count % 5 == 0 for count in shown)


def test_a_narrow_problem_cannot_be_taken_out_of_a_broad_one() -> None:
    narrow = problem("needles")
    broad = problem("drugs", categories=["needles", "noise"])
    for row in broad["places"]:
        row["count"] += 50
    broad["rate"]["count"] += 150
    found = {one["slug"]: one for one in public_analysis(analysis(narrow, broad))["problems"]}
    counts = {f"{slug}.{row['code']}": row["count"] for slug, one in found.items() for row in one["places"]}
    assert counts["needles.E05000001"] is None
    true = {f"needles.{code}": now for code, now, _ in WARDS} | {f"drugs.{code}": now + 50 for code, now, _ in WARDS}
    true |= {f"rest.{code}": 50 for code, _, _ in WARDS} | {"needles": 64, "drugs": 214}
    codes = [code for code, _, _ in WARDS]
    sums = [Sum(slug, tuple(f"{slug}.{code}" for code in codes)) for slug in ("needles", "drugs")]
    sums += [Sum(f"drugs.{code}", (f"needles.{code}", f"rest.{code}")) for code in codes]
    table = CountTable(true, tuple(sums), frozenset(f"rest.{code}" for code in codes))
    limits = Limits(small_counts().threshold)
    ranges = feasible_ranges(table, [name for name, count in counts.items() if count is None], limits)
    assert all(one.protects(limits) for one in ranges.values())


@pytest.fixture
def confidential(people: People, decided: Assessment, held: Held) -> PublishedVersion:
    """A version of an assessment whose counts a partner gave in confidence."""
    content = copy.deepcopy(held.analysis.content)
    for source in content["sources"]:
        if source["kind"] == "police-uk":
            source |= {"kind": "figures", "licence": "In confidence"}
    keep_analysis(people.analyst, decided, replace(held.analysis, content=content))
    decided.refresh_from_db()
    return publish(people.manager, decided, progress=quiet)


@pytest.mark.django_db
def test_no_public_form_holds_a_hidden_count(confidential: PublishedVersion, held: Held, client: Client) -> None:
    address = f"/published/ashcombe-vale/{confidential.number}/"
    small = [
        (one["slug"], row["code"], row["name"])
        for one in held.analysis.content["problems"]
        for row in one["places"]
        if row["count"] is not None and 1 <= row["count"] < 5
    ]
    page = client.get(address).content.decode()
    assert "[c]" in page
    assert "Counts below 5" in page
    keys = set(re.findall(r"/figures/([^/\"]+)/", page))
    for slug, code, _ in small:
        assert f"{slug}.place.{code}.count" not in keys
        assert client.get(f"{address}figures/{slug}.place.{code}.count/").content.decode().count(">n/a<") <= 1
    assert client.get(f"{address}figures/burglary.count/rows.csv").status_code == 404
    assert "ask their holder" in client.get(f"{address}figures/burglary.count/").content.decode()
    assert "[c]" in " ".join(text_of(read_stored(confidential.pdf_sha256)))
    book = read_workbook(read_stored(confidential.xlsx_sha256))
    assert any(row and row[0] == "Small counts: small counts hidden" for sheet in book.values() for row in sheet.rows)
    assert '"small_counts":"small counts hidden"' in read_stored(confidential.data_sha256).decode()


@pytest.mark.django_db
def test_the_page_says_why_police_counts_are_shown_in_full(issued: PublishedVersion, client: Client) -> None:
    page = client.get("/published/ashcombe-vale/1/").content.decode()
    assert "Counts from police.uk are shown in full, down to 1" in page
    assert '"small_counts":"shown in full"' in read_stored(issued.data_sha256).decode()
