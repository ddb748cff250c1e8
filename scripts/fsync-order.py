#!/usr/bin/env python
"""Trace an import with strace and see that a release is forced to the disk in the order that survives a power cut.

Each file of the release is written, then forced; then the folder's names; then the folder is renamed into place; then the
names of the folder above are forced; and only then does the database get the row. `--trace FILE` judges a trace that is
there already.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

# One line of `strace -f -y`: the process, then the call.
CALL = re.compile(r"^(?:\d+\s+)?(?P<name>\w+)\((?P<arguments>.*)\)\s+=\s+(?P<result>-?\d+)")
DESCRIPTOR = re.compile(r"^\d+<(?P<path>[^>]*)>")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
TRACED = "write,pwrite64,writev,pwritev,fsync,fdatasync,rename,renameat,renameat2"
FILES = ("rows.parquet", "rejects.csv", "manifest.json")
SEEN_ENOUGH_OF_A_WRITE = "200000"


class OutOfOrder(Exception):
    """The trace shows an order that a power cut could turn into a half release; the text says what."""


def calls_of(lines):
    """Return (name, path, arguments) of each call that did not fail, in their order."""
    found = []
    for line in lines:
        match = CALL.match(line)
        if not match or int(match["result"]) < 0:
            continue
        descriptor = DESCRIPTOR.match(match["arguments"])
        found.append((match["name"], descriptor["path"] if descriptor else "", match["arguments"]))
    return found


def judge(lines):
    """Return in words what was seen, one step a line; raises OutOfOrder where a step is missing or too late."""
    calls = calls_of(lines)
    renamed, staging, target = rename_of(calls)
    digest = os.path.basename(target)
    said = [f"{renamed}: renamed into releases/{digest[:12]}…"]
    for name in FILES:
        said.append(file_forced(calls[:renamed], f"{staging}/{name}"))
    said.append(forced(calls, staging, after=last_sync_of_files(calls[:renamed], staging), before=renamed))
    releases = os.path.dirname(target)
    row = row_of(calls, digest)
    said.append(forced(calls, releases, after=renamed, before=row))
    said.append(f"{row}: the database is written with the release's digest")
    return sorted(said, key=lambda step: int(step.split(":")[0]))


def rename_of(calls):
    """Return where the staged folder is renamed into the releases, and both names."""
    for place, (name, _, arguments) in enumerate(calls):
        names = QUOTED.findall(arguments)
        if name.startswith("rename") and len(names) == 2 and re.search(r"/releases/[0-9a-f]{64}$", names[1]):
            return place, names[0], names[1]
    raise OutOfOrder("No folder was renamed into releases/.")


def file_forced(calls, path):
    """Say where a file was forced after its last write."""
    written = [place for place, (name, where, _) in enumerate(calls) if where == path and "write" in name]
    synced = [place for place, (name, where, _) in enumerate(calls) if where == path and "sync" in name]
    if not written:
        raise OutOfOrder(f"{path} was never written.")
    if not synced or synced[-1] < written[-1]:
        raise OutOfOrder(f"{path} was not forced to the disk between its last write and the rename.")
    return f"{synced[-1]}: {os.path.basename(path)} forced, {len(written)} writes before"


def last_sync_of_files(calls, staging):
    """Return where the last file of the staged folder was forced."""
    wanted = {f"{staging}/{name}" for name in FILES}
    return max(place for place, (name, path, _) in enumerate(calls) if path in wanted and "sync" in name)


def forced(calls, folder, *, after, before):
    """Say where a folder's names were forced, between two places."""
    for place, (name, path, _) in enumerate(calls[:before]):
        if place > after and path == folder and "sync" in name:
            return f"{place}: names of {os.path.basename(folder)} forced"
    raise OutOfOrder(f"The names of {folder} were not forced to the disk in time.")


def row_of(calls, digest):
    """Return where the database first got the release's digest."""
    for place, (name, path, arguments) in enumerate(calls):
        if "write" in name and ".sqlite3" in path and digest in arguments:
            return place
    raise OutOfOrder("The database never got the release's digest.")


def trace(folder):
    """Import a small street file under strace and return the lines of the trace."""
    from tests.analytics.sources.making import row, street_file

    data, out = folder / "data", folder / "trace"
    environment = {**os.environ, "WARDMOTE_DATA": str(data), "WARDMOTE_ENV": "embedded"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "wardmote"]
    subprocess.run([*command, "migrate"], env=environment, check=True)
    path = street_file(folder, *(row(number) for number in range(500)))
    traced = ["strace", "-f", "-y", "-s", SEEN_ENOUGH_OF_A_WRITE, "-e", f"trace={TRACED}", "-o", str(out)]
    done = subprocess.run([*traced, *command, "import", "police-uk", str(path)], env=environment)
    if done.returncode:
        sys.exit("The import did not end well under strace. If it says that ptrace is not permitted, run this as root.")
    return out.read_text(errors="replace").splitlines()


def main():
    """Judge a trace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trace", type=Path, help="a trace that is there already")
    given = parser.parse_args().trace
    if given is None and not shutil.which("strace"):
        sys.exit("This needs strace. Install it (on Debian and Ubuntu: apt-get install strace) and run the same again.")
    with tempfile.TemporaryDirectory(prefix="wardmote-fsync-") as folder:
        lines = given.read_text().splitlines() if given else trace(Path(folder))
    try:
        steps = judge(lines)
    except OutOfOrder as problem:
        sys.exit(f"Out of order: {problem}")
    print("In order:")
    for step in steps:
        print(f"  call {step}")


if __name__ == "__main__":
    main()
