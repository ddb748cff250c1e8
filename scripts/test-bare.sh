#!/bin/sh
# Runs `make demo` and `make test` on a bare Debian: debootstrap's smallest with git, make and python3, nothing else prepared,
# as root and as an ordinary user without sudo. Needs root, debootstrap and some 6 GB.
#
#   make test-bare                 everything
#   make test-bare ONLY=demo       without the suites
#   WARDMOTE_BARE=FOLDER           where the base is kept between runs (default: /var/tmp/wardmote-bare)
#   WARDMOTE_DEBIAN_MIRROR=URL     else the one this machine uses
#
# What this machine needs to fetch packages (apt's proxy, certificates, pip's settings) is copied in at run time.
set -eu
cd "$(dirname "$0")/.."
ROOT=$(pwd)
SUITE=bookworm
STORE=${WARDMOTE_BARE:-/var/tmp/wardmote-bare}
BASE=$STORE/base-$SUITE
ONLY=${ONLY:-all}
PORT=${BARE_PORT:-18473}
USER_NAME=warden
results=""

stop() { printf '\n%s\n' "$1" >&2; exit 1; }
say() { printf '\n== %s\n' "$1"; }
note() { results="$results
$1"; printf '   %s\n' "$1"; }
clock() { date +%s; }

[ "$(id -u)" = 0 ] || stop "make test-bare needs root: it makes a Debian in a folder. Run it with sudo."
command -v debootstrap >/dev/null || stop "make test-bare needs debootstrap. Install it: apt-get install debootstrap"
unshare --mount --pid --fork true 2>/dev/null || stop "make test-bare must be allowed to mount: run it outside a restricted container."

mirror() {
    [ -n "${WARDMOTE_DEBIAN_MIRROR:-}" ] && { echo "$WARDMOTE_DEBIAN_MIRROR"; return; }
    found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
        sed -n 's/^URIs: *\([^ ]*debian\/*\)$/\1/p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*debian\/*\) .*/\2/p' | head -n 1)
    echo "${found:-http://deb.debian.org/debian}"
}

make_base() {
    [ -d "$BASE" ] && return
    say "Making a bare Debian $SUITE in $BASE (once)"
    mkdir -p "$STORE"
    rm -rf --one-file-system "$BASE.new"
    debootstrap --variant=minbase --include=git,make,python3 "$SUITE" "$BASE.new" "$(mirror)" >"$STORE/debootstrap.log" 2>&1 ||
        stop "debootstrap failed. Look at $STORE/debootstrap.log"
    mv "$BASE.new" "$BASE"
}

# How this machine reaches packages; nothing of it is known to the repository.
copy_machine_settings() {
    cp -L /etc/resolv.conf /etc/hosts "$1/etc/" 2>/dev/null || true
    for file in $(grep -lis 'acquire::\(http\|https\|check\)' /etc/apt/apt.conf /etc/apt/apt.conf.d/* || true); do
        cp "$file" "$1/etc/apt/apt.conf.d/"
    done
    [ -f /etc/pip.conf ] && cp /etc/pip.conf "$1/etc/pip.conf"
    if [ -d /usr/local/share/ca-certificates ]; then
        mkdir -p "$1/usr/local/share/ca-certificates"
        cp -rL /usr/local/share/ca-certificates/. "$1/usr/local/share/ca-certificates/"
    fi
}

fresh() { # a copy of the base with a clone of the repository
    bare=$STORE/bare-$1
    rm -rf --one-file-system "$bare"
    cp -a --reflink=auto "$BASE" "$bare"
    copy_machine_settings "$bare"
    home=/root
    if [ "$1" = user ]; then
        home=/home/$USER_NAME
        chroot "$bare" useradd --create-home --shell /bin/sh "$USER_NAME"
    fi
    git clone -q "$ROOT" "$bare$home/wardmote"
    if [ "$1" = user ]; then
        chroot "$bare" chown -R "$USER_NAME:$USER_NAME" "$home"
    fi
}

# inside WHO COMMAND: run a shell command in the bare Debian, with processes and mounts of its own, which end with it.
inside() {
    who=$1
    where=/root
    [ "$who" = root ] || where=/home/$who
    # shellcheck disable=SC2016
    unshare --mount --pid --fork --kill-child sh -eu -c '
        mount --make-rprivate /
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        mkdir -p "$1/small" && mount -t tmpfs -o size=6m,mode=1777 tmpfs "$1/small"
        mkdir -p "$1/tight" && mount -t tmpfs -o size=64m,mode=1777 tmpfs "$1/tight"
        exec chroot --userspec="$2" "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            HOME="$3" USER="$2" LANG=C.UTF-8 TERM=dumb PORT="$5" \
            http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
            PIP_INDEX_URL="${PIP_INDEX_URL:-https://pypi.org/simple}" PIP_DEFAULT_TIMEOUT="${PIP_DEFAULT_TIMEOUT:-60}" \
            PIP_TRUSTED_HOST="${PIP_TRUSTED_HOST:-}" sh -c "cd $3 && $4"
    ' sh "$bare" "$who" "$where" "$2" "$PORT"
}

# must_say WHO NAME WORDS COMMAND: the command fails, with these words and without a traceback.
must_say() {
    log=$STORE/$2.log
    if inside "$1" "$4" >"$log" 2>&1; then
        cat "$log"; stop "$2: should have failed"
    fi
    grep -q "$3" "$log" || { tail -n 40 "$log"; stop "$2: did not say: $3"; }
    ! grep -q Traceback "$log" || { tail -n 40 "$log"; stop "$2: showed a traceback"; }
    note "$2: $(grep "$3" "$log" | head -n 1)"
}

# demo WHO NAME LIMIT: starts, answers, shows the sign-in names, and ends both halves on Ctrl-C.
demo() {
    log=$STORE/demo-$1-$2.log
    started=$(clock)
    inside "$1" "cd wardmote && sh scripts/try-demo.sh $3" >"$log" 2>&1 || { cat "$log"; stop "make demo as $1, $2: failed"; }
    note "make demo as $1, $2 run: $(sed -n 's/^answered after //p' "$log") until it answered, $(($(clock) - started)) s with the stop"
}

suite() {
    log=$STORE/test-$1.log
    started=$(clock)
    inside "$1" "cd wardmote && make test" >"$log" 2>&1 || { tail -n 60 "$log"; stop "make test as $1: failed. The whole of it: $log"; }
    note "make test as $1: $(($(clock) - started)) s; $(tail -n 1 "$log")"
}

as_root() {
    say "As root, nothing prepared"
    fresh root
    demo root first 360
    demo root second 10
    must_say root data-folder-full "The disk is full" "cd wardmote && WARDMOTE_DATA=/small make demo"
    must_say root set-up-folder-full "The disk is full" \
        "git clone -q --depth 1 file://\$PWD/wardmote /tight/wardmote && cd /tight/wardmote && WARDMOTE_NEEDED_MB=0 make setup"
    must_say root no-network "cannot be reached" \
        "git clone -q wardmote other && cd other && PIP_RETRIES=0 PIP_NO_CACHE_DIR=1 PIP_INDEX_URL=https://index.invalid/simple make setup"
    [ "$ONLY" = demo ] || suite root
}

as_user() {
    say "As an ordinary user, without sudo"
    fresh user
    must_say "$USER_NAME" user-nothing-prepared "As root: apt-get install python3.11-venv ca-certificates" "cd wardmote && make demo"
    packages="python3-venv ca-certificates"
    [ "$ONLY" = demo ] || packages="$packages chromium libatomic1"
    inside root "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages" \
        >"$STORE/prepare-user.log" 2>&1 || { tail "$STORE/prepare-user.log"; stop "Preparing the bare Debian failed."; }
    demo "$USER_NAME" first 360
    demo "$USER_NAME" second 10
    [ "$ONLY" = demo ] || suite "$USER_NAME"
}

make_base
say "Testing commit $(git rev-parse --short HEAD); what is not committed is not in it"
as_root
as_user
say "All of it worked:$results"
rm -rf --one-file-system "$STORE/bare-root" "$STORE/bare-user"
