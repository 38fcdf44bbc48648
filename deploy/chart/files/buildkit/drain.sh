#!/bin/sh
# Before the daemon is stopped: goes on listening until no build runs and no client is connected, twice in a row.
# A build of several parts opens connections between them, which a daemon that was told to stop would refuse.
set -u
touch "$RUN_FOLDER/draining"
port=$(printf '%04X' "$BUILDKIT_PORT")
idle=0
while [ "$idle" -lt 2 ]; do
  sleep "${DRAIN_POLL_SECONDS:-2}"
  # A daemon that no longer answers has nothing to drain.
  histories=$(buildctl --addr "unix://$BUILDKIT_SOCKET" debug histories 2>/dev/null) || exit 0
  running=$(printf '%s\n' "$histories" | grep -c STARTED)
  # Established connections to our port, of IPv4 and IPv6 (proc(5): local address, remote address, state 01).
  clients=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port=":$port\$" '$2 ~ port && $4 == "01"' | wc -l)
  if [ "$running" -eq 0 ] && [ "$clients" -eq 0 ]; then idle=$((idle + 1)); else idle=0; fi
done
