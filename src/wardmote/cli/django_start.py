"""Starting Django for a command, with the embedded database made where there is none."""

from django.core.exceptions import ImproperlyConfigured


def start(*, prepare: bool = True) -> None:
    """Start Django. With `prepare` an embedded database is brought up to date first; a PostgreSQL never silently."""
    import django

    from wardmote.cli.commands.refused import Refused

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error
    if prepare:
        _prepare()


def _prepare() -> None:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from wardmote.cli.commands.refused import Refused

    settings.WARDMOTE_DATA.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if connection.vendor != "sqlite":
        raise Refused("The database is not up to date. Run `wardmote migrate` first.")
    from wardmote.cli.database import prepare_database

    prepare_database()
