#!/bin/sh
# Alive: the daemon answers. buildkitd reads its certificate once, so a renewed one ends it too: after the drain, like any stop.
set -eu
if [ -e "$CERTIFICATES/tls.crt" ] && ! cmp -s "$CERTIFICATES/tls.crt" "$RUN_FOLDER/started-with.crt"; then
  echo 'the certificate was renewed: this daemon starts again once its builds have ended'
  exit 1
fi
exec buildctl --addr "unix://$BUILDKIT_SOCKET" debug workers >/dev/null
