"""The database refuses to change or remove an entry, whatever the code above it asks."""

from django.db import connections

TABLE = "audit_entry"
EVENTS = ("UPDATE", "DELETE")


def guard_entries(using: str = "default") -> None:
    """Put the guard on the table; harmless when it stands already."""
    connection = connections[using]
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        for statement in statements:
            cursor.execute(statement)


def unguard_entries(using: str = "default") -> None:
    """Take the guard off: for the flush between tests on SQLite, where truncating is deleting."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for event in EVENTS:
                cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_no_{event.lower()}")


_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS audit_entry_no_{event.lower()} BEFORE {event} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'audit entries cannot be changed'); END"
    for event in EVENTS
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'audit entries cannot be changed'; END$$",
    f"DROP TRIGGER IF EXISTS audit_entry_no_change ON {TABLE}",
    f"CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
]
