#!/usr/bin/env bash
# Installs the Debian packages that tests need besides what npm brings. Does nothing when all are there; CI calls it as root.
set -euo pipefail
packages=(
  pgbouncer iptables haproxy nginx-light redis-server chromium postgresql-15-hypopg sqlsmith
  golang-go golang-github-masterminds-sprig-dev golang-github-ghodss-yaml-dev
)
missing=()
for package in "${packages[@]}"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "These packages are missing and cannot be installed here: ${missing[*]}" >&2
  exit 1
fi
# The tests start what they need themselves: no service of a package may start on its own, whatever was there before.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
