"""Nine people score at once, and the server is killed twice in the middle: nothing that was kept is lost or doubled."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import environment, postgresql

from .conftest import PASSWORD, database_environment, free_port, wait_for

SCORERS = 9
PROBLEMS = (
    "burglary", "robbery", "shoplifting", "vehicle-crime", "drug-offences", "public-order", "bicycle-theft",
    "other-theft", "hate-crime", "domestic-abuse", "road-safety", "fear-of-crime",
)  # fmt: skip
PATIENCE_SECONDS = 120
# Run in a process of its own, with the settings of the site.
SET_UP = """
import json, sys
import django
django.setup()
from datetime import date
from tests.factories import AssessedProblemFactory, AssessmentFactory, PartnershipFactory
from wardmote.access.permissions import Role
from wardmote.partnership.members.actions import NewPerson, add_agency, add_person
from wardmote.partnership.members.queries import COMMAND_LINE, service_reader
from wardmote.partnership.members.rules import Sector
from wardmote.strategy.assessment.rules import AssessmentState
password, scorers, *problems = sys.argv[1:]
builder = service_reader(COMMAND_LINE)
partnership = PartnershipFactory(name="Brackenmoor", slug="brackenmoor")
for number in range(int(scorers)):
    agency = add_agency(builder, partnership, name=f"Agency {number}", sector=Sector.OTHER)
    add_person(builder, NewPerson(
        email=f"scorer{number}@brackenmoor.example", name="Someone", post="Officer", role=Role.SCORER, agency=agency,
        starts_on=date(2024, 1, 1), password=password, is_demo=False))
assessment = AssessmentFactory(partnership=partnership, state=AssessmentState.SCORING)
for slug in problems:
    AssessedProblemFactory(assessment=assessment, slug=slug)
print(assessment.id)
"""
READ_BACK = """
import json
import django
django.setup()
from wardmote.partnership.members.models import Account
from wardmote.strategy.assessment.models import Score
emails = {account.id: account.email for account in Account.objects.all()}
rows = Score.objects.values_list("scorer_key", "problem__slug", "criterion", "value")
print(json.dumps([[emails[key], *rest] for key, *rest in rows]))
"""


@dataclass
class Server:
    """The web server of one site, which can be killed and started again on the same data and port."""

    own: dict[str, str]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "wardmote.cli.serve_web", str(self.port)]
        self.process = subprocess.Popen(command, env=self.own, stdin=subprocess.PIPE)
        wait_for(self.port, [self.process])

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.communicate()

    def run(self, code: str, *arguments: str) -> str:
        """Run some lines of Python on the site's data, and return what they printed."""
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(command, env=self.own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running web server on an empty site."""
    name = f"wardmote_nine_{os.getpid()}_{time.monotonic_ns()}"
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "WARDMOTE_"))}
    own = {
        **inherited,
        **database_environment(name),
        "WARDMOTE_DATA": str(tmp_path / "data"),
        "WARDMOTE_ENV": "embedded",
        "DJANGO_SETTINGS_MODULE": "wardmote.config.settings",
    }
    running = Server(own)
    subprocess.run([sys.executable, "-m", "wardmote", "migrate"], env=own, check=True, capture_output=True)
    running.start()
    yield running
    running.kill()
    if environment.POSTGRESQL:
        postgresql.drop_database(name)


class Scorer(threading.Thread):
    """One person who scores every problem, and sends a sheet again until the site says that it is kept."""

    def __init__(
        self, number: int, server: Server, assessment: str, kept: dict[tuple[str, str], dict[str, int]]
    ) -> None:
        super().__init__(daemon=True)
        self.number, self.server, self.assessment, self.kept = number, server, assessment, kept
        self.email = f"scorer{number}@brackenmoor.example"
        self.cookies: SimpleCookie = SimpleCookie()
        self.sent_again = 0
        self.trouble = ""

    def run(self) -> None:
        """Sign in, then give every problem its scores."""
        try:
            self._until_kept("/sign-in/", {"username": self.email, "password": PASSWORD})
            for place, slug in enumerate(PROBLEMS):
                values = {code: 1 + (self.number + place + at) % 5 for at, code in enumerate(CODES)}
                sent = {f"{code}-value": str(value) for code, value in values.items()}
                self._until_kept(f"/assessments/{self.assessment}/scoring/{slug}/", {**sent, "then": "next"})
                self.kept[self.email, slug] = values
        except Exception as error:
            self.trouble = repr(error)

    def _until_kept(self, path: str, sent: dict[str, str]) -> None:
        """Open the page and send the form, again and again while the server does not answer."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                status, page = self._ask("GET", path)
                assert status == 200, (status, path)
                token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
                assert token, page[:2000]
                status, page = self._ask("POST", path, urlencode({**sent, "csrfmiddlewaretoken": token[1]}))
            except (OSError, http.client.HTTPException):
                self.sent_again += 1
                time.sleep(0.2)
                continue
            assert status == 302, (status, page[:2000])
            return
        raise AssertionError(f"{path} was not kept in {PATIENCE_SECONDS} seconds")

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        sent = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        headers = {"Cookie": sent, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for value in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(value)
            return answer.status, answer.read().decode()
        finally:
            connection.close()


CODES = (
    "volume", "performance", "trends", "seriousness", "community-priority", "police-control-strategy", "generator",
    "pestelo",
)  # fmt: skip


def kill_after(server: Server, kept: dict[tuple[str, str], dict[str, int]], count: int) -> None:
    """Kill the server once so many sheets are kept, and start it again."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(kept) < count:
        assert time.monotonic() < deadline, f"only {len(kept)} sheets were kept"
        time.sleep(0.01)
    server.kill()
    time.sleep(0.5)
    server.start()


@pytest.mark.timeout(400)
def test_nine_scorers_at_once_lose_nothing_when_the_server_is_killed(server: Server) -> None:
    assessment = server.run(SET_UP, PASSWORD, str(SCORERS), *PROBLEMS).strip()
    kept: dict[tuple[str, str], dict[str, int]] = {}
    scorers = [Scorer(number, server, assessment, kept) for number in range(SCORERS)]
    for scorer in scorers:
        scorer.start()
    whole = SCORERS * len(PROBLEMS)
    kill_after(server, kept, whole // 4)
    kill_after(server, kept, whole // 2)
    for scorer in scorers:
        scorer.join(PATIENCE_SECONDS)
    assert [scorer.trouble for scorer in scorers if scorer.trouble] == []
    # The kill hit people in the middle of sending; else this test shows nothing.
    assert sum(scorer.sent_again for scorer in scorers) > 0
    rows = [tuple(row) for row in json.loads(server.run(READ_BACK))]
    assert len(rows) == len(set(rows)) == whole * len(CODES)
    stored: dict[tuple[str, str], dict[str, int]] = {}
    for email, slug, criterion, value in rows:
        stored.setdefault((email, slug), {})[criterion] = value
    assert stored == kept
