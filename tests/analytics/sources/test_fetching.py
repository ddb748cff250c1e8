"""A force's months from the archive: whole or not at all, whatever the line and the publisher do."""

import datetime as dt
import fcntl
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.analytics.sources.archive_server import KINDS, Publisher, archive_of, publisher, street
from wardmote.analytics.sources.download import Line, session
from wardmote.analytics.sources.police_uk import Fetched, FetchRequest, fetch
from wardmote.analytics.sources.police_uk.archive import checksums
from wardmote.analytics.sources.request import SourceRefused
from wardmote.foundations.periods import Month, Period

FORCES = ["ashcombe", "millbrook"]
NOW = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)


@dataclass
class Desk:
    """A person who fetches, with a clock that does not wait."""

    server: Publisher
    folder: Path
    waited: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def fetch(
        self, first: str, last: str, *, force: str = "ashcombe", kinds: tuple[str, ...] = ("police-uk",)
    ) -> Fetched:
        with session() as one:
            line = Line(one, sleep=self.waited.append, now=lambda: NOW, progress=self.tell, pause_seconds=1)
            period = Period(Month.parse(first), Month.parse(last))
            return fetch(FetchRequest(force, period, kinds, self.folder, self.server.url), line)

    def tell(self, words: str, done: int, total: int) -> None:
        self.told.append(words)

    def refused(self, first: str = "2024-02", last: str = "2024-02", *, force: str = "ashcombe") -> str:
        with pytest.raises(SourceRefused) as refusal:
            self.fetch(first, last, force=force)
        return refusal.value.message

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir() if not path.name.endswith(".lock")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with publisher({"2024-02": archive_of(["2024-01", "2024-02"], FORCES)}) as server:
        yield Desk(server, tmp_path / "fetched")


def test_only_the_files_of_the_force_and_the_months_asked_for_are_taken_out(desk: Desk) -> None:
    fetched = desk.fetch("2024-01", "2024-02")
    files = sorted(fetched.folders["police-uk"].iterdir())
    assert [path.name for path in files] == ["2024-01-ashcombe-street.csv", "2024-02-ashcombe-street.csv"]
    assert files[1].read_text() == street("2024-02", "ashcombe")
    (one,) = fetched.archives
    assert one.sha256 == hashlib.sha256(desk.server.files["2024-02"]).hexdigest()
    assert one.md5 == desk.server.md5["2024-02"]
    record = json.loads((desk.folder / "2024-02.zip.json").read_text())
    assert (record["sha256"], record["bytes"]) == (one.sha256, len(desk.server.files["2024-02"]))


def test_the_publisher_is_told_who_asks_and_is_left_a_pause_between_requests(desk: Desk) -> None:
    desk.fetch("2024-02", "2024-02")
    assert all(headers["User-Agent"].startswith("Wardmote") for _, headers in desk.server.asked)
    assert desk.waited == [1, 1]


def test_an_archive_that_is_here_whole_is_not_asked_for_again(desk: Desk) -> None:
    desk.fetch("2024-02", "2024-02")
    asked = len(desk.server.asked)
    again = desk.fetch("2024-01", "2024-02", force="millbrook")
    assert again.archives[0].held_already
    assert len(desk.server.asked) == asked


def test_a_later_archive_that_is_here_gives_earlier_months_too(desk: Desk) -> None:
    desk.fetch("2024-02", "2024-02")
    asked = len(desk.server.asked)
    fetched = desk.fetch("2024-01", "2024-01")
    assert [one.path.name for one in fetched.archives] == ["2024-02.zip"]
    assert [path.name for path in fetched.folders["police-uk"].iterdir()] == ["2024-01-ashcombe-street.csv"]
    assert len(desk.server.asked) == asked


def test_an_archive_that_was_changed_on_this_machine_is_fetched_anew(desk: Desk) -> None:
    desk.fetch("2024-02", "2024-02")
    path = desk.folder / "2024-02.zip"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not desk.fetch("2024-02", "2024-02").archives[0].held_already
    assert path.read_bytes() == desk.server.files["2024-02"]


def test_a_line_that_breaks_half_way_goes_on_where_it_stopped(desk: Desk) -> None:
    desk.server.faults = ["drops"]
    fetched = desk.fetch("2024-02", "2024-02")
    first, second = desk.server.downloads
    assert "Range" not in first
    assert int(second["Range"].removeprefix("bytes=").rstrip("-")) > 50_000
    assert second["If-Range"] == desk.server.etag("2024-02")
    assert fetched.archives[0].path.read_bytes() == desk.server.files["2024-02"]


def test_the_next_command_goes_on_where_one_that_gave_up_stopped(desk: Desk) -> None:
    desk.server.faults = ["drops", *["503"] * 6]
    assert "the publisher answered 503, 6 times running: ask again later; what arrived is kept" in desk.refused()
    assert desk.names() == {"2024-02.zip.part", "2024-02.zip.part.json"}
    fetched = desk.fetch("2024-02", "2024-02")
    assert "Range" in desk.server.downloads[-1]
    assert fetched.archives[0].path.read_bytes() == desk.server.files["2024-02"]
    assert not any(name.endswith((".part", ".part.json")) for name in desk.names())


@pytest.mark.parametrize("fault", ["ignores range", "changed"])
def test_a_publisher_that_cannot_go_on_is_asked_for_the_whole(desk: Desk, fault: str) -> None:
    desk.server.md5 = {}
    desk.server.faults = ["drops", fault]
    fetched = desk.fetch("2024-02", "2024-02")
    assert fetched.archives[0].path.read_bytes() == desk.server.files["2024-02"]


def test_a_file_that_changed_while_the_publisher_went_on_with_it_is_begun_anew(desk: Desk) -> None:
    desk.server.faults = ["drops", *["503"] * 6]
    desk.refused()
    begun = desk.folder / "2024-02.zip.part.json"
    begun.write_text(begun.read_text().replace(str(len(desk.server.files["2024-02"])), "999999"))
    fetched = desk.fetch("2024-02", "2024-02")
    assert any("changed meanwhile" in words for words in desk.told)
    assert fetched.archives[0].path.read_bytes() == desk.server.files["2024-02"]


def test_without_anything_to_tell_editions_apart_a_part_is_not_gone_on_with(desk: Desk) -> None:
    desk.server.etag_style = "none"
    desk.server.faults = ["drops"]
    fetched = desk.fetch("2024-02", "2024-02")
    assert all("Range" not in headers for headers in desk.server.downloads)
    assert fetched.archives[0].path.read_bytes() == desk.server.files["2024-02"]


@pytest.mark.parametrize(
    ("fault", "rest"), [("429 7", 7), ("503 Sun, 01 Sep 2024 00:00:30 GMT", 30), ("503", 2), ("503 soon", 2)]
)
def test_a_publisher_who_asks_for_a_rest_has_it(desk: Desk, fault: str, rest: float) -> None:
    desk.server.faults = [fault]
    desk.fetch("2024-02", "2024-02")
    assert rest in desk.waited


def test_each_try_that_brings_nothing_waits_twice_as_long(desk: Desk) -> None:
    desk.server.faults = ["503"] * 6
    desk.refused()
    assert desk.waited == [1, 2, 4, 8, 16, 32]
    assert len(desk.server.downloads) == 6


def test_a_rest_of_hours_is_left_to_the_person(desk: Desk) -> None:
    desk.server.faults = ["429 7201"]
    assert "the publisher asks to wait 121 minutes: ask again then" in desk.refused()
    assert sum(desk.waited) == 1


def test_a_month_not_yet_published_is_said(desk: Desk) -> None:
    message = desk.refused("2024-02", "2024-06")
    assert message.startswith("data.police.uk has no archive of June 2024")
    assert "Ask up to an earlier month" in message
    assert desk.names() == set()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("2024-02", "2024-09", "2024-09 has not ended yet"), ("2010-11", "2024-02", "begins with 2010-12")],
)
def test_months_that_cannot_be_there_are_not_asked_for(desk: Desk, first: str, last: str, words: str) -> None:
    assert words in desk.refused(first, last)
    assert desk.server.asked == []


@pytest.mark.parametrize("force", ["../../etc", "Ashcombe", "ashcombe police", ""])
def test_a_force_that_is_no_short_name_is_refused(desk: Desk, force: str) -> None:
    assert "is not a force's short name" in desk.refused(force=force)
    assert desk.server.asked == []


def test_an_unknown_force_is_answered_with_those_there_are(desk: Desk) -> None:
    assert desk.refused(force="ashcomb").endswith("It has: ashcombe, millbrook.")


def test_a_web_page_instead_of_an_archive_leaves_what_had_arrived(desk: Desk) -> None:
    desk.server.faults = ["drops", *["503"] * 6]
    desk.refused()
    had = (desk.folder / "2024-02.zip.part").read_bytes()
    desk.server.faults = ["page"]
    assert "is not an archive: a web page came instead" in desk.refused()
    assert (desk.folder / "2024-02.zip.part").read_bytes() == had


def test_fewer_bytes_than_announced_are_never_taken_for_the_whole(desk: Desk) -> None:
    desk.server.faults = ["too short"] * 20
    assert "2024-02.zip could not be fetched" in desk.refused()
    assert "2024-02.zip" not in desk.names()


@pytest.mark.parametrize("cut", [100, 100_000])
def test_a_file_that_the_publisher_itself_cut_short_is_thrown_away(desk: Desk, cut: int) -> None:
    desk.server.md5 = {}
    desk.server.files["2024-02"] = desk.server.files["2024-02"][:-cut]
    assert "is no whole archive" in desk.refused()
    assert desk.names() == set()


def test_a_member_that_does_not_fit_its_checksum_leaves_the_earlier_files(desk: Desk) -> None:
    desk.fetch("2024-02", "2024-02")
    earlier = desk.folder / "ashcombe_2024-02_2024-02" / "police-uk" / "2024-02-ashcombe-street.csv"
    whole = bytearray(desk.server.files["2024-02"])
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        at = packed.getinfo("2024-02/2024-02-ashcombe-street.csv").header_offset
    whole[at + 90] ^= 0xFF
    desk.server.files["2024-02"] = bytes(whole)
    desk.server.md5 = {}
    (desk.folder / "2024-02.zip").unlink()
    assert "is no whole archive" in desk.refused()
    assert earlier.read_text() == street("2024-02", "ashcombe")
    assert [path.name for path in earlier.parents[1].iterdir()] == ["police-uk"]


@pytest.mark.parametrize("how", ["list", "etag"])
def test_a_file_that_arrives_damaged_is_thrown_away(desk: Desk, how: str) -> None:
    desk.server.md5 = {"2024-02": "f" * 32} if how == "list" else {}
    desk.server.etag_style = "wrong" if how == "etag" else "parts"
    assert "arrived damaged: its MD5 is" in desk.refused()
    assert desk.names() == set()


@pytest.mark.parametrize(("style", "server"), [("parts", "AmazonS3"), ("wrong", "nginx")])
def test_an_etag_that_is_no_md5_is_not_compared(desk: Desk, style: str, server: str) -> None:
    desk.server.md5, desk.server.etag_style, desk.server.server = {}, style, server
    assert desk.fetch("2024-02", "2024-02").archives[0].md5 == ""


def test_two_commands_do_not_write_one_file(desk: Desk) -> None:
    desk.folder.mkdir()
    with (desk.folder / "2024-02.zip.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "is being fetched by another command" in desk.refused()


def test_months_that_one_archive_does_not_reach_come_from_an_earlier_one(desk: Desk) -> None:
    desk.server.files["2023-12"] = archive_of(["2023-11", "2023-12"], FORCES)
    fetched = desk.fetch("2023-11", "2024-02")
    assert [one.path.name for one in fetched.archives] == ["2024-02.zip", "2023-12.zip"]
    assert len(list(fetched.folders["police-uk"].iterdir())) == 4
    assert fetched.lacking == {"police-uk": ()}


def test_a_month_that_the_force_did_not_give_is_named_and_not_searched_for(desk: Desk) -> None:
    with_gap = {"2024-02": archive_of(["2023-12", "2024-01", "2024-02"], ["millbrook"])}
    with zipfile.ZipFile(out := io.BytesIO(with_gap["2024-02"]), "a") as packed:
        packed.writestr("2023-12/2023-12-ashcombe-street.csv", street("2023-12", "ashcombe"))
    desk.server.files = {"2024-02": out.getvalue()}
    desk.server.md5 = {}
    fetched = desk.fetch("2023-12", "2024-02")
    assert [str(month) for month in fetched.lacking["police-uk"]] == ["2024-01", "2024-02"]
    assert len(fetched.archives) == 1


def test_each_kind_has_a_folder_of_its_own(desk: Desk) -> None:
    desk.server.files["2024-02"] = archive_of(["2024-02"], FORCES, KINDS)
    desk.server.md5 = {}
    fetched = desk.fetch("2024-02", "2024-02", kinds=("police-uk", "police-uk-outcomes", "police-uk-stops"))
    assert {kind: [path.name for path in folder.iterdir()] for kind, folder in fetched.folders.items()} == {
        "police-uk": ["2024-02-ashcombe-street.csv"],
        "police-uk-outcomes": ["2024-02-ashcombe-outcomes.csv"],
        "police-uk-stops": ["2024-02-ashcombe-stop-and-search.csv"],
    }


def test_the_list_of_checksums_is_read_between_one_link_and_the_next() -> None:
    page = (
        '<a href="/data/archive/2024-02.zip">February</a> <code>' + "a" * 32 + "</code>"
        '<a href="/data/archive/2024-01.zip">January</a> <code>' + "b" * 32 + "-212</code>"
        '<a href="/data/archive/2023-12.zip">December</a> <code>' + "c" * 32 + "</code>"
    )
    assert checksums(page) == {Month(2024, 2): "a" * 32, Month(2023, 12): "c" * 32}
