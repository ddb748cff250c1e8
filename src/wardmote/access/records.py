"""The base of every table: a random key, a class and a retention period."""

from enum import StrEnum
from typing import ClassVar
from uuid import uuid4

from django.db import models


class DataClass(StrEnum):
    """How dangerous a table's rows are."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"


class Record(models.Model):
    """A row with a random key, so that no key tells how many rows there are or which came first."""

    data_class: ClassVar[DataClass]
    # Years after the row's last use; None means for as long as the partnership exists. Source: the table's own module.
    retention_years: ClassVar[int | None]

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True
