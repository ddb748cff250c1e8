"""From the paths that a person gave to text that can be read: folders walked, archives unpacked, bytes checked."""

import codecs
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.archives import unpack
from wardmote.analytics.sources.contents import SAMPLE_BYTES, foreign_content, is_zip, utf16_guess
from wardmote.analytics.sources.request import SourceRefused

MAX_FILES: Final = 20_000
_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Skipped:
    """A file that was found and not read, with the reason in words."""

    name: str
    reason: str


@dataclass(frozen=True)
class Found:
    """A file as found: the name that people see (no folder of this machine but its own parent) and where it lies."""

    name: str
    path: Path


@dataclass(frozen=True)
class InputFile:
    """A text file that was checked: `text_path` holds its UTF-8, which is the file itself unless it was converted."""

    name: str
    path: Path
    text_path: Path
    sha256: str
    bytes: int
    encoding: str
    head: str
    # When the system last saw it change; unlike the time that programs show, nobody can set it.
    changed_ns: int


def find_files(
    paths: Sequence[Path], work: Path, *, suffixes: tuple[str, ...]
) -> tuple[tuple[Found, ...], tuple[Skipped, ...]]:
    """Walk folders and unpack archives; return the files that end in one of the suffixes, and those passed over."""
    if not paths:
        raise SourceRefused("No file was given: name a file, a folder or a ZIP archive.")
    found: list[Found] = []
    skipped: list[Skipped] = []
    for number, path in enumerate(paths):
        for one in _expand(path, work / f"archive-{number}", skipped):
            if len(found) >= MAX_FILES:
                raise SourceRefused(f"More than {MAX_FILES:,} files were given: import them in parts.")
            found.append(one)
    wanted: list[Found] = []
    others: list[Found] = []
    for one in found:
        # A single file that was named is wanted whatever its name; its content decides.
        keep = one.path in paths or one.name.lower().endswith(suffixes)
        (wanted if keep else others).append(one)
    skipped.extend(Skipped(one.name, f"not a {' or '.join(suffixes)} file") for one in others)
    return tuple(_with_distinct_names(wanted)), tuple(skipped)


def _expand(path: Path, into: Path, skipped: list[Skipped]) -> Iterator[Found]:
    _check_ordinary(path)
    if path.is_dir():
        for inner in _walk(path):
            if inner.suffix.lower() == ".zip":
                skipped.append(Skipped(inner.name, "an archive inside a folder: name it itself to import it"))
            else:
                yield Found(inner.relative_to(path).as_posix(), inner)
    elif path.suffix.lower() == ".zip":
        yield from _unpacked(path, into)
    else:
        yield Found(path.name, path)


def _unpacked(path: Path, into: Path) -> Iterator[Found]:
    sample = read_sample(path)
    if not is_zip(sample):
        what, advice = foreign_content(sample, expected="csv") or ("not a ZIP archive", "download it again")
        raise SourceRefused(f"{path.name} is {what}, not a ZIP archive: {advice}. Nothing was changed.", file=path.name)
    into.mkdir(parents=True, exist_ok=True)
    for name, target in unpack(path, into):
        if not name.startswith("__MACOSX/"):
            yield Found(name, target)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(parent) / name
                _check_ordinary(path)
                yield path


def _check_ordinary(path: Path) -> None:
    """Refuse what is not a plain file or folder before anything opens it (a pipe would wait for ever)."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        raise SourceRefused(f"There is no file {path.name}: check the name and the folder.", file=path.name) from None
    except OSError as error:
        raise SourceRefused(f"{path.name} cannot be read ({error.strerror}).", file=path.name) from error
    if stat.S_ISLNK(mode):
        raise SourceRefused(f"{path.name} is a link: name the file that it points to.", file=path.name)
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise SourceRefused(f"{path.name} is a device or a pipe, not a file: save the data first.", file=path.name)


def _with_distinct_names(found: list[Found]) -> Iterator[Found]:
    """Show the name alone, and with its folder where two files share it; number what still clashes."""
    short = [one.name.rsplit("/", 1)[-1] for one in found]
    seen: dict[str, int] = {}
    for one, name in zip(found, short, strict=True):
        shown = one.name if short.count(name) > 1 else name
        seen[shown] = seen.get(shown, 0) + 1
        yield Found(shown if seen[shown] == 1 else f"{shown} ({seen[shown]})", one.path)


def read_sample(path: Path) -> bytes:
    """Return the first 64 kB of a file; raises SourceRefused when it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(SAMPLE_BYTES)
    except OSError as error:
        raise SourceRefused(f"{path.name} cannot be opened ({error.strerror}).", file=path.name) from error


def check_files(found: Sequence[Found], work: Path, *, expected: str) -> tuple[InputFile, ...]:
    """Hash every file, refuse what is not text of the `expected` form (`csv`, `json`), convert it to UTF-8."""
    work.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        # Hashing lets go of the interpreter, so two files at a time use two cores.
        tasks = [
            pool.submit(_check_file, one, work / f"text-{number:05}.csv", expected) for number, one in enumerate(found)
        ]
        return tuple(task.result() for task in tasks)


def _check_file(found: Found, converted: Path, expected: str) -> InputFile:
    sample = read_sample(found.path)
    _check_sample(found.name, sample, expected)
    before = found.path.stat()
    digest, is_utf8 = _hash_and_check(found)
    encoding = _encoding(sample, is_utf8=is_utf8)
    text_path = found.path
    if encoding in ("utf-16", "cp1252"):
        convert(found.name, found.path, converted, encoding=encoding)
        text_path = converted
    head = read_sample(text_path).decode("utf-8-sig", errors="replace")
    return InputFile(
        found.name, found.path, text_path, digest, before.st_size, encoding, head, changed_ns=before.st_ctime_ns
    )


def _check_sample(name: str, sample: bytes, expected: str) -> None:
    if not sample.strip():
        raise SourceRefused(f"{name} is empty: download it again. Nothing was changed.", file=name)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    foreign = foreign_content(sample, expected=expected)
    if foreign is not None:
        what, advice = foreign
        wanted = "CSV file" if expected == "csv" else "GeoJSON file"
        raise SourceRefused(f"{name} is {what}, not a {wanted}: {advice}. Nothing was changed.", file=name)
    guess = utf16_guess(sample)
    if guess is not None:
        raise SourceRefused(
            f"{name} looks like {guess} without its mark: open it in a text editor and save it as UTF-8.", file=name
        )


def _hash_and_check(found: Found) -> tuple[str, bool]:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, wide, lines = True, None, 0
    with found.path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            wide = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) if wide is None else wide
            digest.update(chunk)
            at = -1 if wide else chunk.find(b"\0")
            if at >= 0:
                line = lines + chunk.count(b"\n", 0, at) + 1
                raise SourceRefused(
                    f"{found.name} has a zero byte in line {line}, which no table has: download it again.",
                    file=found.name,
                    line=line,
                )
            lines += chunk.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, chunk)
    return digest.hexdigest(), is_utf8 and _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    if chunk.isascii() and not final and decoder.getstate() == (b"", 0):
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(sample: bytes, *, is_utf8: bool) -> str:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(codecs.BOM_UTF8) and is_utf8:
        return "utf-8 with mark"
    return "utf-8" if is_utf8 else "cp1252"


def convert(name: str, source: Path, target: Path, *, encoding: str) -> None:
    """Write a UTF-16 or Windows (cp1252) file again as UTF-8; raises SourceRefused naming the line that is neither."""
    if encoding == "cp1252":
        _check_not_mixed(name, source)
    written = 0
    try:
        with (
            source.open(encoding=encoding, newline="") as text,
            target.open("w", encoding="utf-8", newline="") as out,
        ):
            for content in text:
                out.write(content)
                written += 1
    except UnicodeError as error:
        shown = "UTF-16" if encoding == "utf-16" else "neither UTF-8 nor Windows text"
        raise SourceRefused(
            f"{name} cannot be read as text after line {written} ({shown}): save it again as UTF-8.",
            file=name,
            line=written + 1,
        ) from error


def _check_not_mixed(name: str, source: Path) -> None:
    """Refuse a file that has UTF-8 in one line and another encoding in another: either reading spoils names."""
    first_odd, has_utf8 = 0, False
    with source.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                has_utf8 = True
            except UnicodeDecodeError:
                first_odd = first_odd or number
    if has_utf8:
        raise SourceRefused(
            f"{name} mixes two encodings; line {first_odd} is not UTF-8 while others are: save it again as UTF-8.",
            file=name,
            line=first_odd,
        )


def check_unchanged(files: Sequence[InputFile]) -> None:
    """Refuse when a file was changed between hashing and the end of reading."""
    for file in files:
        try:
            now = file.path.stat()
        except OSError:
            now = None
        if now is None or (now.st_size, now.st_ctime_ns) != (file.bytes, file.changed_ns):
            raise SourceRefused(f"{file.name} changed while it was being read: import it again.", file=file.name)
