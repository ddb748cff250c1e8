"""What the machine tells the product: where it stores things, which database and engine, which kind of deployment."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from wardmote.foundations.kept_secret import kept_secret
from wardmote.partnership.notices.rules.routes import Route, RouteRefused, is_loopback, route_of


class Deployment(StrEnum):
    """The kinds of deployment; production refuses what the others allow."""

    EMBEDDED = "embedded"  # one machine, SQLite, no certificate: trying it out, the command line, tests
    DEMO = "demo"  # embedded, with the sample partnership and its known passwords
    PRODUCTION = "production"


def deployment() -> Deployment:
    """Return the kind of deployment named by WARDMOTE_ENV."""
    name = os.environ.get("WARDMOTE_ENV", Deployment.EMBEDDED)
    try:
        return Deployment(name)
    except ValueError:
        known = ", ".join(Deployment)
        raise ImproperlyConfigured(f"WARDMOTE_ENV is {name!r}. Set it to one of: {known}.") from None


def data_folder() -> Path:
    """Return the one folder that everything stored lies in: WARDMOTE_DATA, else `data` here."""
    return Path(os.environ.get("WARDMOTE_DATA") or "data").absolute()


def database() -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL, else for an SQLite file in the data folder."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{data_folder() / 'wardmote.sqlite3'}"
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if settings["ENGINE"].endswith("sqlite3"):
        settings |= {"CONN_MAX_AGE": 0, "OPTIONS": sqlite_options()}
    return settings


def sqlite_options() -> dict[str, Any]:
    """Return the options under which many readers and writers share an SQLite file without losing a write."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
    }


def secret_key(kind: Deployment) -> str:
    """Return the signing key: stated in production, else made once and kept in the data folder."""
    stated = os.environ.get("WARDMOTE_SECRET_KEY")
    if stated:
        return stated
    if kind is Deployment.PRODUCTION:
        raise ImproperlyConfigured("Set WARDMOTE_SECRET_KEY to a long random text: production does not make its own.")
    return kept_secret(data_folder() / "secret_key")


def allowed_hosts(kind: Deployment) -> list[str]:
    """Return the host names answered to: WARDMOTE_HOSTS in production, this machine's own otherwise."""
    stated = [h.strip() for h in os.environ.get("WARDMOTE_HOSTS", "").split(",") if h.strip()]
    if kind is Deployment.PRODUCTION and not stated:
        raise ImproperlyConfigured("Set WARDMOTE_HOSTS to the host names of the site, with commas between them.")
    return stated or ["127.0.0.1", "localhost", "[::1]", "testserver"]


def mail_route() -> Route:
    """Return how mail leaves this machine: WARDMOTE_MAIL, else nothing leaves it."""
    try:
        return route_of(os.environ.get("WARDMOTE_MAIL") or "outbox:", os.environ)
    except RouteRefused as refusal:
        raise ImproperlyConfigured(str(refusal)) from None


def site_address(kind: Deployment, hosts: list[str]) -> str:
    """Return the address that e-mails lead to: WARDMOTE_URL, else the first host name in production, else here."""
    fallback = f"https://{hosts[0].lstrip('.')}" if kind is Deployment.PRODUCTION else "http://127.0.0.1:8000"
    stated = (os.environ.get("WARDMOTE_URL") or fallback).rstrip("/")
    parts = urlsplit(stated)
    if not parts.hostname or parts.path or not (parts.scheme == "https" or is_loopback(parts.hostname)):
        raise ImproperlyConfigured(
            f"WARDMOTE_URL is {stated!r}. Write the site's address, such as https://csp.example."
        )
    return stated
