#!/bin/bash
# As the official image's entry point, for what tests need: the POSTGRES_* variables (and their _FILE
# forms), /docker-entrypoint-initdb.d with *.sh, *.sql and *.sql.gz, any other command as it is.
set -Eeuo pipefail

value_of() { # NAME DEFAULT: the variable, or the content of the file that NAME_FILE names
  local file="${1}_FILE"
  if [ -n "${!1:-}" ] && [ -n "${!file:-}" ]; then
    echo >&2 "error: both $1 and $file are set (but are exclusive)"
    exit 1
  fi
  if [ -n "${!file:-}" ]; then cat "${!file}"; else echo "${!1:-$2}"; fi
}

refuse_without_password() {
  if [ -z "$password" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    cat >&2 <<'TEXT'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.
TEXT
    exit 1
  fi
}

run_sql() { psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$user" --no-password --dbname "$@"; }

initialise() {
  local arguments=()
  read -r -a arguments <<<"${POSTGRES_INITDB_ARGS:-}"
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") \
    ${arguments[@]+"${arguments[@]}"}
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
  # Only the Unix socket during initialisation: no client takes it for the finished server.
  pg_ctl --wait --options="-c listen_addresses='' -p 5432" start
  if [ "$database" != postgres ]; then
    run_sql postgres --set db="$database" <<<'CREATE DATABASE :"db" ;'
  fi
  run_scripts
  pg_ctl --mode=fast --wait stop
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

run_scripts() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    [ -e "$file" ] || continue
    echo "$0: running $file"
    case "$file" in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) run_sql "$database" --file "$file" ;;
      *.sql.gz) gunzip --stdout "$file" | run_sql "$database" ;;
      *) echo "$0: ignoring $file" ;;
    esac
  done
}

if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ "$1" != postgres ]; then exec "$@"; fi

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid postgres --regid postgres --init-groups "$BASH_SOURCE" "$@"
fi

mkdir -p "$PGDATA"
chmod 700 "$PGDATA" || true
if [ -s "$PGDATA/PG_VERSION" ]; then
  printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
else
  user="$(value_of POSTGRES_USER postgres)"
  password="$(value_of POSTGRES_PASSWORD '')"
  database="$(value_of POSTGRES_DB "$user")"
  refuse_without_password
  export PGPASSWORD="$password" POSTGRES_USER="$user" POSTGRES_DB="$database"
  initialise
  unset PGPASSWORD
fi
exec "$@"
