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
STAMP = os.path.join(VENV, "wardmote-stamp")
LOCKS = {"demo": "requirements.lock", "test": "requirements-test.lock"}
# Measured sizes of the finished environments, with as much again for the download's copies.
NEEDED_MB = {"demo": 1500, "test": 3000}
KNOWN_PYTHONS = [(3, 11), (3, 12), (3, 13)]
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


class Stop(Exception):
    """Set-up cannot go on; the text says what to do."""


def say(text):
    print("==> " + text, flush=True)


def main(arguments):
    kind = "test" if "--test" in arguments else "demo"
    python = find_python()
    stamp = stamp_of(kind, python)
    if read_stamp() in accepted_stamps(kind, python):
        return
    say("Setting up Wardmote in .venv (first time, or something changed)")
    check_disk(kind)
    prepare_system(python)
    make_venv(python)
    install(kind)
    with open(STAMP, "w") as file:
        file.write(stamp)
    say("Set up")


def find_python():
    """Return the path of a Python we run on: the one named by PYTHON, this one, or another on the PATH."""
    named = os.environ.get("PYTHON")
    candidates = [named] if named else [sys.executable] + ["python%d.%d" % v for v in reversed(KNOWN_PYTHONS)]
    for candidate in candidates:
        path = shutil.which(candidate)
        if path and version_of(path) in KNOWN_PYTHONS:
            return path
    found = version_of(shutil.which(candidates[0]) or sys.executable)
    raise Stop(
        "Wardmote needs Python 3.11, 3.12 or 3.13, and found %s. Install one of them, or name it: PYTHON=/path/to/python3.12 make demo"
        % ".".join(str(part) for part in found)
    )


def version_of(python):
    ask = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        answer = subprocess.check_output([python, "-c", ask], stderr=subprocess.STDOUT).decode().split()
        return tuple(int(part) for part in answer)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return (0, 0)


def stamp_of(kind, python):
    digest = hashlib.sha256()
    for name in (LOCKS[kind], "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return "%s %s %s %s" % (kind, ROOT, version_of(python), digest.hexdigest())


def accepted_stamps(kind, python):
    # The environment for tests holds everything that the demo needs.
    kinds = ["test"] if kind == "test" else ["demo", "test"]
    return [stamp_of(each, python) for each in kinds]


def read_stamp():
    try:
        with open(STAMP) as file:
            return file.read()
    except OSError:
        return ""


def check_disk(kind):
    needed = int(os.environ.get("WARDMOTE_NEEDED_MB", NEEDED_MB[kind]))
    free = shutil.disk_usage(ROOT).free // (1024 * 1024)
    if free < needed:
        raise Stop(
            "The disk is too full: setting up needs %d MB free beside this folder and there are %d. Free some and run the same command again."
            % (needed, free)
        )


def prepare_system(python):
    """Install what Debian and Ubuntu split off from Python, where that is allowed."""
    missing = []
    if not has_modules(python):
        missing.append("python%d.%d-venv" % version_of(python))
    if os.path.exists("/etc/debian_version") and not os.path.exists(CERTIFICATES):
        missing.append("ca-certificates")
    if missing:
        say("Installing %s (Debian keeps it apart from Python)" % " and ".join(missing))
        apt_install(missing)
    if not has_modules(python):
        raise Stop(
            "This Python has no venv module. Install it (on Debian and Ubuntu: apt-get install python3-venv) and run the same command again."
        )


def has_modules(python):
    return subprocess.call([python, "-c", "import ensurepip, venv, ssl"], stderr=subprocess.DEVNULL) == 0


def apt_install(packages):
    prefix = apt_prefix()
    line = "apt-get install " + " ".join(packages)
    if prefix is None:
        raise Stop("These packages are missing and this user may not install them. As root: " + line)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.call(prefix + ["apt-get", "update", "-qq"], env=environment, stdin=subprocess.DEVNULL)
    if subprocess.call(
        prefix + ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + packages,
        env=environment,
        stdin=subprocess.DEVNULL,
    ):
        raise Stop("apt-get could not install them. Look at its lines above, then run: " + line)


def apt_prefix():
    """Return what to put before apt-get, or None where this user may not run it."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"]
    return None


def make_venv(python):
    say("Making .venv with Python %d.%d" % version_of(python))
    run([python, "-m", "venv", "--clear", VENV])


def install(kind):
    lock = os.path.join(ROOT, LOCKS[kind])
    with open(lock) as file:
        count = len(re.findall(r"(?m)^[A-Za-z0-9]", file.read()))
    say("Installing %d packages at the versions of the lock" % count)
    pip(["--require-hashes", "--only-binary", ":all:", "-r", lock], count)
    say("Installing Wardmote itself")
    pip(["--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT], 1)


def pip(arguments, count):
    command = [
        os.path.join(VENV, "bin", "python"),
        "-m",
        "pip",
        "install",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
    ]
    run(command + arguments, count)


def run(command, count=0):
    """Run a command, show a line for each package it fetches, and translate its failure."""
    lines = []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
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
    """Say what pip's or venv's words mean; pip's own for no network ("from versions: none") mislead."""
    if "No space left on device" in output or "Errno 28" in output:
        return "The disk is full. Free some space beside this folder and run the same command again."
    if re.search(
        r"from versions: none|NewConnectionError|Could not fetch URL|Temporary failure in name resolution|Connection refused|ConnectTimeout|ReadTimeout|Network is unreachable",
        output,
    ):
        return "The package index cannot be reached. Check the network (and PIP_INDEX_URL, if you use a mirror), then run the same command again."
    if "DO NOT MATCH THE HASHES" in output:
        return "A package that was fetched is not the one in the lock. Do not go on: ask who runs your package mirror."
    return "Setting up failed. The last lines were:\n" + "\n".join(output.splitlines()[-15:])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Stop as stop:
        sys.stderr.write("\n%s\n" % stop)
        sys.exit(1)
    except OSError as error:
        sys.stderr.write("\n%s\n" % translate(str(error)))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on.\n")
        sys.exit(130)
