"""Preparing the database: migrations as its owner, then the application's role gets what it needs and no more."""

import os

GRANTS = [
    'GRANT USAGE ON SCHEMA public TO "{role}"',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
    'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
    # Entries of the audit are written and read, never changed.
    'REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM "{role}"',
    'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{role}"',
]


def prepare_database() -> None:
    """Bring the database up to date; on PostgreSQL as the role of DATABASE_OWNER_URL, where it is set."""
    from django.core.management import call_command
    from django.db import connection

    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if connection.vendor == "sqlite" or not owner_url:
        call_command("migrate", verbosity=0)
        return
    _as_owner(owner_url)


def _as_owner(owner_url: str) -> None:
    import dj_database_url
    from django.core.management import call_command
    from django.db import connection

    application = dict(connection.settings_dict)
    connection.close()
    stated = dj_database_url.parse(owner_url)
    connection.settings_dict.update({key: stated[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")})
    try:
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            for grant in GRANTS:
                cursor.execute(grant.format(role=application["USER"]))
    finally:
        connection.close()
        connection.settings_dict.update(application)
