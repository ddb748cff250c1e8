"""How mail leaves is read from one address; what cannot work is refused at the start, in a sentence."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.notices.servers import KEY, SECRET, SERVICE, TEMPLATE
from tests.setup.processes import python
from wardmote.partnership.notices.rules.routes import (
    NOTIFY,
    NotifyRoute,
    OutboxRoute,
    Route,
    RouteRefused,
    SmtpRoute,
    route_of,
)

FROM = "?from=wardmote@council.example"
ENVIRON = {"WARDMOTE_NOTIFY_KEY": KEY}


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("outbox:", OutboxRoute()),
        (f"smtp://mail.council.example{FROM}", SmtpRoute("mail.council.example", 587, "wardmote@council.example")),
        (
            f"smtps://robot:p%40ss@mail.council.example{FROM}",
            SmtpRoute("mail.council.example", 465, "wardmote@council.example", "robot", "p@ss", False, True),
        ),
        # A relay on this machine has no certificate.
        (
            f"smtp://localhost:25{FROM}",
            SmtpRoute("localhost", 25, "wardmote@council.example", starttls=False),
        ),
        (f"notify:{TEMPLATE}", NotifyRoute(UUID(TEMPLATE), SERVICE, SECRET, NOTIFY)),
        (f"notify://{TEMPLATE}", NotifyRoute(UUID(TEMPLATE), SERVICE, SECRET, NOTIFY)),
        (
            f"notify:{TEMPLATE}?base=http://127.0.0.1:9/",
            NotifyRoute(UUID(TEMPLATE), SERVICE, SECRET, "http://127.0.0.1:9"),
        ),
    ],
)
def test_an_address_names_a_route(address: str, route: Route) -> None:
    assert route_of(address, ENVIRON) == route


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mail.council.example", "must begin with outbox:, smtp://"),
        ("smtp://", "names no mail server"),
        (f"smtp://mail.council.example:mail{FROM}", "no number for a port"),
        ("smtp://mail.council.example", "needs the address that mail comes from"),
        ("smtp://mail.council.example?from=a@b%0d%0aBcc:c@d", "needs the address that mail comes from"),
        (f"smtp://mail.council.example{FROM}&tls=1", "does not know tls; it knows from and starttls"),
        (f"smtp://me:secret@mail.council.example{FROM}&starttls=no", "would send a password in the open"),
        ("notify:", "needs the template's ID"),
        (f"notify:{TEMPLATE}?base=http://notify.example", "base must be an https:// address"),
    ],
)
def test_what_cannot_work_is_refused_with_what_to_write(address: str, words: str) -> None:
    with pytest.raises(RouteRefused, match="WARDMOTE_MAIL") as refusal:
        route_of(address, ENVIRON)
    assert words in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_key_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert route_of(f"notify:{TEMPLATE}", {"WARDMOTE_NOTIFY_KEY_FILE": str(tmp_path / "key")}) == route_of(
        f"notify:{TEMPLATE}", ENVIRON
    )
    with pytest.raises(RouteRefused, match="cannot be read"):
        route_of(f"notify:{TEMPLATE}", {"WARDMOTE_NOTIFY_KEY_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize("key", ["", "short", KEY[:-1], "x" * 80])
def test_a_key_of_another_form_is_refused_without_being_said(key: str) -> None:
    with pytest.raises(RouteRefused) as refusal:
        route_of(f"notify:{TEMPLATE}", {"WARDMOTE_NOTIFY_KEY": key})
    assert "Set WARDMOTE_NOTIFY_KEY" in str(refusal.value)
    assert not key or key not in str(refusal.value)


def test_no_route_shows_its_secret() -> None:
    shown = repr(route_of(f"notify:{TEMPLATE}", ENVIRON)) + repr(route_of(f"smtp://me:hush@mail.example{FROM}", {}))
    assert SECRET not in shown
    assert "hush" not in shown


@given(st.sampled_from(["", "smtp://", "smtps://", "notify:"]), st.text())
def test_any_text_is_a_route_or_is_refused_in_words(scheme: str, text: str) -> None:
    with suppress(RouteRefused):
        route_of(scheme + text, {})


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"WARDMOTE_MAIL": "post"}, "WARDMOTE_MAIL must begin with"),
        ({"WARDMOTE_URL": "csp.example"}, "Write the site's address, such as https://csp.example."),
        ({"WARDMOTE_URL": "http://csp.example"}, "Write the site's address"),
    ],
)
def test_the_program_does_not_start_with_a_wrong_setting(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    ended = python("import wardmote.config.settings", WARDMOTE_DATA=tmp_path, **variables)
    assert ended.status == 1
    assert words in ended.said.splitlines()[-1]
