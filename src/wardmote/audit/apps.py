"""The audit as a Django app: its table is guarded by the database itself after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Guards the table of entries once it exists."""

    name = "wardmote.audit"
    label = "audit"

    def ready(self) -> None:
        """Ask to be told when migrations have run: Django's table changes on SQLite drop triggers silently."""
        post_migrate.connect(_guard, sender=self)


def _guard(*, using: str, **_: Any) -> None:
    from .guard import guard_entries

    guard_entries(using)
