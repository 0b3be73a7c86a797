#!/usr/bin/env bash
# Installs the packages of Debian 12 or Ubuntu 24.04 that tests need besides what npm brings. Does nothing when all are there; CI calls it as
# root. Where it finds browsers that packages did not bring: PGMCP_BROWSERS (default: Google Chrome, as machines of CI services have it).
set -euo pipefail
packages=(
  pgbouncer iptables haproxy nginx-light redis-server sqlsmith
  golang-go golang-github-masterminds-sprig-dev golang-github-ghodss-yaml-dev
)
# Extensions are packages of one major version of PostgreSQL: that of the distribution is chosen, the newest of several.
extensions=(hypopg postgis-3)
read -ra browsers <<<"${PGMCP_BROWSERS-/usr/bin/google-chrome}"

installed() {
  dpkg-query -W -f '${Package} ${Status}\n' 2>/dev/null | sed -n 's/ install ok installed$//p'
}
has_browser() {
  local browser
  for browser in "${browsers[@]}"; do [ ! -x "$browser" ] || return 0; done
  # On Ubuntu this package is nothing but a way to a snap, which a test cannot start.
  grep -qx chromium <<<"$there"
}

there=$(installed)
missing=()
for package in "${packages[@]}"; do
  grep -qx "$package" <<<"$there" || missing+=("$package")
done
has_browser || missing+=(chromium)
wanted=()
for extension in "${extensions[@]}"; do
  grep -qE "^postgresql-[0-9]+-$extension$" <<<"$there" || wanted+=("$extension")
done
if [ ${#missing[@]} -eq 0 ] && [ ${#wanted[@]} -eq 0 ]; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "These packages are missing and cannot be installed here: ${missing[*]} ${wanted[*]/#/postgresql-*-}" >&2
  exit 1
fi
# The tests start what they need themselves: no service of a package may start on its own, whatever was there before.
policy=${PGMCP_POLICY_FILE-/usr/sbin/policy-rc.d}
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
for extension in "${wanted[@]}"; do
  newest=$(apt-cache search --names-only "^postgresql-[0-9]+-$extension$" | sed 's/ .*//' | sort -V | tail -n 1)
  if [ -z "$newest" ]; then
    echo "This distribution has no postgresql-*-$extension. Add the repository of PostgreSQL (https://apt.postgresql.org)." >&2
    exit 1
  fi
  missing+=("$newest")
done
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
