"""Bring what the tests need from the machine: a Chromium (`machine.py browser`), a PostgreSQL (`machine.py postgresql`)
or a Java for Spark (`machine.py java`).

Each is used where it is there, installed with apt where that is allowed, and else named in a sentence with exit 1.
`machine.py postgresql` prints the address of a server whose superuser we may be; all else it says goes to standard error.
"""

import glob
import os
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from environment import ROOT, VENV_PYTHON, Stop, apt_install, apt_prefix, ended, on_debian

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
DEFAULT_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
CLUSTER = "wardmote_tests"
# Tests may remove everything on the server they are given, so it must not be one that is in use: a superuser is asked.
ASK = (
    "import psycopg, sys; c = psycopg.connect(sys.argv[1], connect_timeout=3); "
    "sys.exit(not c.execute('select rolsuper from pg_roles where rolname = current_user').fetchone()[0])"
)
NO_SERVER = (
    "The tests on PostgreSQL need a server, and this user may not install one. Set WARDMOTE_TEST_POSTGRESQL to the "
    "address of one whose superuser you are, for example postgresql://postgres:secret@127.0.0.1:5432/postgres"
)


def browser():
    """Make sure that there is a Chromium, and that the program that drives it can run."""
    chromium()
    drivers = glob.glob(
        os.path.join(ROOT, ".venv", "lib", "python3.*", "site-packages", "playwright", "driver", "node")
    )
    if any(not runs([driver, "--version"]) for driver in drivers):
        # The driver's Node needs this library, which Debian's smallest lacks.
        apt_install(["libatomic1"], "the program that drives the browser needs it")


def java():
    """Make sure that there is a Java for Spark."""
    if shutil.which("java"):
        return
    if not on_debian():
        raise Stop("Spark needs Java 17. Install one, for example OpenJDK 17, so that the command java is found.")
    apt_install(["openjdk-17-jre-headless"], "Spark runs on Java")


def runs(command):
    """Whether a command can be started and ends well."""
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def chromium():
    """Make sure that there is a Chromium."""
    stated = os.environ.get("WARDMOTE_CHROMIUM")
    if stated:
        if not shutil.which(stated):
            raise Stop("WARDMOTE_CHROMIUM is %s, which is not a program. Correct or unset it." % stated)
        return
    if any(shutil.which(name) for name in BROWSERS):
        return
    if not on_debian() or system_name() == "ubuntu":
        # Ubuntu's package is an empty one that asks for a snap.
        raise Stop(
            "The browser tests need Chromium or Google Chrome. Install one (on Ubuntu: snap install chromium), or set WARDMOTE_CHROMIUM to its path."
        )
    apt_install(["chromium"], "the browser tests drive a real one; 164 packages, some 200 MB")


def system_name():
    """Return the ID of /etc/os-release, such as debian or ubuntu."""
    try:
        with open("/etc/os-release") as file:
            fields = dict(line.rstrip("\n").split("=", 1) for line in file if "=" in line)
    except OSError:
        return ""
    return fields.get("ID", "").strip('"')


def postgresql():
    """Return the address of a PostgreSQL whose superuser we may be; start or install one where there is none."""
    stated = os.environ.get("WARDMOTE_TEST_POSTGRESQL")
    if stated:
        if not answers(stated):
            raise Stop(
                "No PostgreSQL answers its superuser at WARDMOTE_TEST_POSTGRESQL. Start it, or unset the variable."
            )
        return stated
    for address in [DEFAULT_SERVER] + clusters():
        if answers(address):
            return address
    return install_postgresql()


def answers(address):
    """Whether a server at this address lets us make roles and databases."""
    return subprocess.call([VENV_PYTHON, "-c", ASK, address], stderr=subprocess.DEVNULL) == 0


def clusters():
    """Return the addresses of the clusters that we made before."""
    if not shutil.which("pg_lsclusters"):
        return []
    rows = [line.split() for line in subprocess.check_output(["pg_lsclusters", "-h"]).decode().splitlines()]
    return ["postgresql://postgres@127.0.0.1:%s/postgres" % row[2] for row in rows if row[1] == CLUSTER]


def install_postgresql():
    """Install Debian's server where it is missing, and start one on a port of its own."""
    prefix = apt_prefix()
    if prefix is None:
        raise Stop(NO_SERVER)
    if not shutil.which("pg_ctlcluster"):
        apt_install(["postgresql"], "the suite runs on it too")
    return start_cluster(prefix)


def start_cluster(prefix):
    """Make a cluster for tests, trusted on this machine only, and return its address."""
    version = sorted(os.listdir("/usr/lib/postgresql"), key=float)[-1]
    if not os.path.isdir("/etc/postgresql/%s/%s" % (version, CLUSTER)):
        trust = ["--", "--auth-host=trust", "--auth-local=trust"]
        subprocess.check_call(prefix + ["pg_createcluster", version, CLUSTER] + trust)
    subprocess.call(prefix + ["pg_ctlcluster", "--skip-systemctl-redirect", version, CLUSTER, "start"])
    address = clusters()[0]
    for _ in range(60):
        if answers(address):
            return address
        time.sleep(0.5)
    raise Stop("PostgreSQL was installed but does not answer at %s. Look at /var/log/postgresql." % address)


def main(arguments):
    if arguments == ["browser"]:
        browser()
    elif arguments == ["java"]:
        java()
    elif arguments == ["postgresql"]:
        # Whoever calls us takes all of standard output for the address, apt-get's lines too.
        printed = os.dup(1)
        os.dup2(2, 1)
        os.write(printed, (postgresql() + "\n").encode())
    else:
        raise Stop("Usage: machine.py browser | java | postgresql")


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
