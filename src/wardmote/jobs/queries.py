"""Reading jobs: only one's own partnership's."""

from uuid import UUID

from wardmote.access.readers import Reader

from .models import Job


def job_for(reader: Reader, key: UUID) -> Job:
    """Return the job, or raise Job.DoesNotExist where it is another partnership's."""
    return Job.objects.get(id=key, partnership_key=reader.partnership)
