"""`make setup`: each way in which it cannot go on ends with a sentence that says what to do."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.setup.processes import ROOT, Ended, run

SYSTEM_PYTHON = os.path.realpath(sys.executable)
NOWHERE = "http://127.0.0.1:9/simple"  # the discard port, where nobody listens


def script(path: Path, text: str) -> Path:
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return path


# The number that Debian and its relatives give a user who owns nothing.
NOBODY = 65534


def set_up(checkout: Path, *, user: int | None = None, **changes: str | Path) -> Ended:
    """Run set-up in the copy, with neither pip's settings nor its cache of this machine."""
    home = checkout.parent / "home"
    home.mkdir(exist_ok=True)
    if user is not None:
        os.chown(home, user, user)
    settings: dict[str, str | Path] = {"HOME": home, "PIP_CONFIG_FILE": os.devnull, "WARDMOTE_NEEDED_MB": "0"}
    # Root's own Python may lie where nobody else reaches.
    python = SYSTEM_PYTHON if user is None else "/usr/bin/python3"
    return run([python, "scripts/environment.py"], cwd=checkout, user=user, **(settings | changes))


def only(folder: Path, *names: str) -> str:
    """Return a PATH that holds these programs of the machine and nothing else."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).symlink_to(shutil.which(name) or name)
    return str(folder)


def one_sentence(ended: Ended, words: str) -> None:
    """Check that it failed saying these words, without a traceback."""
    assert ended.status == 1, ended.said
    assert words in ended.said
    assert "Traceback" not in ended.said


def test_another_python_is_named_with_the_versions_that_do(checkout: Path, tmp_path: Path) -> None:
    old = script(tmp_path / "bin" / "python3.9", f'[ "$1" = -c ] && {{ echo "3 9"; exit; }}\nexec {SYSTEM_PYTHON} "$@"')
    ended = run(["make", "setup", f"PYTHON={old}"], cwd=checkout)
    assert ended.status == 2  # make's own for a recipe that failed
    assert "needs Python 3.11, 3.12 or 3.13, and found 3.9" in ended.said
    assert "make demo PYTHON=/path/to/python3.12" in ended.said
    assert not (checkout / ".venv").exists()


def test_a_machine_without_any_python_is_told_to_install_one(checkout: Path, tmp_path: Path) -> None:
    ended = run(["/usr/bin/env", "make", "setup"], cwd=checkout, PATH=only(tmp_path / "bin", "make", "sh", "sed"))
    assert ended.status == 2
    assert "apt-get install python3" in ended.said


def test_a_python_that_does_not_exist_is_not_taken_for_an_old_one(checkout: Path) -> None:
    one_sentence(set_up(checkout, PYTHON="/nowhere/python3.12"), "found no Python at /nowhere/python3.12")


def test_no_network_is_called_no_network(checkout: Path) -> None:
    ended = set_up(checkout, PIP_INDEX_URL=NOWHERE, PIP_RETRIES="0", PIP_NO_CACHE_DIR="1")
    one_sentence(ended, "The package index cannot be reached")
    assert "from versions" not in ended.said


def test_a_disk_with_too_little_room_is_noticed_before_anything_is_fetched(checkout: Path) -> None:
    ended = set_up(checkout, WARDMOTE_NEEDED_MB="999999999")
    one_sentence(ended, "setting up needs 999999999 MB free")
    assert not (checkout / ".venv").exists()


def apart() -> list[str]:
    """Return the command that gives a process mounts of its own: by a name space of users, or as root without one."""
    for command in (["unshare", "-rm"], ["unshare", "-m"]):
        if not subprocess.call([*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], stderr=subprocess.DEVNULL):
            return command
    return []


@pytest.mark.skipif(not apart(), reason="this machine does not let its user mount; `make test-bare` fills a disk too")
def test_a_disk_that_fills_up_on_the_way_is_called_full(checkout: Path) -> None:
    fill = (
        'mkdir "$1/small" && mount -t tmpfs -o size=8m tmpfs "$1/small" && cp -r "$1"/[!s]* "$1/scripts" "$1/small/" '
        '&& cd "$1/small" && WARDMOTE_NEEDED_MB=0 exec "$2" scripts/environment.py'
    )
    ended = run([*apart(), "sh", "-c", fill, "sh", checkout, SYSTEM_PYTHON])
    one_sentence(ended, "The disk is full. Free some space")


def without_venv(tmp_path: Path, *, until: Path) -> Path:
    """A Python as Debian ships it: without ensurepip until a file appears."""
    return script(
        tmp_path / "split" / "python3",
        f'case "$*" in *ensurepip*) [ -e {until} ] || exit 1;; esac\nexec {SYSTEM_PYTHON} "$@"',
    )


def test_a_python_without_venv_is_completed_or_the_line_to_type_is_shown(checkout: Path, tmp_path: Path) -> None:
    python = without_venv(tmp_path, until=tmp_path / "never")
    one_sentence(set_up(checkout, PYTHON=python), "apt-get install python3-venv")


@pytest.mark.skipif(not Path("/etc/debian_version").exists(), reason="only Debian splits packages this way")
def test_a_missing_package_is_installed_with_apt_where_that_is_allowed(checkout: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    script(tmp_path / "bin" / "apt-get", f'echo "$@" >> {asked}')
    script(tmp_path / "bin" / "sudo", 'shift; exec "$@"')
    code = (
        "import sys; sys.path.insert(0, 'scripts'); import environment; environment.apt_install(['one', 'two'], 'why')"
    )
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ended = run([SYSTEM_PYTHON, "-c", code], cwd=checkout, PATH=path)
    assert ended.said == "==> Installing one and two with apt (why)\n"
    assert asked.read_text().splitlines() == ["-qq update", "-qq install -y --no-install-recommends one two"]


@pytest.mark.skipif(not Path("/etc/debian_version").exists(), reason="only Debian splits packages this way")
def test_a_missing_package_is_named_to_a_user_who_may_not_install_it(checkout: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(checkout, Path(folder) / "copy"))
        script(Path(folder) / "bin" / "sudo", "exit 1")
        nobody = hand_over(Path(folder))
        path = f"{folder}/bin{os.pathsep}{os.environ['PATH']}"
        ended = set_up(copy, user=nobody, PATH=path, PIP_CERT="/nowhere/certificates")
    one_sentence(ended, "As root: apt-get install ca-certificates")


def hand_over(folder: Path) -> int | None:
    """Give root's folder to a user without powers and return that user's number; None for anyone but root."""
    if os.geteuid() != 0:
        return None
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return NOBODY


def test_a_failing_apt_shows_its_lines_and_the_one_to_type(checkout: Path, tmp_path: Path) -> None:
    script(tmp_path / "bin" / "apt-get", 'case "$*" in *install*) echo "E: Unable to locate"; exit 100;; esac')
    script(tmp_path / "bin" / "sudo", 'shift; exec "$@"')
    code = (
        "import sys; sys.path.insert(0, 'scripts'); import environment as e\n"
        "sys.exit(e.ended(lambda: e.apt_install(['one'], 'why')))"
    )
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ended = run([SYSTEM_PYTHON, "-c", code], cwd=checkout, PATH=path)
    one_sentence(ended, "run as root: apt-get install one")
    assert "E: Unable to locate" in ended.said


def test_an_environment_that_fits_the_lock_is_left_alone_at_once(checkout: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'scripts'); import environment as e, os\n"
        "os.makedirs(os.path.dirname(e.VENV_PYTHON)); os.symlink(sys.executable, e.VENV_PYTHON)\n"
        "stamp = e.stamp_of('test', e.find_python()); project = e.digest_of('pyproject.toml')\n"
        "open(e.STAMP, 'w').write(stamp + '\\n' + project)"
    )
    assert run([SYSTEM_PYTHON, "-c", code], cwd=checkout).status == 0
    assert set_up(checkout, PIP_INDEX_URL=NOWHERE) == Ended(0, "")
    # Another pyproject.toml asks for nothing but Wardmote itself, which needs no index; here there is none to install.
    (checkout / "pyproject.toml").write_text("")
    assert "Installing Wardmote itself" in set_up(checkout, PIP_INDEX_URL=NOWHERE).said
    # Another lock, and it is not left alone.
    (checkout / "requirements.lock").write_text("")
    (checkout / "requirements-test.lock").write_text("")
    assert "==> Setting up Wardmote in .venv" in set_up(checkout, WARDMOTE_NEEDED_MB="999999999").said


MEANINGS = [
    ("OSError: [Errno 28] No space left on device", "The disk is full."),
    ("WARNING: Retrying after NewConnectionError\nERROR: from versions: none", "The package index cannot be reached. "),
    ("ERROR: Could not find a version (from versions: none)", "or does not hold what the lock names"),
    ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "Set PIP_CERT"),
    ("THESE PACKAGES DO NOT MATCH THE HASHES", "Do not go on"),
    ("PermissionError: [Errno 13] Permission denied: '.venv'", "This user may not write into"),
    ("one\ntwo", "The last lines were:\none\ntwo"),
]


@pytest.mark.parametrize(("output", "meaning"), MEANINGS)
def test_the_words_of_pip_are_translated(output: str, meaning: str) -> None:
    code = "import sys; sys.path.insert(0, 'scripts'); import environment; print(environment.translate(sys.argv[1]))"
    assert meaning in run([SYSTEM_PYTHON, "-c", code, output], cwd=ROOT).said
