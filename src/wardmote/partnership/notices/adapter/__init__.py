"""The ways in which a letter leaves this machine; each tells what became of it in words that hold no address."""

from typing import Protocol

from wardmote.partnership.notices.rules import Delivery, Handed, Letter
from wardmote.partnership.notices.rules.routes import NotifyRoute, OutboxRoute, Route, SmtpRoute


class Transport(Protocol):
    """What can hand a letter over."""

    # Whether it can be asked, before a letter is tried again, if the letter has gone already.
    asks_first: bool

    def send(self, letter: Letter) -> Delivery:
        """Hand a letter over; where it asks first, never one that has gone."""
        ...


class Outbox:
    """Keeps letters here."""

    asks_first = True

    def send(self, letter: Letter) -> Delivery:
        """Leave the letter where it is."""
        return Delivery(Handed.KEPT)


def transport_of(route: Route) -> Transport:
    """Return the transport of a route."""
    match route:
        case OutboxRoute():
            return Outbox()
        case SmtpRoute():
            from .smtp import Smtp

            return Smtp(route)
        case NotifyRoute():
            from .notify import Notify

            return Notify(route)
