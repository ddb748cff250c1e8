"""Reading the audit: for tests and, later, the auditor's pages."""

from django.db.models import QuerySet

from .models import Entry


def entries_of(key: object) -> QuerySet[Entry]:
    """Return the entries about one record, oldest first."""
    return Entry.objects.filter(object_key=str(key)).order_by("at")
