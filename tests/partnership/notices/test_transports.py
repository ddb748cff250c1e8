"""Letters go out by SMTP and by GOV.UK Notify, once; faults are told in words that hold no address."""

import logging
from collections.abc import Iterator

import pytest

from tests.partnership.notices.servers import TEMPLATE, FakeMail, FakeNotify, mail_server, notify_server
from wardmote.partnership.notices.adapter import Outbox, transport_of
from wardmote.partnership.notices.adapter.notify import Notify
from wardmote.partnership.notices.adapter.smtp import Smtp
from wardmote.partnership.notices.rules import Delivery, Handed, Letter
from wardmote.partnership.notices.rules.routes import OutboxRoute, SmtpRoute

LINK = "https://csp.example/waiting/"
LETTER = Letter("officer@agency.example", 3, LINK, "wardmote-1")
AGAIN = Letter("officer@agency.example", 3, LINK, "wardmote-1", tried_before=True)
TEXT = (
    "3 things are waiting for you in Wardmote.\n\nSign in to see them: https://csp.example/waiting/\n\n"
    "There you can also choose fewer e-mails.\n"
)


@pytest.fixture
def notify() -> Iterator[FakeNotify]:
    """A GOV.UK Notify."""
    with notify_server() as held:
        yield held


@pytest.fixture
def mail() -> Iterator[FakeMail]:
    """A mail server."""
    with mail_server() as held:
        yield held


def test_the_text_says_how_many_and_nothing_else() -> None:
    assert LETTER.body == TEXT
    one = Letter("a@b.example", 1, LINK, "r").body
    assert one.startswith("1 thing is waiting for you in Wardmote.\n\nSign in to see it: ")


def test_the_outbox_keeps_letters_here() -> None:
    assert isinstance(transport_of(OutboxRoute()), Outbox)
    assert Outbox().send(LETTER).handed is Handed.KEPT


def test_a_letter_goes_to_notify_under_its_reference(notify: FakeNotify) -> None:
    delivery = transport_of(notify.route).send(LETTER)
    (sent,) = notify.sent
    assert delivery == Delivery(Handed.SENT, provider_key=sent["id"])
    assert {key: value for key, value in sent.items() if key != "id"} == {
        "email_address": "officer@agency.example",
        "template_id": TEMPLATE,
        "personalisation": {"things": "3 things are waiting for you in Wardmote.", "link": LINK},
        "reference": "wardmote-1",
    }


@pytest.mark.parametrize(
    ("code", "handed", "words"),
    [
        (400, Handed.REFUSED, "sends only to its own team"),
        (403, Handed.REFUSED, "did not accept the API key (403)"),
        (429, Handed.LATER, "try again later (429)"),
        (500, Handed.LATER, "try again later (500)"),
    ],
)
def test_the_faults_of_notify_are_told_apart(notify: FakeNotify, code: int, handed: Handed, words: str) -> None:
    notify.faults = [code]
    delivery = Notify(notify.route).send(LETTER)
    assert delivery.handed is handed
    assert words in delivery.words
    assert notify.sent == []


def test_a_letter_that_notify_took_in_silence_is_not_sent_again(notify: FakeNotify) -> None:
    notify.faults = ["silence"]
    assert Notify(notify.route).send(LETTER).handed is Handed.LATER
    assert Notify(notify.route).send(AGAIN) == Delivery(Handed.SENT, provider_key=notify.sent[0]["id"])
    assert len(notify.sent) == 1


def test_a_letter_that_never_arrived_is_sent_again(notify: FakeNotify) -> None:
    notify.faults = [500]
    Notify(notify.route).send(LETTER)
    assert Notify(notify.route).send(AGAIN).handed is Handed.SENT
    assert notify.asked == ["POST /v2/notifications/email", "GET /v2/notifications", "POST /v2/notifications/email"]


def test_while_notify_cannot_say_nothing_is_sent(notify: FakeNotify) -> None:
    notify.faults = [500]
    assert Notify(notify.route).send(AGAIN).handed is Handed.LATER
    assert notify.sent == []


def test_a_notify_that_is_not_there_is_tried_later() -> None:
    with notify_server() as gone:
        route = gone.route
    assert Notify(route).send(LETTER) == Delivery(Handed.LATER, "GOV.UK Notify could not be reached.")


def test_a_letter_goes_by_smtp(mail: FakeMail) -> None:
    assert transport_of(mail.route).send(LETTER).handed is Handed.SENT
    (got,) = mail.got
    content = bytes(got.content or b"").decode().replace("\r\n", "\n")
    head, _, body = content.partition("\n\n")
    assert got.rcpt_tos == ["officer@agency.example"]
    assert body.strip() == TEXT.strip()
    assert "Subject: You have an update in Wardmote" in head.splitlines()
    assert "From: wardmote@council.example" in head.splitlines()
    assert "Message-ID: <wardmote-1@council.example>" in head.splitlines()


@pytest.mark.parametrize(
    ("to", "data", "handed", "words"),
    [
        ("550 No such user officer@agency.example", "", Handed.REFUSED, "refused it (550)"),
        ("450 Mailbox busy", "", Handed.LATER, "try again later (450)"),
        ("250 OK", "554 Refused", Handed.REFUSED, "refused it (554)"),
        ("250 OK", "451 Not now", Handed.LATER, "try again later (451)"),
        ("250 OK", "break", Handed.UNSURE, "the line to the mail server broke"),
    ],
)
def test_the_faults_of_a_mail_server_are_told_apart(
    mail: FakeMail, to: str, data: str, handed: Handed, words: str
) -> None:
    mail.to, mail.data = to, data
    delivery = Smtp(mail.route).send(LETTER)
    assert delivery.handed is handed
    assert words in delivery.words.replace("The line", "the line")
    assert "officer" not in delivery.words


def test_a_mail_server_that_is_not_there_is_tried_later() -> None:
    with mail_server() as gone:
        route = gone.route
    delivery = Smtp(route).send(LETTER)
    assert delivery.handed is Handed.LATER
    assert delivery.words.startswith("The mail server could not be reached")


def test_a_mail_server_without_encryption_gets_nothing(mail: FakeMail) -> None:
    asked = SmtpRoute("127.0.0.1", mail.port, "wardmote@council.example", starttls=True)
    assert Smtp(asked).send(LETTER).handed is Handed.LATER
    assert mail.got == []


def test_an_address_that_would_add_a_header_is_refused(mail: FakeMail) -> None:
    evil = Letter("a@b.example\r\nBcc: c@d.example", 1, LINK, "wardmote-2")
    assert Smtp(mail.route).send(evil).handed is Handed.REFUSED
    assert mail.got == []


def test_no_address_stands_in_a_log(notify: FakeNotify, mail: FakeMail, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        notify.faults = [400]
        Notify(notify.route).send(LETTER)
        Notify(notify.route).send(AGAIN)
        mail.to = "550 No such user"
        Smtp(mail.route).send(LETTER)
    # The second server's own log is not ours.
    ours = [record for record in caplog.records if not record.name.startswith("mail.log")]
    assert "officer" not in " ".join(record.getMessage() for record in ours)
