#!/bin/sh
# Alive until maintenance is due, once a day in its hour (UTC); or when the disk is nearly full, at most once an hour.
# kubelet then starts the container again. Pulls meanwhile go upstream, and uploads that run may end first.
set -eu
note="$RUN_FOLDER/maintained-on"
[ -e "$note" ] || exit 0
if [ "$(date -u +%H)" = "$(printf '%02d' "$MAINTENANCE_HOUR")" ] && [ "$(cat "$note")" != "$(date -u +%F)" ]; then
  echo 'daily maintenance is due: this registry starts again'
  exit 1
fi
full=$(df -P "$STORAGE" | awk 'NR == 2 { sub("%", "", $5); print $5 }')
if [ "$full" -ge 95 ] && [ -n "$(find "$note" -mmin +60)" ]; then
  echo "the disk is $full% full: this registry starts again to make room"
  exit 1
fi
