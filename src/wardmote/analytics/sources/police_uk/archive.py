"""Fetching a force's months from the archive of data.police.uk: one file for each month's publication, all forces.

Source: https://data.police.uk/data/archive/ lists them at addresses like https://data.police.uk/data/archive/2024-10.zip,
each with its MD5. An archive holds the months up to the one it is named after, 36 of them (those up to April 2017: all
since December 2010), about 1.7 GB, as YYYY-MM/YYYY-MM-FORCE-street.csv, -outcomes.csv and -stop-and-search.csv.
"""

import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.archives import checked_entries
from wardmote.analytics.sources.download import Absent, Downloaded, Line, discard, download_zip, held_file, read_page
from wardmote.analytics.sources.police_uk.layout import OUTCOMES, STOPS, STREET
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.warehouse.folders import remove_tree, sync_file, sync_names
from wardmote.foundations.periods import Month, Period

ARCHIVES: Final = "https://data.police.uk/data/archive/"
FIRST_MONTH: Final = Month(2010, 12)
KINDS: Final[Mapping[str, str]] = {
    "police-uk": STREET,
    "police-uk-outcomes": OUTCOMES,
    "police-uk-stops": STOPS,
}
# All forces of three years: 1.7 GB packed, some 12 GB unpacked, in about 4,700 files.
MAX_BYTES_OUT: Final = 60_000_000_000
_FORCE: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_MEMBER: Final = re.compile(
    r"(?:.*/)?(?P<month>\d{4}-(?:0[1-9]|1[0-2]))-(?P<force>[a-z-]+?)-(?P<kind>street|outcomes|stop-and-search)\.csv"
)


@dataclass(frozen=True)
class FetchRequest:
    """What to fetch: a force by its short name, months, kinds of data (keys of KINDS), and the folder to keep it in."""

    force: str
    period: Period
    kinds: tuple[str, ...]
    folder: Path
    address: str = ARCHIVES


@dataclass(frozen=True)
class Fetched:
    """The archives used, a folder of the force's files for each kind, and the months that no archive had, by kind."""

    archives: tuple[Downloaded, ...]
    folders: Mapping[str, Path]
    lacking: Mapping[str, tuple[Month, ...]]


@dataclass(frozen=True)
class _Archive:
    """One archive: the months and forces in it, and the names of the files wanted of it, by kind and month."""

    file: Downloaded
    months: frozenset[Month]
    forces: frozenset[str]
    wanted: Mapping[tuple[str, Month], str]


def fetch(request: FetchRequest, line: Line) -> Fetched:
    """Fetch the archives that hold a force's months, newest first, and take only that force's files out of them.

    An archive that is here whole is not fetched again. Raises SourceRefused with a sentence; then nothing that an
    earlier call brought is changed, and what arrived of an archive is kept for the next.
    """
    _check(request, line)
    missing = set(request.period)
    archives: list[_Archive] = []
    while missing:
        month = max(missing)
        one = _here(request, month) or _archive(request, month, line)
        archives.append(one)
        # Later months win: a newer archive has what the force corrected since. A month that an archive spans and that
        # the force is not in was not given.
        first = min(one.months, default=month)
        missing = {earlier for earlier in missing if earlier < min(first, month)}
    found = _sorted_out(archives)
    _check_found(request, found)
    folders = _taken_out(request, found)
    lacking = {kind: tuple(month for month in request.period if (kind, month) not in found) for kind in request.kinds}
    return Fetched(tuple(one.file for one in archives), folders, lacking)


def _check(request: FetchRequest, line: Line) -> None:
    if _FORCE.fullmatch(request.force) is None:
        raise SourceRefused(f"“{request.force}” is not a force's short name: write it like leicestershire or btp.")
    if request.period.first < FIRST_MONTH:
        raise SourceRefused("data.police.uk begins with 2010-12: ask from that month on.")
    if request.period.last >= Month.of(line.now().date()):
        raise SourceRefused(
            f"{request.period.last} has not ended yet, and data.police.uk publishes a month weeks after."
        )


def checksums(page: str) -> dict[Month, str]:
    """Read each archive's MD5 from the publisher's list: the first one between its link and the next archive's.

    A hash with a number of parts after it, which the list shows for some, is no MD5.
    """
    found: dict[Month, str] = {}
    links = list(re.finditer(r"archive/(\d{4}-\d{2})\.zip", page))
    for at, link in enumerate(links):
        until = links[at + 1].start() if at + 1 < len(links) else len(page)
        md5 = re.search(r"\b[0-9a-f]{32}\b(?!-)", page[link.end() : until])
        if md5:
            found.setdefault(Month.parse(link[1]), md5[0])
    return found


def _here(request: FetchRequest, month: Month) -> _Archive | None:
    """Return the newest archive in the folder that spans a month, so that nothing is fetched for what is here."""
    for path in sorted(request.folder.glob("????-??.zip"), reverse=True):
        if path.stem >= str(month):
            one = held_file(path, f"{request.address}{path.name}")
            listed = None if one is None else _opened(request, one)
            if listed is not None and month in listed.months:
                return listed
    return None


def _archive(request: FetchRequest, month: Month, line: Line) -> _Archive:
    target, address = request.folder / f"{month}.zip", f"{request.address}{month}.zip"
    md5 = "" if target.is_file() else checksums(read_page(request.address, line)).get(month, "")
    try:
        one = download_zip(address, target, line, md5=md5)
    except Absent as absent:
        raise SourceRefused(
            f"data.police.uk has no archive of {month.words()} ({address}): it is not published yet, or no longer. "
            "Ask up to an earlier month. Nothing was changed.",
            file=target.name,
        ) from absent
    return _opened(request, one)


def _opened(request: FetchRequest, one: Downloaded) -> _Archive:
    try:
        return _listed(request, one)
    except zipfile.BadZipFile as error:
        raise _damaged(one.path, error) from error


def _listed(request: FetchRequest, one: Downloaded) -> _Archive:
    with zipfile.ZipFile(one.path) as archive:
        entries = checked_entries(one.path.name, archive.infolist(), max_bytes=MAX_BYTES_OUT)
    matches = [match for entry in entries if (match := _MEMBER.fullmatch(entry.filename))]
    kinds = {KINDS[kind]: kind for kind in request.kinds}
    wanted = {
        (kinds[match["kind"]], month): match.string
        for match in matches
        if match["force"] == request.force
        and match["kind"] in kinds
        and (month := Month.parse(match["month"])) in request.period
    }
    forces = frozenset(match["force"] for match in matches)
    if request.force not in forces:
        raise SourceRefused(
            f"{one.path.name} has no file of a force “{request.force}”. It has: {', '.join(sorted(forces)) or 'none'}."
        )
    return _Archive(one, frozenset(Month.parse(match["month"]) for match in matches), forces, wanted)


def _sorted_out(archives: list[_Archive]) -> dict[tuple[str, Month], tuple[Path, str]]:
    """Say for each kind and month in which archive its file lies and how it is called there; the newest wins."""
    found: dict[tuple[str, Month], tuple[Path, str]] = {}
    for one in archives:
        for key, name in one.wanted.items():
            found.setdefault(key, (one.file.path, name))
    return found


def _check_found(request: FetchRequest, found: Mapping[tuple[str, Month], tuple[Path, str]]) -> None:
    if not found:
        raise SourceRefused(
            f"The archives have nothing of {request.force} for {request.period.words()}: the force gave nothing for "
            "these months. Ask for others. Nothing was changed."
        )


def _taken_out(request: FetchRequest, found: Mapping[tuple[str, Month], tuple[Path, str]]) -> dict[str, Path]:
    """Write the files wanted into a folder for each kind; a folder has its name only when every file in it is whole."""
    folder = request.folder / f"{request.force}_{request.period.first}_{request.period.last}"
    folder.mkdir(exist_ok=True)
    made = {}
    for kind in dict.fromkeys(kind for kind, _ in sorted(found)):
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            for (one, month), (path, name) in found.items():
                if one == kind:
                    _take_out(path, name, new / f"{month}-{request.force}-{KINDS[kind]}.csv")
            made[kind] = _named(new, folder / kind)
        finally:
            remove_tree(new)
    return made


def _take_out(path: Path, name: str, target: Path) -> None:
    try:
        # Reading to the end compares the length and the CRC-32 that the archive states.
        with zipfile.ZipFile(path) as archive, archive.open(name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _damaged(path, error) from error
    sync_file(target)


def _named(new: Path, final: Path) -> Path:
    remove_tree(final)
    new.chmod(0o755)
    new.rename(final)
    sync_names(final.parent)
    return final


def _damaged(path: Path, error: Exception) -> SourceRefused:
    discard(path)
    return SourceRefused(
        f"{path.name} came as long as announced and is no whole archive ({error}): the publisher's file is damaged. "
        "It was thrown away; ask again later.",
        file=path.name,
    )
