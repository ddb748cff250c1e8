"""Routes and tables that others' code brings: what each route asks, what each table holds and for how long it is kept.

A route or table that stands neither here nor in our own code fails the repository's tests of itself.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table of a library: its class, how many years rows are kept (None: with the database), and what it is for."""

    data_class: str
    retention_years: float | None
    purpose: str


TABLES: dict[str, Table] = {
    "contenttypes.ContentType": Table("internal", None, "names of our tables, for Django itself"),
    "auth.Permission": Table("internal", None, "unused: what a person may do lies in access/permissions.py"),
    "auth.Group": Table("internal", None, "unused"),
    "sessions.Session": Table("personal", 0.0014, "who is signed in, for 12 hours"),
    "django_tasks_database.DBTaskResult": Table("internal", 0.1, "the queue: keys of jobs and how they ended"),
}
