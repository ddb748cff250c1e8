"""The audit's table: entries are written and read, never changed, whatever the code above asks."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import Error as DatabaseFault
from django.db import IntegrityError, connection, transaction

from tests.factories import reader_with
from wardmote import code_version
from wardmote.access.permissions import Role
from wardmote.audit.actions import record
from wardmote.audit.guard import guard_entries
from wardmote.audit.models import Entry
from wardmote.audit.queries import entries_of
from wardmote.partnership.members.queries import COMMAND_LINE, service_reader

pytestmark = pytest.mark.django_db
SYSTEM = service_reader(COMMAND_LINE)
needs_sqlite = pytest.mark.only_on("sqlite")
needs_postgresql = pytest.mark.only_on("postgresql")


def an_entry() -> Entry:
    key = uuid4()
    record(SYSTEM, "create", kind="partnership", key=key)
    return entries_of(key).get()


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_entry_says_who_did_what_to_which_record_and_with_which_code() -> None:
    reader = reader_with(Role.SCORER)
    key = uuid4()
    record(reader, "score", kind="problem", key=key, changed=["b", "a"])
    entry = entries_of(key).get()
    assert (entry.actor_key, entry.appointment_key, entry.agency_key, entry.partnership_key) == (
        reader.key,
        reader.appointment,
        reader.agency,
        reader.partnership,
    )
    assert (entry.role, entry.action, entry.kind, entry.outcome) == ("scorer", "score", "problem", "allow")
    assert entry.changed_fields == ["a", "b"]
    assert entry.code_version == code_version()


def test_a_service_is_told_apart_from_people() -> None:
    entry = an_entry()
    assert entry.role == "service"
    assert entry.actor_key == COMMAND_LINE


def test_an_unknown_outcome_is_impossible() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record(SYSTEM, "open", kind="route", outcome="perhaps")  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[Entry], object]] = {
    "one row saved again": lambda entry: entry.save(),
    "many rows updated": lambda entry: Entry.objects.update(action="nothing"),
    "one row deleted": lambda entry: entry.delete(),
    "many rows deleted": lambda entry: Entry.objects.all().delete(),
    "an update in SQL": lambda entry: run("UPDATE audit_entry SET action = 'nothing'"),
    "a delete in SQL": lambda entry: run("DELETE FROM audit_entry"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_entry_is_neither_changed_nor_deleted(change: Callable[[Entry], object]) -> None:
    entry = an_entry()
    with pytest.raises(DatabaseFault), transaction.atomic():
        change(entry)
    assert Entry.objects.get(id=entry.id).action == "create"


@needs_sqlite
def test_putting_another_row_in_its_place_is_refused() -> None:
    entry = an_entry()
    columns = [field.column for field in Entry._meta.concrete_fields]
    chosen = ", ".join("'nothing'" if name == "action" else name for name in columns)
    with pytest.raises(DatabaseFault), transaction.atomic():
        run(f"INSERT OR REPLACE INTO audit_entry ({', '.join(columns)}) SELECT {chosen} FROM audit_entry")  # noqa: S608
    assert Entry.objects.get(id=entry.id).action == "create"


@needs_sqlite
def test_the_guard_can_be_put_up_twice() -> None:
    guard_entries()
    guard_entries()
    assert an_entry().action == "create"


@needs_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'nothing'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DROP TABLE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    ],
)
def test_the_application_s_role_has_no_right_to_change_the_table(statement: str) -> None:
    entry = an_entry()
    with pytest.raises(DatabaseFault, match=r"permission denied|must be owner"), transaction.atomic():
        run(statement)
    assert Entry.objects.get(id=entry.id).action == "create"
