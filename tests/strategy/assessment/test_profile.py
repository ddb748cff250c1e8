"""The profile of a problem: what is written, flagged, missing and printed. No sentence is ever rewritten."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.strategy.conftest import Held, People, problem_of, signed_in
from wardmote.access.readers import NotAllowed
from wardmote.audit.queries import entries_of
from wardmote.partnership.documents.queries import read_stored
from wardmote.printing.blocks import figure_refs
from wardmote.strategy.assessment.actions import AssessmentRefused, choose_problems, keep_analysis
from wardmote.strategy.assessment.actions.profile import (
    GivenLink,
    GivenReason,
    GivenResponse,
    GivenUnknown,
    GivenVoice,
    remove_entry,
    write_entry,
    write_sentence,
    write_side,
)
from wardmote.strategy.assessment.models import (
    Assessment,
    LikelyReason,
    ProblemLink,
    ProfileSentence,
    ProfileSide,
    Unknown,
)
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.analysis import Analysis
from wardmote.strategy.assessment.queries.profile import (
    Profile,
    items_of,
    profile_of,
    profiles_of,
    public_profiles,
    stale_sentences,
)
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports import draft_report
from wardmote.strategy.assessment.reports.lines import lines_of
from wardmote.strategy.assessment.rules import Confidence
from wardmote.strategy.assessment.rules.profile import NO_VOICE, Item, ProfileState, Relation, Side, VoiceGroup
from wardmote.strategy.assessment.rules.sentences import numbers_in, quotes_in, untraced_in
from wardmote.strategy.evidence.actions import quiet
from wardmote.strategy.publishing.actions import publish

pytestmark = pytest.mark.django_db
VOICE = GivenVoice(VoiceGroup.RESIDENTS, "sheds", date(2026, 6, 30), "Of 612 who answered, 91 had a shed broken into.")
REASON = GivenReason("Sheds are left open.", Confidence.MEDIUM, "Officers looked at 40 sheds.")


def profile(assessment: Assessment, slug: str = "burglary") -> Profile:
    return profile_of(problem_of(assessment, slug))


def count_of(assessment: Assessment, slug: str = "burglary") -> int:
    content = analysis_of(assessment) or {}
    return int(next(one for one in content["problems"] if one["slug"] == slug)["rate"]["count"])


def moved(held: Held, *, by: int) -> Analysis:
    """Return the analysis as it would be had the police recorded some more burglaries in the year."""
    problems = [
        {**one, "rate": {**one["rate"], "count": one["rate"]["count"] + by}} if one["slug"] == "burglary" else one
        for one in held.analysis.content["problems"]
    ]
    return replace(held.analysis, content={**held.analysis.content, "problems": problems})


def test_the_analysis_proposes_a_sentence_for_each_item_and_every_number_of_it_is_a_figure(
    analysed: Assessment,
) -> None:
    items = items_of(problem_of(analysed, "burglary"))
    expected = [
        Item.CHANGE,
        Item.WHEN,
        Item.USUAL,
        Item.WHERE,
        Item.SHARE,
        Item.RATE,
        Item.HOTSPOTS,
        Item.CONCENTRATION,
    ]
    assert [item.item for item in items] == expected
    for item in items:
        quotes = quotes_in(item.proposed, item.figures)
        assert bool(quotes) == bool(numbers_in(item.proposed)), item.item
        assert untraced_in(item.proposed, quotes) == (), item.item
    assert [one.text for one in profile(analysed).sentences] == [item.proposed for item in items]


def test_a_problem_without_figures_has_no_items_but_can_have_a_finding(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "domestic-abuse")
    assert items_of(problem) == ()
    write_sentence(people.analyst, problem, Item.FINDING, "It is mostly hidden from the police.")
    assert profile(analysed, "domestic-abuse").finding.said


def test_a_sentence_is_kept_with_the_figures_that_it_quotes(people: People, analysed: Assessment) -> None:
    count = count_of(analysed)
    write_sentence(
        people.analyst, problem_of(analysed, "burglary"), Item.CHANGE, f" There were {count:,}, 47 of sheds. "
    )
    row = ProfileSentence.objects.get()
    assert row.text == f"There were {count:,}, 47 of sheds."
    assert {"said": f"{count:,}", "key": "burglary.count"}.items() <= row.quoted[0].items()
    assert row.analysis_sha256 == analysed.analysis_sha256
    (entry,) = entries_of(row.id)
    assert (entry.action, entry.changed_fields) == ("write", ["analysis_sha256", "quoted", "text"])
    (change, *_) = profile(analysed).sentences
    assert change.untraced == ("47",)
    assert change.stale == ()


def test_an_emptied_sentence_goes_back_to_the_proposed_one(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    write_sentence(people.analyst, problem, Item.SHARE, "A small share.")
    key = ProfileSentence.objects.get().id
    write_sentence(people.analyst, problem, Item.SHARE, "  ")
    assert not ProfileSentence.objects.exists()
    assert [entry.action for entry in entries_of(key)] == ["write", "remove"]
    assert all(not one.said for one in profile(analysed).sentences)


def test_analysing_again_flags_a_sentence_and_rewrites_none(people: People, held: Held, analysed: Assessment) -> None:
    count = count_of(analysed)
    text = f"There were {count} burglaries."
    write_sentence(people.analyst, problem_of(analysed, "burglary"), Item.FINDING, text)
    write_sentence(people.analyst, problem_of(analysed, "shoplifting"), Item.FINDING, "Shops suffer.")
    keep_analysis(people.analyst, analysed, moved(held, by=6))
    analysed.refresh_from_db()
    assert ProfileSentence.objects.get(problem__slug="burglary").text == text
    ((title, stale),) = stale_sentences(analysed)
    assert title == "Burglary"
    assert stale.words == (
        f"The sentence says {count} (incidents in the year to August 2026); the figure is now {count + 6}."
    )
    keep_analysis(people.analyst, analysed, held.analysis)
    analysed.refresh_from_db()
    assert stale_sentences(analysed) == []


def test_the_flag_stands_on_every_page_before_it_goes_out_and_in_print(
    people: People, held: Held, decided: Assessment
) -> None:
    count = count_of(decided)
    write_sentence(people.analyst, problem_of(decided, "burglary"), Item.FINDING, f"There were {count} burglaries.")
    keep_analysis(people.analyst, decided, moved(held, by=6))
    decided.refresh_from_db()
    words = f"the figure is now {count + 6}."
    client: Any = signed_in(people.analyst)
    base = f"/assessments/{decided.id}/"
    for page in ("outline/", "profiles/", "approvals/", "approvals/new/", "problems/burglary/",
                 "problems/burglary/profile/", "problems/burglary/profile/sentences/finding/"):  # fmt: skip
        assert words in client.get(base + page).content.decode(), page
    publishing = client.get(reverse("publishing:publish", args=[decided.id])).content.decode()
    assert words in publishing
    assert "no small count" in publishing
    assert "1 number no longer matches" in client.get(base).content.decode()
    version = publish(people.manager, decided, progress=quiet)
    assert words in read_stored(version.html_sha256).decode()


def test_a_finding_of_three_sentences_is_refused(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    with pytest.raises(AssessmentRefused, match="two sentences at most"):
        write_sentence(people.analyst, problem, Item.FINDING, "One. Two. Three.")
    page = signed_in(people.analyst).post(
        f"/assessments/{analysed.id}/problems/burglary/profile/sentences/finding/", {"text": "One. Two. Three."}
    )
    assert "This has 3" in page.content.decode()
    assert not ProfileSentence.objects.exists()


def test_a_side_needs_its_evidence_and_an_empty_one_is_a_gap(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    with pytest.raises(AssessmentRefused, match="how you know it"):
        write_side(people.analyst, problem, Side.VICTIM, text="Owners of sheds.", evidence=" ")
    write_side(people.analyst, problem, Side.VICTIM, text="Owners of sheds.", evidence="40 crime reports")
    found = profile(analysed)
    assert found.state is ProfileState.INCOMPLETE
    assert {"the offender side", "the place side"} < set(found.missing)
    lines = lines_of(draft_report(analysed))
    assert "Owners of sheds. Evidence: 40 crime reports" in lines
    assert lines.count("Gap: nothing has been found out about this side yet.") == 2
    write_side(people.analyst, problem, Side.VICTIM, text="", evidence="")
    assert not ProfileSide.objects.exists()


def test_a_profile_with_every_part_is_complete(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    write_sentence(people.analyst, problem, Item.FINDING, "Sheds.")
    for side in Side:
        write_side(people.analyst, problem, side, text="Known.", evidence="Seen.")
    write_entry(people.analyst, problem, VOICE)
    write_entry(people.analyst, problem, REASON)
    assert profile(analysed).state is ProfileState.COMPLETE
    page = signed_in(people.analyst).get(f"/assessments/{analysed.id}/profiles/").content.decode()
    assert "Complete" in page


def test_an_entry_is_added_changed_and_removed_with_its_audit(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    row = write_entry(people.analyst, problem, GivenUnknown(" How many are students? "))
    again = write_entry(people.analyst, problem, GivenUnknown("How many?", "Analyst", date(2027, 1, 15)), key=row.id)
    assert again.id == row.id
    (unknown,) = profile(analysed).unknowns
    assert (unknown.what, unknown.owner, unknown.due_on) == ("How many?", "Analyst", date(2027, 1, 15))
    remove_entry(people.analyst, problem, Unknown, row.id)
    assert not Unknown.objects.exists()
    assert [entry.action for entry in entries_of(row.id)] == ["write", "write", "remove"]
    with pytest.raises(AssessmentRefused, match="taken away"):
        remove_entry(people.analyst, problem, Unknown, row.id)


def test_the_same_entry_sent_twice_is_kept_once(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    rows = [write_entry(people.analyst, problem, GivenUnknown(text)) for text in ("How many?", "How many? ", "Who?")]
    assert [row.what for row in profile(analysed).unknowns] == ["How many?", "Who?"]
    assert rows[0].id == rows[1].id
    assert [entry.action for entry in entries_of(rows[0].id)] == ["write"]


def test_a_reason_that_nobody_tested_is_printed_so_and_never_as_sure(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    with pytest.raises(AssessmentRefused, match="less sure"):
        write_entry(people.analyst, problem, GivenReason("Fewer patrols.", Confidence.HIGH))
    write_entry(people.analyst, problem, GivenReason("Fewer patrols.", Confidence.LOW))
    assert "Fewer patrols. | Low | Suspected, not tested" in lines_of(draft_report(analysed))
    with pytest.raises(IntegrityError), transaction.atomic():
        LikelyReason.objects.update(confidence=Confidence.HIGH)


def test_a_large_change_without_a_reason_is_shown_as_missing(people: People, analysed: Assessment) -> None:
    needed = [slug for slug, one in profiles_of(analysed).items() if one.needs_reason]
    assert needed, "no change of the generated district is clear or large"
    slug = needed[0]
    client: Any = signed_in(people.analyst)
    assert "a likely reason for the change" in client.get(f"/assessments/{analysed.id}/outline/").content.decode()
    write_sentence(people.analyst, problem_of(analysed, slug), Item.FINDING, "It moved.")
    assert "Gap: no likely reason has been given for this change." in lines_of(draft_report(analysed))
    write_entry(people.analyst, problem_of(analysed, slug), REASON)
    assert "Gap: no likely reason has been given for this change." not in lines_of(draft_report(analysed))


def test_a_priority_that_nobody_was_asked_about_is_shown_as_missing_that(people: People, decided: Assessment) -> None:
    client: Any = signed_in(people.analyst)
    outline = f"/assessments/{decided.id}/outline/"
    assert f"{NO_VOICE}." in client.get(outline).content.decode()
    problem = problem_of(decided, "burglary")
    write_entry(people.analyst, problem, VOICE)
    assert f"{NO_VOICE}." not in client.get(outline).content.decode()


def test_which_month_had_most_is_not_proposed_where_one_is_missing_or_hidden(analysed: Assessment) -> None:
    analysis = analysis_of(analysed) or {}
    problem = next(one for one in analysis["problems"] if one["slug"] == "burglary")
    months = {**problem["months"], analysis["period"]["last"]: None}
    found = {item.item: item.proposed for item in evidence_items({**problem, "months": months}, analysis)}
    assert found[Item.WHEN] == ""
    assert found[Item.CHANGE]


def test_an_area_with_a_small_count_is_never_named_in_a_proposed_sentence(analysed: Assessment) -> None:
    analysis = analysis_of(analysed) or {}
    problem = next(one for one in analysis["problems"] if one["slug"] == "burglary")
    places = [{**row, "count": 4 if place else 60} for place, row in enumerate(problem["places"])]
    found = {item.item: item.proposed for item in evidence_items({**problem, "places": places}, analysis)}
    assert found[Item.WHERE] == ""


def test_a_link_is_shown_on_both_problems_each_from_its_own_end(people: People, analysed: Assessment) -> None:
    given = GivenLink(
        "shoplifting", Relation.DRIVES, "Same names in custody.", Decimal("38.0"), "of 212 people arrested"
    )
    write_entry(people.analyst, problem_of(analysed, "burglary"), given)
    (here,), (there,) = profile(analysed).links, profile(analysed, "shoplifting").links
    assert (here.words, here.title, there.words, there.title) == ("Drives", "Shoplifting", "Is driven by", "Burglary")
    # What one profile says of a link begins no profile of the other.
    assert profile(analysed, "shoplifting").state is ProfileState.NOT_STARTED
    lines = lines_of(draft_report(analysed))
    assert "Drives Shoplifting. Same names in custody. 38% of 212 people arrested." in lines
    assert "Is driven by Burglary. Same names in custody. 38% of 212 people arrested." in lines


def test_a_link_needs_another_problem_a_base_and_is_made_once(people: People, analysed: Assessment) -> None:
    problem = problem_of(analysed, "burglary")
    given = GivenLink("shoplifting", Relation.SAME_PEOPLE, "Seen.")
    for wrong, why in (
        (replace(given, other="burglary"), "another problem"),
        (replace(given, percentage=Decimal(3)), "what the percentage is of"),
    ):
        with pytest.raises(AssessmentRefused, match=why):
            write_entry(people.analyst, problem, wrong)
    write_entry(people.analyst, problem, given)
    with pytest.raises(AssessmentRefused, match="such a link already"):
        write_entry(people.analyst, problem, replace(given, evidence="Heard."))
    assert ProblemLink.objects.count() == 1


def test_the_section_is_printed_in_the_order_in_which_it_is_read(people: People, analysed: Assessment) -> None:
    problem, analyst = problem_of(analysed, "burglary"), people.analyst
    write_sentence(analyst, problem, Item.FINDING, "Sheds are the matter.")
    write_side(analyst, problem, Side.PLACE, text="Back alleys.", evidence="Walked by officers")
    write_entry(analyst, problem, GivenResponse(Side.PLACE, "Gate the alleys", "Housing manager, council"))
    write_entry(analyst, problem, REASON)
    write_entry(analyst, problem, GivenLink("shoplifting", Relation.SAME_PLACES, "Both near the station."))
    write_entry(analyst, problem, VOICE)
    write_entry(analyst, problem, GivenUnknown("How many victims are students?"))
    lines = lines_of(draft_report(analysed))
    order = [
        "Key finding. Sheds are the matter.",
        "Back alleys. Evidence: Walked by officers",
        "Place | Gate the alleys | Housing manager, council",
        "Sheds are left open. | Medium | Officers looked at 40 sheds.",
        "Happens in the same places as Shoplifting. Both near the station.",
        "People who live here, 30 June 2026, on sheds: Of 612 who answered, 91 had a shed broken into.",
        "How many victims are students? Nobody has taken this on yet.",
    ]
    assert [line for line in lines if line in order] == order


def test_the_numbers_of_a_sentence_lead_to_where_they_come_from(people: People, analysed: Assessment) -> None:
    count = count_of(analysed)
    write_sentence(people.analyst, problem_of(analysed, "burglary"), Item.FINDING, f"{count} burglaries, 47 sheds.")
    report = draft_report(analysed)
    finding = next(b for b in report.blocks if "Key finding" in str(b))
    assert [(one.text, one.key) for one in figure_refs((finding,))] == [(str(count), "burglary.count")]


def test_a_sentence_that_quotes_a_hidden_number_is_not_printed_for_the_public(
    people: People, analysed: Assessment
) -> None:
    count = count_of(analysed)
    write_sentence(people.analyst, problem_of(analysed, "burglary"), Item.FINDING, f"There were {count} burglaries.")
    write_sentence(people.analyst, problem_of(analysed, "burglary"), Item.WHEN, "Most come in winter.")
    analysis = analysis_of(analysed) or {}
    hidden = [
        {**p, "rate": {**p["rate"], "count": None}} if p["slug"] == "burglary" else p for p in analysis["problems"]
    ]
    public = public_profiles(analysed, {**analysis, "problems": hidden})["burglary"]
    assert public.finding.is_withheld
    assert public.finding.text == ""
    assert [one.said for one in public.sentences if one.item is Item.WHEN] == ["Most come in winter."]
    assert not public_profiles(analysed, analysis)["burglary"].withheld


def test_what_is_issued_leaves_out_a_sentence_that_tells_a_hidden_count_and_the_analyst_is_told_before(
    people: People, held: Held, decided: Assessment
) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    places = [{**row, "count": 3} if not place else row for place, row in enumerate(burglary["places"])]
    problems = [{**one, "places": places} if one["slug"] == "burglary" else one for one in content["problems"]]
    sources = [{**source, "licence": "Shared under an agreement"} for source in content["sources"]]
    shared = replace(held.analysis, content={**content, "problems": problems, "sources": sources})
    keep_analysis(people.analyst, decided, shared)
    decided.refresh_from_db()
    said = f"In {places[0]['name']} there were 3."
    write_sentence(people.analyst, problem_of(decided, "burglary"), Item.WHERE, said)
    assert said in lines_of(draft_report(decided))
    client: Any = signed_in(people.analyst)
    page = client.get(reverse("publishing:publish", args=[decided.id])).content.decode()
    assert "hidden by the small-count rule are left out, on: Burglary" in page
    version = publish(people.manager, decided, progress=quiet)
    for sha256 in (version.html_sha256, version.data_sha256):
        issued = read_stored(sha256).decode()
        assert said not in issued
        assert "it quotes a number that the small-count rule hides" in issued


def test_only_who_prepares_the_assessment_writes_and_another_partnership_finds_nothing(
    people: People, analysed: Assessment
) -> None:
    problem = problem_of(analysed, "burglary")
    for reader in (people.scorer, people.administrator):
        with pytest.raises(NotAllowed):
            write_sentence(reader, problem, Item.FINDING, "Mine.")
        with pytest.raises(NotAllowed):
            write_side(reader, problem, Side.VICTIM, text="Mine.", evidence="Mine.")
        with pytest.raises(NotAllowed):
            write_entry(reader, problem, REASON)
    base = f"/assessments/{analysed.id}/problems/burglary/profile/"
    reading: Any = signed_in(people.scorer)
    page = reading.get(base)
    assert page.status_code == 200
    assert "Add a likely reason" not in page.content.decode()
    stranger: Any = signed_in(people.stranger)
    for path in ("", "as-read/", "sentences/finding/", "sides/victim/", "reasons/new/", "ask/"):
        assert stranger.get(base + path).status_code == 404, path
        assert reading.get(base + path).status_code == (200 if path in ("", "as-read/") else 403), path
    assert stranger.get(f"/assessments/{analysed.id}/profiles/").status_code == 404


def test_a_problem_whose_profile_is_begun_is_not_taken_out_unseen(people: People, analysed: Assessment) -> None:
    write_entry(people.analyst, problem_of(analysed, "burglary"), REASON)
    with pytest.raises(AssessmentRefused, match="A profile of Burglary has been begun"):
        choose_problems(people.analyst, analysed, ["shoplifting", "domestic-abuse"])


def test_the_pages_take_every_part_and_say_what_is_wrong(people: People, analysed: Assessment) -> None:
    client: Any = signed_in(people.analyst)
    base = f"/assessments/{analysed.id}/problems/burglary/profile/"
    day = {"heard_on_day": "30", "heard_on_month": "6", "heard_on_year": "2026"}
    link = {"other": "shoplifting", "relation": "same-people", "evidence": "Seen."}
    for path, sent, wrong in (
        ("sides/victim/", {"text": "Known.", "evidence": "Seen."}, {"text": "Known.", "evidence": ""}),
        ("responses/new/", {"side": "victim", "what": "Marking", "who": "Police"}, {"side": "victim", "what": ""}),
        ("reasons/new/", {"reason": "Luck.", "confidence": "low"}, {"reason": "Luck.", "confidence": "high"}),
        ("links/new/", link, {**link, "percentage": "38"}),
        ("unknowns/new/", {"what": "How many?"}, {"what": ""}),
        ("voices/new/", {"group": "victims", "theme": "sheds", "sentence": "Yes.", **day}, {"group": "victims"}),
    ):
        assert "There is a problem" in client.post(base + path, wrong).content.decode(), path
        assert client.post(base + path, sent).status_code == 302, path
    page = client.get(base).content.decode()
    for text in ("Known.", "Marking", "Luck.", "Concerns the same people as Shoplifting.", "How many?", "Sheds:"):
        assert text in page, text
    row = LikelyReason.objects.get()
    assert "Luck." in client.get(f"{base}reasons/{row.id}/").content.decode()
    assert client.post(f"{base}reasons/{row.id}/remove/").status_code == 302
    assert not LikelyReason.objects.exists()
    for path in ("sentences/moon/", "sides/moon/", "moons/new/", f"reasons/{row.id}/"):
        assert client.get(base + path).status_code == 404, path
    assert "Gap" in client.get(f"{base}as-read/").content.decode()


def test_the_list_of_profiles_asks_the_same_number_of_questions_however_much_is_written(
    people: People, analysed: Assessment
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            profiles_of(analysed)
        return len(found)

    before = asked()
    for slug in ("burglary", "shoplifting"):
        for _ in range(3):
            write_entry(people.analyst, problem_of(analysed, slug), REASON)
        write_side(people.analyst, problem_of(analysed, slug), Side.VICTIM, text="Known.", evidence="Seen.")
    assert asked() == before
