#!/bin/sh
# try-demo.sh SECONDS: starts `make demo`, waits until the first page is served, reads it, stops with Ctrl-C, looks for what is left.
# For scripts/test-bare.sh; PORT says where.
set -eu
limit=$1
log=$(mktemp)
started=$(date +%s)
# A group of its own, so that the signal goes to all of it, as a terminal's Ctrl-C does.
setsid make demo >"$log" 2>&1 &
group=$!
finish() { cat "$log"; kill -s TERM -- "-$group" 2>/dev/null || true; }
trap finish EXIT

fail() { echo "$1" >&2; exit 1; }
spent() { echo $(($(date +%s) - started)); }

until grep -q "Wardmote is ready" "$log"; do
    kill -0 "$group" 2>/dev/null || fail "make demo ended by itself"
    [ "$(spent)" -le "$limit" ] || fail "not ready after $limit s"
    sleep 0.2
done
echo "answered after $(spent) s"
python3 - <<'PYTHON' || fail "the first page is not what it should be"
import os, urllib.request
page = urllib.request.urlopen("http://127.0.0.1:%s/" % os.environ["PORT"], timeout=20)
assert page.status == 200 and b"Wardmote" in page.read()
style = urllib.request.urlopen("http://127.0.0.1:%s/static/web/wardmote.css" % os.environ["PORT"], timeout=20)
assert style.status == 200 and style.headers["Content-Type"].startswith("text/css")
PYTHON
grep -q "Sign in with the password" "$log" || fail "no sign-in names were printed"

kill -s INT -- "-$group"
stopping=$(date +%s)
wait "$group" || true
echo "stopped after $(($(date +%s) - stopping)) s"
for process in /proc/[0-9]*; do
    if tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q "wardmote.cli"; then
        fail "a process is left: $(tr '\0' ' ' <"$process/cmdline")"
    fi
done
