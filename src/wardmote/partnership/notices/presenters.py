"""The shape of the outbox page."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wardmote.partnership.members.queries import posts_by_key

from .models import Message
from .rules import Letter, MessageState

STATE_WORDS = {
    MessageState.WAITING: ("Waits", "yellow"),
    MessageState.SENDING: ("Being sent", "yellow"),
    MessageState.SENT: ("Sent", "green"),
    MessageState.KEPT: ("Kept", "grey"),
    MessageState.DROPPED: ("Not needed", "grey"),
    MessageState.FAILED: ("Failed", "red"),
    MessageState.UNSURE: ("Not certain", "red"),
}


def example() -> str:
    """Return the text of an e-mail about three things."""
    return Letter("", 3, settings.WARDMOTE_URL + reverse("notices:waiting"), "").body


def outbox_rows(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return the messages as the outbox shows them: to a post, not a name."""
    found = list(messages)
    posts = posts_by_key({message.account_key for message in found})
    return [_row(message, posts.get(message.account_key, "Somebody who has left")) for message in found]


def _row(message: Message, post: str) -> dict[str, Any]:
    state, colour = STATE_WORDS[MessageState(message.state)]
    return {
        "to": post,
        "things": message.things,
        "state": state,
        "colour": colour,
        "when": _moment(message),
        "words": message.words,
    }


def _moment(message: Message) -> str:
    if message.ended_at:
        return _time("", message.ended_at)
    return _time("next try ", message.next_try_at) if message.tries else _time("written ", message.written_at)


def _time(before: str, moment: Any) -> str:
    return f"{before}{timezone.localtime(moment):%-d %B %Y, %H:%M}"
