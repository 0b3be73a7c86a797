#!/bin/sh
# Runs once, when the database is made: a role that may only read, and one that keeps the server's own records.
set -eu
password=$(cat /run/secrets/postgres_password)
psql -v ON_ERROR_STOP=1 -v password="$password" --username postgres <<'SQL'
CREATE ROLE reader LOGIN PASSWORD :'password';
GRANT CONNECT ON DATABASE postgres TO reader;
GRANT USAGE ON SCHEMA public TO reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;
CREATE ROLE keeper LOGIN PASSWORD :'password';
CREATE DATABASE pgmcp OWNER keeper;
SQL
