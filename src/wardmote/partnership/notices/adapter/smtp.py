"""Handing letters to a mail server.

SMTP has no question "did you get this one?". When the line breaks in the middle of a letter nobody can say whether it
went, and it is not sent again.
"""

import smtplib
from contextlib import suppress

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from wardmote.partnership.notices.rules import SUBJECT, Delivery, Handed, Letter
from wardmote.partnership.notices.rules.routes import SmtpRoute

TIMEOUT_SECONDS = 30


class Smtp:
    """One mail server."""

    asks_first = False

    def __init__(self, route: SmtpRoute) -> None:
        self.route = route

    def send(self, letter: Letter) -> Delivery:
        """Hand a letter over, one recipient at a time."""
        backend = self._backend()
        try:
            return self._open(backend) or self._hand_over(backend, letter)
        finally:
            # What the server says when the line is closed changes nothing.
            with suppress(OSError, smtplib.SMTPException):
                backend.close()

    def _open(self, backend: EmailBackend) -> Delivery | None:
        try:
            backend.open()
        except smtplib.SMTPAuthenticationError:
            return Delivery(Handed.REFUSED, "The mail server did not accept the user name and password.")
        except (OSError, smtplib.SMTPException):
            return Delivery(Handed.LATER, "The mail server could not be reached, or not over an encrypted line.")
        return None

    def _hand_over(self, backend: EmailBackend, letter: Letter) -> Delivery:
        try:
            backend.send_messages([self._message(letter)])
        except ValueError:
            return Delivery(Handed.REFUSED, "The address is no e-mail address.")
        except (OSError, smtplib.SMTPException) as error:
            return _fault(error)
        return Delivery(Handed.SENT)

    def _backend(self) -> EmailBackend:
        return EmailBackend(
            host=self.route.host,
            port=self.route.port,
            username=self.route.username,
            password=self.route.password,
            use_tls=self.route.starttls,
            use_ssl=self.route.tls,
            timeout=TIMEOUT_SECONDS,
            fail_silently=False,
        )

    def _message(self, letter: Letter) -> EmailMessage:
        domain = self.route.sender.rpartition("@")[2]
        # The same for every try: a mail box that gets it twice can tell.
        headers = {"Message-ID": f"<{letter.reference}@{domain}>", "Auto-Submitted": "auto-generated"}
        return EmailMessage(SUBJECT, letter.body, self.route.sender, [letter.to], headers=headers)


def _fault(error: OSError | smtplib.SMTPException) -> Delivery:
    code = _code(error)
    if code is None:
        return Delivery(Handed.UNSURE, "The line to the mail server broke while it was taking the message.")
    if code < 500:
        return Delivery(Handed.LATER, f"The mail server asked to try again later ({code}).")
    return Delivery(Handed.REFUSED, f"The mail server refused it ({code}). Check the address.")


def _code(error: OSError | smtplib.SMTPException) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(code for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return None
