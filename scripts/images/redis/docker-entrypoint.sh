#!/bin/sh
# As the official image: options alone are options of redis-server, and root gives way to the user redis.
set -e

if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then
  set -- redis-server "$@"
fi
if [ "$1" = redis-server ]; then
  case "${2:-}" in
    -v | --version | -h | --help | --test-memory | --check-system) ;;
    # Whoever reaches a container was let in on purpose; Debian's build would refuse them.
    *) set -- "$@" --protected-mode no ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    chown redis:redis /data
    exec setpriv --reuid redis --regid redis --init-groups "$@"
  fi
fi
exec "$@"
