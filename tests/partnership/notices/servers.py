"""A mail server and a GOV.UK Notify on this machine, with the faults that real ones have."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.setup.processes import free_port
from wardmote.partnership.notices.rules.routes import NotifyRoute, SmtpRoute, route_of

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
KEY = f"wardmote-{SERVICE}-{SECRET}"
TOKEN_SECONDS = 30

# The bodies of errors that the documentation prints.
ERRORS = {
    400: ("BadRequestError", "Can't send to this recipient using a team-only API key"),
    403: ("AuthError", "Invalid token: API key not found"),
    429: ("RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
    500: ("Exception", "Internal server error"),
}


@dataclass
class FakeNotify:
    """What the server holds, and the faults it is told to make, one for each request to come."""

    url: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    faults: list[int | str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    on_sent: Callable[[], object] = lambda: None

    @property
    def route(self) -> NotifyRoute:
        """The route that leads here."""
        found = route_of(f"notify:{TEMPLATE}?base={self.url}", {"WARDMOTE_NOTIFY_KEY": KEY})
        assert isinstance(found, NotifyRoute)
        return found


class NotifyHandler(BaseHTTPRequestHandler):
    """The part of Notify's contract that is used."""

    held: ClassVar[FakeNotify]

    def do_POST(self) -> None:
        """Take an e-mail."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault = self._fault()
        if isinstance(fault, int):
            self._fail(fault)
            return
        assert self.path == "/v2/notifications/email"
        one = {"id": str(uuid4()), **asked}
        self.held.sent.append(one)
        self.held.on_sent()
        if fault == "silence":  # it has the message, and the line breaks before it can say so
            self.close_connection = True
            return
        self._answer(201, {"id": one["id"], "reference": one["reference"], "content": {}, "uri": ""})

    def do_GET(self) -> None:
        """Say which messages bear a reference."""
        fault = self._fault()
        if isinstance(fault, int):
            self._fail(fault)
            return
        (reference,) = parse_qs(urlsplit(self.path).query)["reference"]
        found = [{**one, "status": "delivered"} for one in self.held.sent if one["reference"] == reference]
        self._answer(200, {"notifications": found, "links": {}})

    def _fault(self) -> int | str | None:
        self.held.asked.append(f"{self.command} {urlsplit(self.path).path}")
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, SECRET, algorithms=["HS256"])
        if claims["iss"] != SERVICE or abs(time.time() - claims["iat"]) > TOKEN_SECONDS:
            return 403
        return self.held.faults.pop(0) if self.held.faults else None

    def _fail(self, code: int) -> None:
        error, message = ERRORS[code]
        self._answer(code, {"status_code": code, "errors": [{"error": error, "message": message}]})

    def _answer(self, code: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def notify_server() -> Iterator[FakeNotify]:
    """Serve GOV.UK Notify on a free port."""
    held = FakeNotify()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (NotifyHandler,), {"held": held}))
    held.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class FakeMail:
    """What a mail server got, and how it answers."""

    port: int = 0
    got: list[Envelope] = field(default_factory=list)
    to: str = "250 OK"
    data: str = "250 OK"

    @property
    def route(self) -> SmtpRoute:
        """The route that leads here."""
        found = route_of(f"smtp://127.0.0.1:{self.port}?from=wardmote@council.example", {})
        assert isinstance(found, SmtpRoute)
        return found

    async def handle_RCPT(  # noqa: N802 -- the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any
    ) -> str:
        """Take or refuse a recipient."""
        if self.to.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse a letter; `break` takes it and closes the line."""
        if self.data == "break":
            self.got.append(envelope)
            server.transport.close()
            return "250 OK"
        if self.data.startswith("250"):
            self.got.append(envelope)
        return self.data


@contextmanager
def mail_server() -> Iterator[FakeMail]:
    """Serve SMTP on a free port."""
    held = FakeMail(free_port())
    controller = Controller(held, hostname="127.0.0.1", port=held.port)
    controller.start()
    try:
        yield held
    finally:
        controller.stop()
