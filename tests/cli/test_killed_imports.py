"""An import that is killed at any moment leaves what was held as it was, and the next import works.

`make test-kill` does many more rounds. Moments are drawn from a seed, which stands in the message of a failure;
WARDMOTE_KILL_SEED draws the same again.
"""

import os
import random
from pathlib import Path

import pytest

from tests.cli.killing import kill_imports

ROUNDS = int(os.environ.get("WARDMOTE_KILLS", "2"))
SEED = int(os.environ.get("WARDMOTE_KILL_SEED", "0")) or random.SystemRandom().randrange(1, 2**31)


@pytest.mark.only_on("sqlite")
def test_an_import_killed_at_a_random_moment_loses_nothing_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    done = kill_imports(tmp_path / "data", tmp_path, rounds=ROUNDS, seed=SEED)
    assert len(done) == ROUNDS
    print(f"Seed {SEED}: {ROUNDS} imports killed, {sum(one.was_made for one in done)} of them once the row was there.")
    print("Killed after", ", ".join(f"{one.delay:.3f}" for one in done), "seconds.")
