#!/bin/sh
# Run once by the database image, when its volume is empty: the two roles and the database of Waymark.
set -eu
psql --set ON_ERROR_STOP=1 --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE waymark_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE waymark_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
CREATE DATABASE waymark OWNER waymark_owner;
REVOKE ALL ON DATABASE waymark FROM PUBLIC;
GRANT CONNECT ON DATABASE waymark TO waymark_app;
\connect waymark
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO waymark_app;
SQL
