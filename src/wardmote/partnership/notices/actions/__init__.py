"""Noting what waits for whom, telling them at most once a day, and choosing how often."""

from django.db import transaction

from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.notices.models import Preference
from wardmote.partnership.notices.rules import HowOften


@transaction.atomic
def choose_how_often(reader: Reader, how_often: HowOften) -> None:
    """Keep how often the reader wants to be told by e-mail."""
    kept, _ = Preference.objects.update_or_create(account_key=reader.key, defaults={"how_often": how_often})
    record(reader, "choose", kind="preference", key=kept.id, changed=["how_often"])
