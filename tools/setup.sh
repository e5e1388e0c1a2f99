#!/bin/sh
# The Python environment from the hashed lock, and the host tools where they can be installed. Does nothing when
# everything is in place. Says what it does; a failure is one sentence.
#
# Two runs in one checkout would spoil each other's work, so what installs holds a lock on this file. The kernel lets go of
# it when its holder ends, however that ends; what the holder has started and what still runs holds it too.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\033[1;36m›\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[1;31m✗\033[0m %s\n' "$*" >&2; exit 1; }

# Waits until no other run installs here, and keeps others waiting until this one ends.
alone() {
  exec 9>>tools/setup.sh
  flock --nonblock 9 && return
  say "another make is installing here; waiting until it is done"
  flock 9
}

stamp=.venv/.installed
wanted=$(cat requirements/dev.txt pyproject.toml | sha256sum | cut -d ' ' -f 1)
installed() { [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; }

installed || alone
if ! installed; then
  # An install that is cut off leaves no stamp, not that of another lock.
  rm -f "$stamp"
  python=
  for candidate in python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$candidate
      break
    fi
  done
  [ -n "$python" ] || fail "there is no Python 3.11 or newer on PATH; install one (Debian: apt-get install python3 python3-venv)"
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  if [ ! -x .venv/bin/pip ]; then
    say "making the Python environment in .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv >"$log" 2>&1 || fail "$python can't make a virtual environment: $(tail -n 1 "$log"); install python3-venv"
  fi
  say "installing the locked Python packages (a minute or two)"
  .venv/bin/pip --disable-pip-version-check install --quiet --require-hashes -r requirements/dev.txt >"$log" 2>&1 \
    || fail "the Python packages could not be installed: $(tail -n 1 "$log")"
  # Plain paths instead of an import hook: every room is importable, also one that was added after this ran.
  .venv/bin/pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation \
    --config-settings editable_mode=compat -e . >"$log" 2>&1 || fail "the project could not be installed: $(tail -n 1 "$log")"
  printf '%s\n' "$wanted" >"$stamp"
fi

# Hosts need these; without root or apt the rehearsal goes on without hosts and says so.
packages="mmdebstrap systemd-container nftables iproute2 netcat-openbsd openssh-client"
missing() {
  for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf ' %s' "$package"
  done
}
if [ "${STATESIDE_HOSTS:-on}" != off ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  if [ -n "$(missing)" ]; then
    alone
    lacking=$(missing)
  fi
  if [ -n "${lacking:-}" ]; then
    say "installing for the hosts:$lacking"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # Without the lock: a package may start a service, which would hold it for ever. apt has a lock of its own.
    {
      apt-get update && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 $lacking
    } >"$log" 2>&1 9>&- \
      || say "they could not be installed ($(tail -n 1 "$log")); the rehearsal goes on without hosts"
  fi
fi
