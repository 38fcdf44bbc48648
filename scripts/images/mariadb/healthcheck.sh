#!/bin/bash
# The two questions of the official image's script that everybody asks: is the server finished, is InnoDB up?
set -euo pipefail

for question in "$@"; do
  case "$question" in
    --connect) mariadb-admin --protocol tcp --host 127.0.0.1 --user nobody ping >/dev/null ;;
    --innodb_initialized) [ -f /var/lib/mysql/.initialised ] ;;
    *) echo >&2 "healthcheck.sh: unknown question $question" && exit 2 ;;
  esac
done
