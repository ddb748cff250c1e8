"""What the public pages show: the frozen page with the addresses of its figures put in, and its other forms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wardmote.definitions import release_kind
from wardmote.partnership.documents.queries import read_stored
from wardmote.printing import html
from wardmote.strategy.assessment.models import Assessment, PartnerQuestion
from wardmote.strategy.assessment.presenters.outline import changed_since
from wardmote.strategy.assessment.presenters.profile import begun_rows, stale_rows
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.approval import Difference, last_approval, what_stands_against
from wardmote.strategy.assessment.queries.figures import METHOD_PAGES, printed_value
from wardmote.strategy.assessment.queries.partners import question_view
from wardmote.strategy.assessment.queries.profile import profiles_of, public_profiles
from wardmote.strategy.assessment.queries.route import RouteStep, route_of
from wardmote.strategy.assessment.reports.board import approved_words
from wardmote.strategy.assessment.rules.profile import QuestionState

from .models import PublishedApproval, PublishedVersion, PublishedWard, VersionNotice
from .queries import FIGURE_PLACEHOLDER, next_number
from .queries.disclosure import public_analysis
from .reports.figures import figure_blocks
from .rules import NOTICE_WORDS, NoticeKind


@dataclass(frozen=True)
class Form:
    """A printed form of a version: the field with its hash, its type, and what its link says."""

    field: str
    media_type: str
    words: str


MOST_ENTRIES = 100
_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "pdf": Form("pdf_sha256", "application/pdf", "PDF"),
    "docx": Form("docx_sha256", f"{_OFFICE}.wordprocessingml.document", "Word document (DOCX)"),
    "xlsx": Form("xlsx_sha256", f"{_OFFICE}.spreadsheetml.sheet", "all tables as a workbook (XLSX)"),
    "json": Form("data_sha256", "application/json", "data file (JSON)"),
}


def forms_of(version: PublishedVersion) -> list[dict[str, Any]]:
    """Return the forms in which a version can be downloaded."""
    place = [version.partnership.slug, version.number]
    return [
        {"words": form.words, "url": reverse(f"publishing:file-{extension}", args=place)}
        for extension, form in FORMS.items()
        if getattr(version, form.field)
    ]


def page_of(version: PublishedVersion) -> SafeString:
    """Return the frozen page; the printer escaped all text, and only its own links are changed."""
    return _with_addresses(version, version.html_sha256)


def page_of_ward(version: PublishedVersion, ward: PublishedWard) -> SafeString:
    """Return the frozen page of a ward."""
    return _with_addresses(version, ward.html_sha256)


def _with_addresses(version: PublishedVersion, sha256: str) -> SafeString:
    base = reverse("publishing:version", args=[version.partnership.slug, version.number])
    frozen = read_stored(sha256).decode()
    return mark_safe(frozen.replace(f'href="{FIGURE_PLACEHOLDER}', f'href="{base}figures/'))  # noqa: S308


def ward_row(ward: PublishedWard) -> dict[str, str]:
    """Return a ward as the list of wards shows it."""
    place = ward.version.partnership
    url = reverse("publishing:ward", args=[place.slug, ward.version.number, ward.code])
    return {"name": ward.name, "partnership": place.name, "url": url}


def status_of(version: PublishedVersion) -> dict[str, str]:
    """Return in a word what a version is worth today, with the colour of its tag."""
    said = {notice.kind: notice for notice in version.notices.all()}
    if NoticeKind.WITHDRAWN in said:
        return {"text": "Withdrawn", "colour": "red"}
    for kind in (NoticeKind.CORRECTED, NoticeKind.REPLACED):
        if kind in said:
            successor = said[kind].successor
            return {
                "text": f"{NOTICE_WORDS[kind]} by version {successor.number if successor else ''}",
                "colour": "yellow",
            }
    return {"text": "Issued", "colour": "green"}


def list_rows(versions: Iterable[PublishedVersion]) -> list[dict[str, Any]]:
    """Return the rows of the list of everything issued."""
    return [{"version": version, "status": status_of(version)} for version in versions]


def notices_shown(version: PublishedVersion) -> list[dict[str, Any]]:
    """Return what stands above a version: the newest notice first."""
    return [_notice(notice, version) for notice in version.notices.all()]


def _notice(notice: VersionNotice, version: PublishedVersion) -> dict[str, Any]:
    successor = notice.successor
    url = reverse("publishing:version", args=[version.partnership.slug, successor.number]) if successor else ""
    rows = [("What was wrong", notice.wrong), ("What is right", notice.right), ("Who was told", _told(notice))]
    day = date_format(timezone.localtime(notice.given_at), "j F Y")
    return {
        "title": f"{NOTICE_WORDS[NoticeKind(notice.kind)]} on {day}",
        "successor": successor,
        "url": url,
        "rows": [{"key": key, "value": value} for key, value in rows if value],
        "by": notice.given_by_post,
    }


def _told(notice: VersionNotice) -> str:
    return f"{notice.told} (on {date_format(notice.told_on, 'j F Y')})"


def before_publishing(assessment: Assessment) -> dict[str, Any]:
    """Return what someone has to know before an assessment becomes public."""
    analysis = analysis_of(assessment) or {}
    problems = assessment.problems.select_related("decision")
    undecided = [problem.title for problem in problems if not hasattr(problem, "decision")]
    approval = last_approval(assessment)
    return {
        "assessment": assessment,
        "number": next_number(assessment.partnership),
        "latest": assessment.partnership.published.order_by("-number").first(),
        "forms": [form.words for form in FORMS.values()],
        "undecided": undecided,
        "approved": approved_words(approval) if approval else "",
        "against": what_stands_against(assessment),
        "changed": changed_since(assessment),
        "to_decide": [_planned_words(step) for step in route_of(assessment) if step.planned_on and not step.is_done],
        "notes": [problem.title for problem in problems if problem.note],
        **_of_profiles(assessment, analysis),
        "period": analysis.get("period", {}).get("words", ""),
        "is_sample": assessment.partnership.is_sample,
    }


def _planned_words(step: RouteStep) -> str:
    """Return a body that has not approved: what it decided, or when it meets."""
    return f"{step.body} ({step.planned_on:%-d %B %Y})" if step.approval is None else approved_words(step.approval)


def _of_profiles(assessment: Assessment, analysis: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of the profiles has to be looked at: free text, flags, gaps, hidden numbers, open questions."""
    begun = {slug: one for slug, one in profiles_of(assessment).items() if one.written.is_anything}
    public = public_profiles(assessment, public_analysis(analysis)) if begun and analysis else {}
    waiting = PartnerQuestion.objects.filter(problem__assessment=assessment).select_related("agency", "problem")
    return {
        "profiles": [one.title for one in begun.values()],
        "gaps": [f"{row['title']} ({'; '.join(row['missing'])})" for row in begun_rows(assessment) if row["missing"]],
        "stale": stale_rows(assessment),
        "withheld": [one.title for slug, one in public.items() if slug in begun and one.withheld],
        "unanswered": [
            f"{one.agency.name} on {one.problem.title}"
            for one in waiting.prefetch_related("paragraphs")
            if question_view(one, today=timezone.localdate()).state is not QuestionState.ACCEPTED
        ],
    }


def approval_shown(version: PublishedVersion, *, may_see_draft: bool) -> dict[str, Any] | None:
    """Return what is said of a version's approval; the lines of the draft are shown to those who issue alone.

    Versions issued before approvals were recorded have none.
    """
    found = PublishedApproval.objects.filter(version=version).select_related("approval").first()
    if found is None:
        return None
    places = len(found.differences)
    same = "The text is the approved one, to the comma."
    differs = f"Its text differs from the approved one in {places} place{'s' if places > 1 else ''}."
    shown = [Difference(tuple(before), tuple(now)) for before, now in found.differences] if may_see_draft else []
    return {"words": approved_words(found.approval), "said": differs if places else same, "differences": shown}


def feed_of(versions: Iterable[PublishedVersion], *, title: str, site: str, address: str) -> str:
    """Return the feed of what became of documents, newest first; `site` is the start of every address."""
    feed = Rss201rev2Feed(
        title=title,
        link=site + reverse("publishing:list"),
        description="Documents that were issued, corrected, replaced or withdrawn.",
        language="en-GB",
        feed_url=site + address,
    )
    entries = sorted((entry for version in versions for entry in _entries(version)), key=lambda e: e["pubdate"])
    for entry in reversed(entries[-MOST_ENTRIES:]):
        entry["link"] = site + entry["link"]
        feed.add_item(unique_id_is_permalink=False, **entry)
    return str(feed.writeString("utf-8"))


def _entries(version: PublishedVersion) -> list[dict[str, Any]]:
    """Return one entry for the issue of a version and one for each notice on it."""
    link = reverse("publishing:version", args=[version.partnership.slug, version.number])
    name = f"{version.partnership.name}: {version.title}, version {version.number}"
    day = date_format(version.as_at, "j F Y")
    issued = {"title": f"Issued: {name}", "description": f"As at {day}. Issued by {version.issued_by_post}."}
    said = [
        {
            "title": f"{NOTICE_WORDS[NoticeKind(notice.kind)]}: {name}",
            "description": " ".join(f"{row['key']}: {row['value']}" for row in _notice(notice, version)["rows"]),
            "pubdate": notice.given_at,
            "unique_id": f"{link}#{notice.kind}",
        }
        for notice in version.notices.all()
    ]
    return [{"link": link, **one} for one in ({**issued, "pubdate": version.issued_at, "unique_id": link}, *said)]


def contents_of(version: PublishedVersion) -> SafeString:
    """Return links to the sections of a frozen page, for its beginning."""
    sections = re.findall(r'<h2 class="[^"]*" id="([^"]+)">(.*?)</h2>', read_stored(version.html_sha256).decode())
    rows = [format_html('<li><a class="govuk-link" href="#{}">{}</a></li>', anchor, mark_safe(words))  # noqa: S308
            for anchor, words in sections]  # fmt: skip
    head = format_html('<h2 class="govuk-heading-s">{}</h2>', "Contents")
    return format_html(
        '<nav aria-label="Contents">{}<ol class="govuk-list">{}</ol></nav>', head, SafeString("".join(rows))
    )


def about_figure(found: Mapping[str, Any], analysis: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a figure counts and what not, whether it may still change, and where its method stands."""
    cited = {release for _, release in found["releases"]}
    sources = [source for source in analysis["sources"] if source["release"] in cited]
    known = [release_kind(kind) for kind in dict.fromkeys(source["kind"] for source in sources)]
    telling = [one for one in known if one.counted]
    said = [source for source in sources if release_kind(source["kind"]).counted]
    # Road safety is no problem that is scored: its figures say themselves what they count.
    definition = next((one for one in analysis["problems"] if one["slug"] == found["problem"]), None)
    described = [definition["description"]] if definition else [found["title"]]
    return {
        "value": printed_value(found),
        "counted": [*described, *(text for one in telling for text in one.counted)],
        "not_counted": [text for one in telling for text in one.not_counted],
        "status": "provisional" if any(_may_change(source) for source in said) else "final",
        "status_words": list(dict.fromkeys(_status_words(source) for source in said)),
        "caveats": list(dict.fromkeys(source["caveat"] for source in sources if source.get("caveat"))),
        "more_found": bool(definition and definition["police_generated"]),
        "small_counts": analysis.get("disclosure", {}).get("words", []),
        "method": METHOD_PAGES[found["measure"]],
        "licences": list(dict.fromkeys(source["attribution"] for source in sources)),
    }


def _may_change(source: Mapping[str, Any]) -> bool:
    """Tell whether figures are provisional: as whoever accepted them said, or else as their kind usually is."""
    return (source.get("status") or release_kind(source["kind"]).status) == "provisional"


def _status_words(source: Mapping[str, Any]) -> str:
    kind = release_kind(source["kind"])
    is_validated = source.get("status") == "validated" and kind.status == "provisional"
    return "The publisher has validated these figures." if is_validated else kind.status_words


def beside_figure(version: PublishedVersion, analysis: Mapping[str, Any], key: str) -> SafeString:
    """Return how a figure moved, its months and its warning; the printer escapes all text."""
    place = [version.partnership.slug, version.number]
    blocks = figure_blocks(analysis, key)
    body = html.render_blocks(blocks, figure_url=lambda of: reverse("publishing:figure", args=[*place, of]))
    return mark_safe(body if blocks else "")  # noqa: S308


def priority_of(version: PublishedVersion, slug: str) -> dict[str, str] | None:
    """Return what was printed about a problem that is a priority."""
    return next((one for one in version.priorities if one["slug"] == slug), None)
