"""Build the environment in .venv from the lock, saying what is done; run by `make`, with any Python 3, before anything is installed.

Usage: environment.py [--test]
Without --test it installs what the product needs, with it also what tests and checks need. A second run takes no time.
This file stays readable to old Pythons, so that they too get a sentence instead of a syntax error.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "wardmote-stamp")
LOCKS = {"demo": "requirements.lock", "test": "requirements-test.lock"}
# Measured sizes of the finished environments (0.8 and 1.9 GB), with room for the copies that pip unpacks from.
NEEDED_MB = {"demo": 1500, "test": 3000}
KNOWN_PYTHONS = [(3, 11), (3, 12), (3, 13)]
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
# Settings of a person's own Python that would lead the packages somewhere else than into .venv.
UNWANTED = ["PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV"]

# What pip's and venv's words mean, in the order in which they are looked for: where the network fails, pip also says
# "from versions: none", which misleads.
MEANINGS = [
    (
        r"No space left on device|Errno 28|Disk quota exceeded|Errno 122",
        "The disk is full. Free some space beside this folder and in %(temporary)s, then run the same command again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError|TLS CA certificate bundle",
        "The package index shows a certificate that this machine does not trust. Set PIP_CERT to the certificates of your network, then run the same command again.",
    ),
    (
        r"NewConnectionError|ProxyError|Temporary failure in name resolution|Connection refused|ConnectTimeout|ReadTimeout|Read timed out|Network is unreachable|Connection broken|Connection aborted",
        "The package index cannot be reached. Check the network (and PIP_INDEX_URL, if you use a mirror), then run the same command again.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A package that was fetched is not the one in the lock. Do not go on: ask who runs your package mirror.",
    ),
    (
        r"from versions: none|No matching distribution|Could not fetch URL|HTTP error",
        "The package index cannot be reached, or does not hold what the lock names for this kind of machine. Check the network (and PIP_INDEX_URL, if you use a mirror), then run the same command again.",
    ),
    (
        r"Permission denied|Errno 13|Read-only file system|Errno 30",
        "This user may not write into %(root)s or %(temporary)s. Use a copy of your own, then run the same command again.",
    ),
]


class Stop(Exception):
    """Set-up cannot go on; the text says what to do."""


def say(text):
    print("==> " + text, flush=True)


def main(arguments):
    kind = "test" if "--test" in arguments else "demo"
    python = find_python()
    packages, project = read_stamp()
    fits = os.path.exists(VENV_PYTHON) and packages in accepted_stamps(kind, python)
    if fits and project == digest_of("pyproject.toml"):
        return
    if fits:
        say("pyproject.toml changed")
    else:
        say("Setting up Wardmote in .venv (first time, or something changed)")
        check_disk(kind)
        prepare_system(python)
        packages = build(kind, python)
    install_wardmote()
    with open(STAMP, "w") as file:
        file.write("%s\n%s\n" % (packages, digest_of("pyproject.toml")))
    say("Set up")


def build(kind, python):
    """Make .venv anew with the packages of the lock, and return its stamp."""
    make_venv(python)
    install(kind)
    return stamp_of(kind, python)


def find_python():
    """Return the path of a Python we run on: the one named by PYTHON, this one, or another on the PATH."""
    named = os.environ.get("PYTHON")
    candidates = [named] if named else [sys.executable] + ["python%d.%d" % v for v in reversed(KNOWN_PYTHONS)]
    for candidate in candidates:
        path = shutil.which(candidate)
        if path and version_of(path) in KNOWN_PYTHONS:
            return path
    found = "%d.%d" % version_of(shutil.which(named) or named) if named else "%d.%d" % sys.version_info[:2]
    raise Stop(
        "Wardmote needs Python 3.11, 3.12 or 3.13, and found %s. Install one of them, or name it: make demo PYTHON=/path/to/python3.12"
        % (found if found != "0.0" else "no Python at " + named)
    )


def version_of(python):
    ask = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        answer = subprocess.check_output([python, "-c", ask], stderr=subprocess.DEVNULL).decode().split()
        major, minor = [int(part) for part in answer]
    except (OSError, ValueError, subprocess.CalledProcessError):
        return (0, 0)
    return (major, minor)


def stamp_of(kind, python):
    """Return what an environment was made from: another lock, place or Python needs another environment."""
    return "%s %s %s %s" % (kind, ROOT, version_of(python), digest_of(LOCKS[kind]))


def digest_of(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def accepted_stamps(kind, python):
    # The environment for tests holds everything that the demo needs.
    kinds = ["test"] if kind == "test" else ["demo", "test"]
    return [stamp_of(each, python) for each in kinds]


def read_stamp():
    """Return the stamp of the packages and the digest of the pyproject.toml that Wardmote was installed from."""
    try:
        with open(STAMP) as file:
            packages, project = file.read().splitlines()
    except (OSError, ValueError):
        return "", ""
    return packages, project


def check_disk(kind):
    needed = int(os.environ.get("WARDMOTE_NEEDED_MB") or NEEDED_MB[kind])
    free = shutil.disk_usage(ROOT).free // (1024 * 1024)
    if free < needed:
        raise Stop(
            "The disk is too full: setting up needs %d MB free beside this folder and there are %d. Free some and run the same command again."
            % (needed, free)
        )


def prepare_system(python):
    """Install what Debian and Ubuntu split off from Python, where that is allowed."""
    missing = []
    # Only the system's own Python is completed by a package; another one was built without these modules.
    if not has_modules(python) and os.path.realpath(python).startswith("/usr/bin/"):
        missing.append("python%d.%d-venv" % version_of(python))
    if on_debian() and not os.path.exists(os.environ.get("PIP_CERT") or CERTIFICATES):
        missing.append("ca-certificates")
    if missing and on_debian():
        apt_install(missing, "Debian keeps it apart from Python")
    if not has_modules(python):
        raise Stop(
            "This Python has no venv module. Install it (on Debian and Ubuntu, as root: apt-get install python3-venv) and run the same command again."
        )


def on_debian():
    """Whether this is Debian or made from it, Ubuntu for one."""
    return os.path.exists("/etc/debian_version")


def has_modules(python):
    return subprocess.call([python, "-c", "import ensurepip, venv, ssl"], stderr=subprocess.DEVNULL) == 0


def apt_install(packages, reason):
    """Install Debian packages, saying so; where this user may not, stop with the line that root would type."""
    prefix = apt_prefix()
    line = "apt-get install " + " ".join(packages)
    if prefix is None:
        raise Stop("Something is missing (%s), and this user may not install it. As root: %s" % (reason, line))
    say("Installing %s with apt (%s)" % (" and ".join(packages), reason))
    apt = prefix + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.call(apt + ["update"], stdin=subprocess.DEVNULL)
    install = apt + ["install", "-y", "--no-install-recommends"] + packages
    process = subprocess.Popen(install, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode:
        sys.stderr.write("\n".join(output.splitlines()[-10:]) + "\n")
        raise Stop("apt-get could not install them. Look at its lines above, then run as root: " + line)


def apt_prefix():
    """Return what to put before apt-get, or None where this user may not run it."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def make_venv(python):
    say("Making .venv with Python %d.%d" % version_of(python))
    # In two steps, because venv keeps to itself what ensurepip says, a full disk for one.
    run([python, "-m", "venv", "--clear", "--without-pip", VENV])
    run([VENV_PYTHON, "-Im", "ensurepip", "--upgrade", "--default-pip"])


def install(kind):
    lock = os.path.join(ROOT, LOCKS[kind])
    with open(lock) as file:
        count = len(re.findall(r"(?m)^[A-Za-z0-9]", file.read()))
    say("Installing %d packages at the versions of the lock" % count)
    pip(["--require-hashes", "--only-binary", ":all:", "-r", lock], count)


def install_wardmote():
    say("Installing Wardmote itself")
    pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT], 1)


def pip(arguments, count):
    quiet = ["--no-input", "--disable-pip-version-check", "--no-color", "--progress-bar", "off"]
    run([VENV_PYTHON, "-m", "pip", "install"] + quiet + arguments, count)


def run(command, count=0):
    """Run a command, show a line for each package it fetches, and translate its failure."""
    lines = []
    environment = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    environment["PIP_USER"] = "0"
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    seen = 0
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace").rstrip()
        lines.append(line)
        if line.startswith("Collecting "):
            seen += 1
            print("    %d of %d  %s" % (seen, count, line.split()[1]), flush=True)
        elif line.startswith("Installing collected"):
            print("    unpacking", flush=True)
    if process.wait() != 0:
        raise Stop(translate("\n".join(lines)))


def translate(output):
    """Say what the words of pip, venv or the system mean, else show the last of them."""
    for words, meaning in MEANINGS:
        if re.search(words, output):
            return meaning % {"root": ROOT, "temporary": os.environ.get("TMPDIR", "/tmp")}
    return "Setting up failed. The last lines were:\n" + "\n".join(output.splitlines()[-15:])


def ended(work):
    """Do the work and return the exit status, having said what went wrong."""
    try:
        work()
    except Stop as stop:
        sys.stderr.write("\n%s\n" % stop)
        return 1
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write("\n%s\n" % translate(str(error)))
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
