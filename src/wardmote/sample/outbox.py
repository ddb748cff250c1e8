"""What the sample partnership would have been told by e-mail: written and kept, never sent."""

from datetime import date, datetime, time

from django.utils import timezone

from wardmote.definitions import bank_holidays
from wardmote.foundations.working_days import working_day_before
from wardmote.partnership.members.models import Partnership
from wardmote.partnership.notices.actions.digests import write_digests_of
from wardmote.partnership.notices.actions.sending import send_waiting
from wardmote.partnership.notices.adapter import Outbox

MORNING = time(8, 5)


def tell(partnership: Partnership, on: date) -> None:
    """Write to everybody for whom something waits, as the worker would have on the last working day up to a day."""
    day = working_day_before(on, bank_holidays())
    moment = timezone.make_aware(datetime.combine(day, MORNING))
    write_digests_of(partnership, moment)
    send_waiting(moment, transport=Outbox())
