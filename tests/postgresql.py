"""Roles and databases on the PostgreSQL server of the tests, made and removed as its superuser."""

import psycopg

from tests import environment


def execute(statement: str) -> None:
    """Run one statement as the superuser, outside any transaction."""
    with psycopg.connect(environment.POSTGRESQL, autocommit=True) as connection:
        connection.execute(statement)


def make_roles() -> None:
    """Make the owner's and the application's role; several workers may try at once."""
    for role in (environment.OWNER_ROLE, environment.APPLICATION_ROLE):
        execute(
            # Held until the role is committed: let go within the statement, the next worker would not see it yet.
            "DO $$ BEGIN PERFORM pg_advisory_xact_lock(7421); "
            f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
            f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{environment.PASSWORD}'; "
            "END IF; END $$"
        )


def make_database(name: str, *, template: str = "template0") -> None:
    """Make an empty database, or a copy of one that nobody is connected to."""
    execute(f'CREATE DATABASE "{name}" OWNER {environment.OWNER_ROLE} TEMPLATE "{template}"')


def drop_database(name: str) -> None:
    """Remove a database, whoever is still connected."""
    execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
