#!/bin/sh
# Run once by the image of PostgreSQL when its folder is empty: the ordinary role of the server, and its database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v password="$CALLBOARD_DB_PASSWORD" <<'SQL'
CREATE ROLE callboard LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE callboard OWNER callboard;
SQL
