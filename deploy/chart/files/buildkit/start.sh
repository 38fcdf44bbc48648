#!/bin/sh
# Notes which certificate the daemon starts with, then becomes the daemon.
set -eu
rm -f "$RUN_FOLDER/draining"
[ ! -e "$CERTIFICATES/tls.crt" ] || cp "$CERTIFICATES/tls.crt" "$RUN_FOLDER/started-with.crt"
exec "$@"
