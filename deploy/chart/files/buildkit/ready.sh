#!/bin/sh
# Ready: the daemon answers, is not draining, and serves the certificate that is mounted now.
set -eu
[ ! -e "$RUN_FOLDER/draining" ]
[ ! -e "$CERTIFICATES/tls.crt" ] || cmp -s "$CERTIFICATES/tls.crt" "$RUN_FOLDER/started-with.crt"
exec buildctl --addr "unix://$BUILDKIT_SOCKET" debug workers >/dev/null
