#!/bin/bash
# As the official image's entry point, for what tests need: RABBITMQ_DEFAULT_USER, _PASS and _VHOST, the
# log on standard output, and root giving way to the user rabbitmq.
set -euo pipefail

case "${1:-}" in
  rabbitmq*)
    if [ "$(id -u)" = 0 ]; then
      chown -R rabbitmq:rabbitmq /var/lib/rabbitmq
      # Debian's wrapper would do it by su, which asks PAM.
      exec setpriv --reuid rabbitmq --regid rabbitmq --init-groups "$BASH_SOURCE" "$@"
    fi
    ;;
esac

settings=/etc/rabbitmq/conf.d/10-defaults.conf
if [ "${1:-}" = rabbitmq-server ] && [ -w /etc/rabbitmq/conf.d ]; then
  {
    # Whoever reaches a container was let in on purpose: the user guest, too.
    echo 'loopback_users.guest = false'
    echo 'log.console = true'
    if [ -n "${RABBITMQ_DEFAULT_USER:-}" ]; then echo "default_user = $RABBITMQ_DEFAULT_USER"; fi
    if [ -n "${RABBITMQ_DEFAULT_PASS:-}" ]; then echo "default_pass = $RABBITMQ_DEFAULT_PASS"; fi
    if [ -n "${RABBITMQ_DEFAULT_VHOST:-}" ]; then echo "default_vhost = $RABBITMQ_DEFAULT_VHOST"; fi
  } >"$settings"
fi
exec "$@"
