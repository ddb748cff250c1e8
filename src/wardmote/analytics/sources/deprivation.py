"""Deprivation of small areas: rank and decile of each LSOA of England, overall and by domain; 1 is the most deprived.

Source: English Indices of Deprivation, Ministry of Housing, Communities and Local Government. Ranks of two editions do
not tell whether a place became poorer, for they are of other areas and other indicators.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.numbers import count_in
from wardmote.analytics.sources.ons.source import (
    RowRejected,
    Table,
    check_taken,
    checked_code,
    open_tables,
    source_file,
    take_rows,
)
from wardmote.analytics.sources.release import (
    OGL,
    SAMPLE_ATTRIBUTION,
    SAMPLE_LICENCE,
    SAMPLE_PUBLISHER,
    finish,
    open_rejects,
    release_folder,
    write_rows,
)
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.manifest import JSON, Manifest, release_digest
from wardmote.analytics.warehouse.schema import DEPRIVATION

READER: Final = "deprivation/1"
PUBLISHER: Final = "Ministry of Housing, Communities and Local Government"
ATTRIBUTION: Final = (
    "Source: Ministry of Housing, Communities and Local Government, English Indices of Deprivation, licensed under the "
    "Open Government Licence v3.0."
)
# How each domain begins in the publisher's headings and in the shorter ones of others.
_DOMAINS: Final = {
    "overall": ("indexofmultipledeprivationimd", "imd"),
    "income": ("income",),
    "employment": ("employment",),
    "education": ("educationskillsandtraining", "education"),
    "health": ("healthdeprivationanddisability", "health"),
    "crime": ("crime",),
    "housing and services": ("barrierstohousingandservices", "housingandservices", "housingandaccess"),
    "living environment": ("livingenvironment", "environment"),
}
_BY_WORD: Final = {word: domain for domain, words in _DOMAINS.items() for word in words}
_COLUMN: Final = re.compile(
    rf"(?P<word>{'|'.join(sorted(_BY_WORD, key=len, reverse=True))})(?P<what>rank|decile|score)(?:rate)?(?:where1.*)?"
)
_CODE: Final = re.compile(r"lsoa(?:20)?(?P<before>11|21)?(?:code|cd)(?:20)?(?P<after>11|21)?")
_YEAR: Final = re.compile(r"(?:iod|imd|indices)[^0-9]{0,20}(20\d\d)", re.IGNORECASE)
_DECILES: Final = 10
_Record = tuple[str, str, int, int, Decimal | None]


@dataclass(frozen=True)
class _Plan:
    """Where a file has the code and, by domain, rank, decile and score; the census of its LSOAs and its own year."""

    table: Table
    code: int
    domains: Mapping[str, Mapping[str, int]]
    census: str
    year: int

    @property
    def mapping(self) -> dict[str, str]:
        cells = self.table.header.cells
        named = {f"{domain} {what}": at for domain, found in self.domains.items() for what, at in found.items()}
        return {cells[at].strip("\ufeff"): ours for ours, at in {"lsoa_code": self.code, **named}.items()}


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read each edition of the indices into one prepared release; raises SourceRefused where a file is none."""
    return tuple(_prepare(request, _plan(request, table)) for table in open_tables(request))


def is_deprivation_header(headers: Sequence[str]) -> bool:
    """Say whether a header has LSOA codes with rank and decile of at least one domain."""
    return _code_at(headers) is not None and bool(_domains(headers))


def _code_at(headers: Sequence[str]) -> tuple[int, str] | None:
    """Return where the codes of LSOAs stand, and the census they are of, empty where the heading does not say."""
    for at, header in enumerate(headers):
        match = _CODE.fullmatch(fold(header))
        if match:
            year = match["before"] or match["after"]
            return at, f"20{year}" if year else ""
    return None


def _domains(headers: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return by domain where rank, decile and score stand; a domain without rank and decile is left out."""
    found: dict[str, dict[str, int]] = {}
    for at, header in enumerate(headers):
        match = _COLUMN.fullmatch(fold(header))
        if match:
            found.setdefault(_BY_WORD[match["word"]], {})[match["what"]] = at
    return {domain: places for domain, places in found.items() if {"rank", "decile"} <= set(places)}


def _plan(request: ReadRequest, table: Table) -> _Plan:
    name, headers = table.source.name, table.header.cells
    code, domains = _code_at(headers), _domains(headers)
    if code is None or not domains:
        raise SourceRefused(
            f"{name} lacks the columns of the Indices of Deprivation: LSOA codes, and a rank and a decile. "
            "Nothing was changed.",
            file=name,
            line=1,
        )
    match = _YEAR.search(name)
    year = int(match[1]) if match else request.year
    if year is None:
        raise SourceRefused(
            f"{name} does not say in its name which edition it is: give the year, for example --year 2019.", file=name
        )
    # Editions up to 2019 are of the LSOAs of 2011.
    census = code[1] or ("2011" if year < 2025 else "2021")
    return _Plan(table, code[0], domains, census, year)


def _prepare(request: ReadRequest, plan: _Plan) -> Outcome:
    dataset = f"deprivation-{plan.year}"
    release = release_digest(
        dataset=dataset,
        input_hashes=[plan.table.source.sha256],
        mapping=plan.mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(dataset, release)
    folder = release_folder(request, release, dataset)
    rejects = open_rejects(folder)
    seen: set[str] = set()
    records, rows = take_rows(plan.table, rejects, lambda cells: list(_records(plan, cells, seen)))
    rejects.close()
    check_taken(len(records), rejects)
    write_rows(folder, records, DEPRIVATION)
    return finish(request, folder, _manifest(request, plan, release, (len(seen), rows, rejects)))


def _records(plan: _Plan, cells: list[str], seen: set[str]) -> Iterator[_Record]:
    headers = plan.table.header.cells
    code = checked_code(cells[plan.code], headers[plan.code])
    if code is None or code in seen:
        raise RowRejected(headers[plan.code], f"{code} stands in an earlier row" if code else "no code", kind="LSOA")
    read = [_of_domain(plan, cells, domain, code) for domain in plan.domains]
    seen.add(code)
    yield from read


def _of_domain(plan: _Plan, cells: list[str], domain: str, code: str) -> _Record:
    places, headers = plan.domains[domain], plan.table.header.cells
    rank, decile = (_place(cells[places[what]], headers[places[what]]) for what in ("rank", "decile"))
    if decile > _DECILES:
        raise RowRejected(headers[places["decile"]], f"{decile} is no decile", kind="not a decile")
    return code, domain, rank, decile, _score(cells[places["score"]]) if "score" in places else None


def _place(cell: str, header: str) -> int:
    try:
        found = count_in(cell)
    except ValueError as error:
        raise RowRejected(header, str(error), kind="not a whole number") from error
    if not found:
        raise RowRejected(header, "no rank or decile", kind="not a whole number")
    return found


def _score(cell: str) -> Decimal | None:
    try:
        return Decimal(cell.strip())
    except InvalidOperation:
        return None


def _manifest(request: ReadRequest, plan: _Plan, release: str, taken: tuple[int, int, RejectList]) -> Manifest:
    codes, rows, rejects = taken
    sample = request.is_sample
    quality: dict[str, JSON] = {
        "lsoa_codes": codes,
        "domains": list[JSON](sorted(plan.domains)),
        "rejected_by_reason": dict(sorted(rejects.by_reason.items())),
    }
    return Manifest(
        kind="deprivation",
        dataset=f"deprivation-{plan.year}",
        release=release,
        publisher=SAMPLE_PUBLISHER if sample else PUBLISHER,
        licence=SAMPLE_LICENCE if sample else OGL,
        attribution=SAMPLE_ATTRIBUTION if sample else ATTRIBUTION,
        title=f"English Indices of Deprivation {plan.year}, by LSOA of {plan.census}",
        area="England",
        is_sample=sample,
        files=(source_file(plan.table, rows),),
        period_from=str(plan.year),
        period_to=str(plan.year),
        months=(),
        rows_read=rows,
        rows_accepted=rows - rejects.total,
        rows_rejected=rejects.total,
        quality=quality,
        editions={"lsoa": plan.census},
        reader=READER,
        mapping=plan.mapping,
    )
