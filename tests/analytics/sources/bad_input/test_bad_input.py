"""Each case of the table: what becomes of the file, what a person is told, and that nothing held has changed."""

import json
from pathlib import Path

import pytest

from tests.analytics.sources.bad_input.case import NOTED, REFUSED, Case, Elsewhere
from tests.analytics.sources.bad_input.catalogue import CASES, ELSEWHERE, OUTCOMES
from tests.analytics.sources.bad_input.page import PAGE, page_text
from tests.analytics.sources.figures.making import mapping_file
from tests.analytics.sources.making import read_one, rejects_of, releases, row, street_file
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.store import Warehouse

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.number} {case.what}" for case in CASES])
def test_a_bad_input_has_the_outcome_that_the_guide_promises(warehouse: Warehouse, tmp_path: Path, case: Case) -> None:
    before = read_one(warehouse, street_file(tmp_path / "before", row(900)))
    hashes = warehouse.file_hashes(before.release)
    folder = tmp_path / "given"
    folder.mkdir()
    paths = case.make(folder)
    given = {path: path.read_bytes() for path in paths}
    told = [mapping_file(tmp_path, case.mapping)] if case.mapping else []
    if case.outcome == REFUSED:
        with pytest.raises(SourceRefused) as refused:
            read_one(warehouse, *paths, *told, kind=case.kind)
        assert case.said in refused.value.message
        assert releases(warehouse) == [before.release]
    else:
        manifest = read_one(warehouse, *paths, *told, kind=case.kind)
        assert manifest.rows_read == manifest.rows_accepted + manifest.rows_rejected
        assert (manifest.rows_rejected > 0) == (case.outcome != NOTED)
        reasons = " ".join(one[3] for one in rejects_of(warehouse, manifest))
        quality = json.dumps(dict(manifest.quality), ensure_ascii=False)
        assert case.said in (quality if case.outcome == NOTED else reasons)
    assert warehouse.verify(before.release, expected=hashes) == ()
    assert {path: path.read_bytes() for path in paths} == given


@pytest.mark.parametrize("one", ELSEWHERE, ids=[f"{one.number} {one.what}" for one in ELSEWHERE])
def test_a_case_that_another_test_shows_has_that_test(one: Elsewhere) -> None:
    file, name = one.test.split("::")
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_case_of_files_archives_workbooks_places_and_process_is_there() -> None:
    found = {case.number for case in CASES} | {one.number for one in ELSEWHERE}
    # 69 and 70 are about fetching; nothing is fetched.
    assert found == {*range(1, 69), 71}
    assert {case.outcome for case in CASES} == set(OUTCOMES)


def test_the_guides_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_text(), "run scripts/files-we-refuse.py"
