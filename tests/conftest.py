"""Databases, the reference folder and the reader that tests share."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, settings

from tests import environment, postgresql

ROOT = Path(__file__).parent.parent
# No test is timed: a busy machine is no fault of the code. Hypothesis brings a profile of its own where CI is set.
if "CI" not in os.environ:
    settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("suite")


# A Spark cluster is started by a target of its own, `make test-spark`, which brings Spark along.
collect_ignore = [] if "WARDMOTE_TEST_SPARK" in os.environ else ["spark"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgresql` says which database the run is about; tests/environment.py has read it already."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def shared_folder() -> Path:
    """Where the real public files lie: WARDMOTE_SHARED, else beside the repository."""
    return Path(os.environ.get("WARDMOTE_SHARED") or ROOT.parent / "shared")


# The folders whose tests take longest: journeys are walked one after another by a worker, so that two share them.
JOURNEYS = ("journeys",)
COMMANDS = ("cli", "setup", "sample")
PARTS = 3


def in_parts(items: list[pytest.Item]) -> list[pytest.Item]:
    """Order tests by file, with long ones where each of the three workers begins its part (Makefile).

    What is left at the end is short then, and what a file sets up is set up by one worker.
    """
    ordered = sorted(items, key=lambda item: str(item.path))
    folders = {item: item.path.relative_to(ROOT / "tests").parts[0] for item in ordered}
    journeys, commands = ([item for item in ordered if folders[item] in long] for long in (JOURNEYS, COMMANDS))
    rest = iter([item for item in ordered if folders[item] not in (*JOURNEYS, *COMMANDS)])
    each = len(items) // PARTS
    parts = [[*part, *islice(rest, max(each - len(part), 0))] for part in (journeys[::2], journeys[1::2], commands)]
    return [*(item for part in parts for item in part), *rest]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database, and what needs the real files where there are none; say how many."""
    here = "postgresql" if environment.POSTGRESQL else "sqlite"
    items[:] = in_parts(items)
    elsewhere = [item for item in items if (mark := item.get_closest_marker("only_on")) and here not in mark.args]
    items[:] = [item for item in items if item not in elsewhere]
    config.hook.pytest_deselected(items=elsewhere)
    if (shared_folder() / "reference" / "SOURCES.md").is_file():
        return
    left_out = [item for item in items if item.get_closest_marker("shared_data")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] = len(left_out)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say plainly what was left out."""
    count = config.stash.get(LEFT_OUT, 0)
    if count or not (shared_folder() / "reference" / "SOURCES.md").is_file():
        terminalreporter.write_line(
            f"Left out: the tests on real public files (set WARDMOTE_SHARED to their folder). {count or ''}"
        )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public files."""
    return shared_folder() / "reference"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Make the database of this process, migrated as its owner, and use it as the application does."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield from _postgresql() if environment.POSTGRESQL else _sqlite()


def _sqlite() -> Iterator[None]:
    connection.settings_dict["NAME"] = os.path.join(environment.data, "test.sqlite3")
    call_command("migrate", verbosity=0)
    flush = connection.ops.execute_sql_flush

    def flush_without_guard(statements: list[str]) -> None:
        from wardmote.audit.guard import guard_entries, unguard_entries

        unguard_entries()
        flush(statements)
        guard_entries()

    connection.ops.execute_sql_flush = flush_without_guard
    yield
    connection.close()


def _postgresql() -> Iterator[None]:
    from wardmote.cli.database import prepare_database

    postgresql.make_roles()
    postgresql.make_database(environment.DATABASE)
    prepare_database()

    def flush_as_owner(statements: list[str]) -> None:
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
            for statement in statements:
                owner.execute(statement)

    connection.ops.execute_sql_flush = flush_as_owner
    yield
    connection.close()
    postgresql.drop_database(environment.DATABASE)
