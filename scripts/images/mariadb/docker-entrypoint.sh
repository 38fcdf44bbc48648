#!/bin/bash
# As the official image's entry point, for what tests need: the MARIADB_* and MYSQL_* variables (and their
# _FILE forms), /docker-entrypoint-initdb.d with *.sh, *.sql and *.sql.gz, any other command as it is.
set -Eeuo pipefail

value_of() { # NAME: MARIADB_NAME or MYSQL_NAME, or the content of the file that its _FILE form names
  local prefix name file
  for prefix in MARIADB MYSQL; do
    name="${prefix}_$1"
    file="${name}_FILE"
    if [ -n "${!file:-}" ]; then cat "${!file}" && return; fi
    if [ -n "${!name:-}" ]; then echo "${!name}" && return; fi
  done
}

quoted() { printf "'%s'" "$(sed "s/[\\\\']/\\\\&/g" <<<"$1")"; }

refuse_without_password() {
  if [ -z "$root_password" ] && [ -z "$(value_of ALLOW_EMPTY_ROOT_PASSWORD)$(value_of ALLOW_EMPTY_PASSWORD)" ] \
    && [ -z "$(value_of RANDOM_ROOT_PASSWORD)" ]; then
    cat >&2 <<'TEXT'
[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified
	You need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD
TEXT
    exit 1
  fi
}

run_sql() { mariadb --protocol socket --user root "$@"; }

accounts() {
  if [ -n "$database" ]; then echo "CREATE DATABASE IF NOT EXISTS \`$database\`;"; fi
  if [ -n "$user" ]; then
    echo "CREATE USER $(quoted "$user")@'%' IDENTIFIED BY $(quoted "$password");"
    if [ -n "$database" ]; then echo "GRANT ALL ON \`$database\`.* TO $(quoted "$user")@'%';"; fi
  fi
  echo "CREATE USER root@'%' IDENTIFIED BY $(quoted "$root_password");"
  echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
}

initialise() {
  mariadb-install-db --skip-test-db --auth-root-authentication-method=normal >/dev/null
  # Only the Unix socket during initialisation: no client takes it for the finished server.
  mariadbd --skip-networking &
  local server=$! try
  for try in {1..150}; do
    if run_sql --execute 'SELECT 1' >/dev/null 2>&1; then break; fi
    sleep 0.2
  done
  accounts | run_sql
  run_scripts
  echo "ALTER USER root@localhost IDENTIFIED BY $(quoted "$root_password");" | run_sql
  kill "$server"
  wait "$server"
  touch /var/lib/mysql/.initialised
  echo '[Note] [Entrypoint]: MariaDB init process done. Ready for start up.'
}

run_scripts() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    [ -e "$file" ] || continue
    echo "$0: running $file"
    case "$file" in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) run_sql ${database:+"$database"} <"$file" ;;
      *.sql.gz) gunzip --stdout "$file" | run_sql ${database:+"$database"} ;;
      *) echo "$0: ignoring $file" ;;
    esac
  done
}

if [ "${1:0:1}" = - ]; then set -- mariadbd "$@"; fi
if [ "$1" != mariadbd ] && [ "$1" != mysqld ]; then exec "$@"; fi

if [ "$(id -u)" = 0 ]; then
  mkdir -p /var/lib/mysql /run/mysqld
  chown -R mysql:mysql /var/lib/mysql /run/mysqld
  exec setpriv --reuid mysql --regid mysql --init-groups "$BASH_SOURCE" "$@"
fi

if [ ! -f /var/lib/mysql/.initialised ]; then
  root_password="$(value_of ROOT_PASSWORD)"
  user="$(value_of USER)"
  password="$(value_of PASSWORD)"
  database="$(value_of DATABASE)"
  refuse_without_password
  initialise
fi
exec "$@"
