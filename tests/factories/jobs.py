"""Background work, asked for and not yet done."""

from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from wardmote.jobs.models import Job


class JobFactory(DjangoModelFactory[Job]):
    """A job that waits."""

    class Meta:
        model = Job

    kind = "import"
    arguments = factory.LazyFunction(dict)
    asked_by_key = factory.LazyFunction(uuid4)
    asked_at = factory.LazyFunction(timezone.now)
