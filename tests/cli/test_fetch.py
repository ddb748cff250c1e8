"""`wardmote fetch` as a person meets it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.analytics.sources.archive_server import Publisher, archive_of, publisher
from tests.cli.processes import Ended, wardmote


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publisher({"2024-02": archive_of(["2024-01", "2024-02"], ["ashcombe"])}) as held:
        yield held


def fetched(data: Path, server: Publisher, *more: str, last: str = "2024-02") -> Ended:
    asked = ("--force", "ashcombe", "--from", "2024-01", "--to", last, "--address", server.url)
    return wardmote(data, "fetch", "police-uk", *asked, *more)


def test_it_prints_the_hash_and_what_to_do_next(tmp_path: Path, server: Publisher) -> None:
    ended = fetched(tmp_path, server)
    assert ended.status == 0, ended.err
    assert f"SHA-256 {hashlib.sha256(server.files['2024-02']).hexdigest()}, its MD5 is the publisher's." in ended.out
    folder = tmp_path / "fetched" / "police-uk" / "ashcombe_2024-01_2024-02" / "police-uk"
    assert ended.out.splitlines()[-1].split() == ["wardmote", "import", "police-uk", str(folder)]
    assert len(list(folder.iterdir())) == 2


def test_it_imports_at_once_where_asked(tmp_path: Path, server: Publisher) -> None:
    ended = fetched(tmp_path, server, "--then-import")
    assert ended.status == 0, ended.err
    assert "Made 1 release with 6 rows." in ended.out
    assert "2024-01 2024-02" in ended.out


def test_it_refuses_with_a_sentence(tmp_path: Path, server: Publisher) -> None:
    ended = fetched(tmp_path, server, last="2024-13")
    assert ended.is_refused(), ended.err
    assert "2024-13" in ended.err
    assert server.asked == []
