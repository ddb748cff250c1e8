"""How mail leaves this machine, read from one address: kept in the outbox, by SMTP, or by GOV.UK Notify."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from uuid import UUID

VARIABLE = "WARDMOTE_MAIL"
KEY_VARIABLE = "WARDMOTE_NOTIFY_KEY"
PASSWORD_VARIABLE = "WARDMOTE_MAIL_PASSWORD"  # noqa: S105 -- the name of a variable
NOTIFY = "https://api.notifications.service.gov.uk"
NO_ROUTE = (
    f"{VARIABLE} must begin with outbox:, smtp://, smtps:// or notify:, for example "
    "smtp://mail.council.example:587?from=wardmote@council.example."
)
# A key of GOV.UK Notify ends with two UUIDs: the service's and the secret, joined by hyphens.
UUID_LENGTH = 36


class RouteRefused(ValueError):
    """The address is no way to send mail; the text says what to write instead."""


@dataclass(frozen=True)
class OutboxRoute:
    """Nothing leaves this machine: messages are written and kept."""

    words = "Nothing is sent from this site: what would be sent is kept here."


@dataclass(frozen=True)
class SmtpRoute:
    """A mail server."""

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    tls: bool = False

    @property
    def words(self) -> str:
        """How mail leaves, for the outbox page."""
        return f"E-mail is handed to the mail server {self.host} and comes from {self.sender}."


@dataclass(frozen=True)
class NotifyRoute:
    """GOV.UK Notify."""

    template: UUID
    service: str
    secret: str = field(repr=False)
    base_url: str = NOTIFY

    @property
    def words(self) -> str:
        """How mail leaves, for the outbox page."""
        return f"E-mail is handed to GOV.UK Notify at {self.base_url}."


Route = OutboxRoute | SmtpRoute | NotifyRoute


def route_of(address: str, environ: Mapping[str, str]) -> Route:
    """Return the route that an address names; secrets may lie in variables or in files that variables name."""
    parts = _parts(address)
    match parts.scheme:
        case "outbox":
            return OutboxRoute()
        case "smtp" | "smtps":
            return _smtp(parts, environ)
        case "notify":
            return _notify(parts, environ)
    raise RouteRefused(NO_ROUTE)


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        raise RouteRefused(NO_ROUTE) from None


def _smtp(parts: SplitResult, environ: Mapping[str, str]) -> SmtpRoute:
    asked = _asked(parts, "from", "starttls")
    try:
        port = parts.port
    except ValueError:
        raise RouteRefused(f"{VARIABLE} has no number for a port: write smtp://HOST:587?from=ADDRESS.") from None
    if not parts.hostname:
        raise RouteRefused(f"{VARIABLE} names no mail server: write smtp://HOST:587?from=ADDRESS.")
    sender = asked.get("from", "")
    if "@" not in sender or any(mark in sender for mark in "\r\n<>, "):
        raise RouteRefused(f"{VARIABLE} needs the address that mail comes from: add ?from=ADDRESS.")
    if asked.get("starttls", "yes") not in ("yes", "no"):
        raise RouteRefused(f"{VARIABLE}: starttls is yes or no.")
    tls = parts.scheme == "smtps"
    starttls = not tls and asked.get("starttls", "no" if is_loopback(parts.hostname) else "yes") == "yes"
    username = unquote(parts.username or "")
    password = unquote(parts.password or "") or _secret(PASSWORD_VARIABLE, environ)
    if username and not (tls or starttls or is_loopback(parts.hostname)):
        raise RouteRefused(f"{VARIABLE} would send a password in the open: leave out starttls=no, or use smtps://.")
    return SmtpRoute(parts.hostname, port or (465 if tls else 587), sender, username, password, starttls, tls)


def _notify(parts: SplitResult, environ: Mapping[str, str]) -> NotifyRoute:
    asked = _asked(parts, "base")
    try:
        template = UUID(parts.path.strip("/") or parts.netloc)
    except ValueError:
        raise RouteRefused(
            f"{VARIABLE} needs the template's ID of GOV.UK Notify: write notify:TEMPLATE-ID (Templates, Copy ID)."
        ) from None
    key = _secret(KEY_VARIABLE, environ)
    service, secret = key[-2 * UUID_LENGTH - 1 : -UUID_LENGTH - 1], key[-UUID_LENGTH:]
    if not (_is_uuid(service) and _is_uuid(secret)):
        raise RouteRefused(
            f"Set {KEY_VARIABLE}, or {KEY_VARIABLE}_FILE, to an API key of GOV.UK Notify: it ends with two long codes."
        )
    return NotifyRoute(template, service, secret, _base(asked.get("base", NOTIFY)))


def _base(url: str) -> str:
    parts = _parts(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))):
        raise RouteRefused(f"{VARIABLE}: base must be an https:// address (http:// only for this machine).")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _asked(parts: SplitResult, *known: str) -> dict[str, str]:
    asked = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    for name in asked:
        if name not in known:
            raise RouteRefused(f"{VARIABLE} does not know {name}; it knows {' and '.join(known)}.")
    return asked


def _secret(variable: str, environ: Mapping[str, str]) -> str:
    path = environ.get(f"{variable}_FILE", "")
    if not path:
        return environ.get(variable, "").strip()
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise RouteRefused(f"{variable}_FILE names {path}, which cannot be read.") from None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
