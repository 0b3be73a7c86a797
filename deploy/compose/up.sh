#!/usr/bin/env bash
# Brings the compose stack up, makes an API key, and shows the state of every part. Needs docker with compose.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
# One password for the roles of this stack, made once; the files are read by the containers as secrets.
[ -s secrets/postgres_password ] || head -c 24 /dev/urandom | base64 | tr -d '+/=\n' >secrets/postgres_password
printf 'postgresql://keeper:%s@postgres:5432/pgmcp' "$(cat secrets/postgres_password)" >secrets/store_url
# Containers read them under another user.
chmod 755 secrets && chmod 644 secrets/*
docker compose up --build --detach --wait
docker compose ps
echo
echo 'Health:'; curl --silent --show-error --fail http://127.0.0.1:3000/health; echo
if [ "${1:-}" = --key ]; then
  echo 'API key (shown once):'
  docker compose exec -T pgmcp /nodejs/bin/node dist/main.js keys create compose
else
  echo 'Make an API key with: deploy/compose/up.sh --key'
fi
