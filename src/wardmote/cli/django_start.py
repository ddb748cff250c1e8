"""Starting Django for a command, with the embedded database made where there is none."""

from django.core.exceptions import ImproperlyConfigured

DEMO_ACCOUNTS = (
    "This database holds demo accounts, whose passwords are published. Production does not start with them: "
    "use a database of its own, not the demo's."
)


def start(*, prepare: bool = True) -> None:
    """Start Django. With `prepare` an embedded database is brought up to date first; a PostgreSQL never silently.

    Raises Refused where the settings are wrong, the database is not up to date, or production meets demo accounts.
    """
    import django

    from wardmote.cli.refused import Refused

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error
    from django.conf import settings

    settings.WARDMOTE_DATA.mkdir(parents=True, exist_ok=True)
    if prepare:
        _prepare()
        refuse_demo_accounts()


def _prepare() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from wardmote.cli.refused import Refused

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if connection.vendor != "sqlite":
        raise Refused("The database is not up to date. Run `wardmote migrate` first.")
    from wardmote.cli.database import prepare_database

    prepare_database()


def refuse_demo_accounts() -> None:
    """Raise Refused where a production deployment holds accounts with published passwords."""
    from django.conf import settings

    from wardmote.cli.refused import Refused
    from wardmote.partnership.members.queries import has_demo_accounts

    if settings.IS_PRODUCTION and has_demo_accounts():
        raise Refused(DEMO_ACCOUNTS)
