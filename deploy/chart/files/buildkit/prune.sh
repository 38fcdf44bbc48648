#!/bin/sh
# Prunes each daemon down to so many bytes. One that cannot be reached is passed over, and the job fails at the end.
set -u
failed=0
for daemon in $DAEMONS; do
  set -- prune --keep-storage "$KEEP_MEGABYTES"
  if [ -e "$CERTIFICATES/tls.crt" ]; then set -- --tlsdir "$CERTIFICATES" "$@"; fi
  if freed=$(buildctl --timeout 30 --addr "tcp://$daemon" "$@" 2>&1); then
    echo "$daemon: $(echo "$freed" | tail -n 1)"
  else
    echo "$daemon was not pruned: $freed" >&2
    failed=1
  fi
done
exit "$failed"
