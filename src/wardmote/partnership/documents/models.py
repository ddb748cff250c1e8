"""A file kept under the hash of its bytes; each strand derives a table of its own."""

from django.db import models

from wardmote.access.records import Record


class StoredFile(Record):
    """What a kept file is; its bytes lie under `sha256` in the data folder."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)
