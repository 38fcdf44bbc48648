#!/bin/sh
# Notes which certificate the daemon starts with, then becomes the daemon.
set -eu
# Without root, the daemon needs a user namespace. Says which setting of the node refuses one, before it fails.
setting() { # path below /proc/sys, the value that refuses, the command that helps
  if [ "$(cat "${SETTINGS_FOLDER:-/proc/sys}/$1" 2>/dev/null)" = "$2" ]; then
    echo "this node refuses user namespaces: run \"$3\" on it, or choose another buildkit.securityProfile" >&2
  fi
}
if [ "$1" = rootlesskit ]; then
  setting kernel/apparmor_restrict_unprivileged_userns 1 'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  setting kernel/unprivileged_userns_clone 0 'sysctl -w kernel.unprivileged_userns_clone=1'
  setting user/max_user_namespaces 0 'sysctl -w user.max_user_namespaces=28633'
fi
rm -f "$RUN_FOLDER/draining"
[ ! -e "$CERTIFICATES/tls.crt" ] || cp "$CERTIFICATES/tls.crt" "$RUN_FOLDER/started-with.crt"
exec "$@"
