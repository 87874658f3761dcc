#!/usr/bin/env bash
# Installs what tests and figures need and this machine lacks: libraries, Prometheus, PostgreSQL and a browser from Debian; anvil, a devp2p peer and an EVM from npm (into .tools/).
# Missing tools are listed at the end, and the exit code is 1; the tests that need them fail and report it too.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/eng/environment.sh"

anvil_version=1.7.1
missing=()
apt_updated=

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi
}

has_library() {
  { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -qF "$1 "
}

# apt_package PACKAGE WHY: installs one package from Debian.
apt_package() {
  if ! command -v apt-get >/dev/null; then
    missing+=("$1 ($2): apt-get is not available; install it by other means")
    return
  fi
  if [ -z "$apt_updated" ]; then
    as_root apt-get update -qq >/dev/null 2>&1
    apt_updated=yes
  fi
  echo "Installing $1 ($2)."
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1 \
    || missing+=("$1 ($2): apt-get could not install it; run 'apt-get install $1' as root")
}

# npm_binary PACKAGE VERSION PATH-IN-PACKAGE NAME WHY: installs one package under .tools and links its binary.
npm_binary() {
  local link="$tools/bin/$4" binary="$tools/node_modules/$1/$3"
  if [ -x "$link" ] && grep -qs "\"version\": \"$2\"" "$tools/node_modules/$1/package.json"; then
    return
  fi
  if ! command -v npm >/dev/null; then
    missing+=("$4 ($5): npm is not available to install $1@$2")
    return
  fi
  echo "Installing $1@$2 ($5)."
  mkdir -p "$tools/bin"
  [ -f "$tools/package.json" ] || echo '{ "private": true }' > "$tools/package.json"
  if npm install --prefix "$tools" --no-audit --no-fund --no-update-notifier --loglevel=error "$1@$2" >/dev/null && [ -f "$binary" ]; then
    chmod +x "$binary"
    ln -sfn "../node_modules/$1/$3" "$link"
  else
    missing+=("$4 ($5): npm could not install $1@$2")
  fi
}

# npm_library PACKAGE VERSION WHY: installs one package under .tools.
npm_library() {
  if grep -qs "\"version\": \"$2\"" "$tools/node_modules/$1/package.json"; then
    return
  fi
  if ! command -v npm >/dev/null; then
    missing+=("$1 ($3): npm is not available to install $1@$2")
    return
  fi
  echo "Installing $1@$2 ($3)."
  mkdir -p "$tools"
  [ -f "$tools/package.json" ] || echo '{ "private": true }' > "$tools/package.json"
  npm install --prefix "$tools" --no-audit --no-fund --no-update-notifier --loglevel=error "$1@$2" >/dev/null \
    || missing+=("$1 ($3): npm could not install $1@$2")
}

# postgresql: the server's programs only. Debian's package would also make a cluster and start it; this file, written before, prevents that.
postgresql() {
  local settings=/etc/postgresql-common/createcluster.conf
  if [ ! -e "$settings" ]; then
    as_root mkdir -p "${settings%/*}" && echo "create_main_cluster = false" | as_root tee "$settings" >/dev/null || {
      missing+=("postgresql (the database of a cluster): $settings cannot be written, without which a server would start; run this as root")
      return
    }
  fi
  apt_package postgresql "the database that silos of a cluster share"
}

has_library libsecp256k1.so.1 || apt_package libsecp256k1-1 "sender recovery against the library that nodes use"
compgen -G '/usr/lib/*/faketime/libfaketime.so.1' >/dev/null || apt_package libfaketime "a wall clock that one process has for itself and tests can set"
command -v promtool >/dev/null || apt_package prometheus "checks and tests the alert rules, and reads a real node"
command -v amtool >/dev/null || apt_package prometheus-alertmanager "checks the sample of Alertmanager, and receives an alert"
command -v python3 >/dev/null || apt_package python3 "runs the notebook of docs/notebooks"
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || postgresql
[ -x /usr/bin/chromium-headless-shell ] || apt_package chromium-headless-shell "Chromium without windows, the browser that the tests of the dashboard drive"
npm_binary @foundry-rs/anvil-linux-amd64 "$anvil_version" bin/anvil anvil "a real Ethereum node for end-to-end tests"
npm_library @ethereumjs/devp2p 10.0.0 "an independent devp2p implementation"
npm_library @ethereumjs/evm 10.1.3 "an EVM that the figures compare ours with"
npm_library solc 0.8.30 "the compiler of the executor contract"

for item in "${missing[@]+"${missing[@]}"}"; do
  echo "MISSING: $item" >&2
done
[ ${#missing[@]} = 0 ]
