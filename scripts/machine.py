"""Bring what the tests need from the machine: a Chromium (`machine.py browser`) or a PostgreSQL (`machine.py postgresql`).

Each is used where it is there, installed with apt where that is allowed, and else named in a sentence with exit 1.
`machine.py postgresql` prints the address of a server on which it could make the owner's role.
"""

import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from environment import Stop, apt_install, apt_prefix, say  # noqa: E402

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
DEFAULT_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


def browser():
    """Make sure that there is a Chromium."""
    if os.environ.get("WARDMOTE_CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    if not os.path.exists("/etc/debian_version"):
        raise Stop("The browser tests need Chromium. Install it, or set WARDMOTE_CHROMIUM to its path.")
    say("Installing Chromium with apt: the browser tests drive a real one (164 packages, some 200 MB)")
    apt_install(["chromium"])


def postgresql():
    """Print the address of a PostgreSQL whose superuser we may be; start or install one where there is none."""
    stated = os.environ.get("WARDMOTE_TEST_POSTGRESQL")
    for address in [stated] if stated else [DEFAULT_SERVER]:
        if answers(address):
            return address
    if stated:
        raise Stop("No PostgreSQL answers at WARDMOTE_TEST_POSTGRESQL. Start it, or unset the variable.")
    return install_postgresql()


def answers(address):
    """Whether a server at this address lets us make roles and databases."""
    ask = "import psycopg, sys; c = psycopg.connect(sys.argv[1], connect_timeout=3); sys.exit(0 if c.execute('select rolsuper from pg_roles where rolname = current_user').fetchone()[0] else 1)"
    python = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), ".venv", "bin", "python")
    return subprocess.call([python, "-c", ask, address], stderr=subprocess.DEVNULL) == 0


def install_postgresql():
    """Install Debian's server where it is missing, start it on a port of its own, and let this machine's users in."""
    prefix = apt_prefix()
    if prefix is None:
        raise Stop(
            "The tests on PostgreSQL need a server. Set WARDMOTE_TEST_POSTGRESQL to the address of one whose "
            "superuser you are, for example postgresql://postgres:secret@127.0.0.1:5432/postgres"
        )
    if not shutil.which("pg_ctlcluster"):
        say("Installing PostgreSQL with apt: the suite runs on it too")
        apt_install(["postgresql"])
    return start_cluster(prefix)


def start_cluster(prefix):
    """Make a cluster for tests, trusted on this machine only, and return its address."""
    version = sorted(os.listdir("/usr/lib/postgresql"), key=float)[-1]
    make = ["pg_createcluster", version, "wardmote_tests", "--", "--auth-host=trust", "--auth-local=trust"]
    if not os.path.isdir("/etc/postgresql/%s/wardmote_tests" % version):
        subprocess.check_call(prefix + make, stdout=sys.stderr)
    subprocess.call(
        prefix + ["pg_ctlcluster", "--skip-systemctl-redirect", version, "wardmote_tests", "start"], stdout=sys.stderr
    )
    listed = subprocess.check_output(["pg_lsclusters", "-h"]).decode().splitlines()
    port = [line.split()[2] for line in listed if line.split()[1] == "wardmote_tests"][0]
    address = "postgresql://postgres@127.0.0.1:%s/postgres" % port
    for _ in range(60):
        if answers(address):
            return address
        time.sleep(0.5)
    raise Stop("PostgreSQL was installed but does not answer at %s. Look at /var/log/postgresql." % address)


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["browser"]:
            browser()
        elif sys.argv[1:] == ["postgresql"]:
            print(postgresql())
        else:
            raise Stop("Usage: machine.py browser | postgresql")
    except Stop as stop:
        sys.stderr.write("\n%s\n" % stop)
        sys.exit(1)
