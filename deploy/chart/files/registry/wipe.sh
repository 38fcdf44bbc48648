#!/bin/sh
# A proxy's cache: what was fetched too long ago goes, then the oldest until the rest is below the ceiling.
# Only contents go. Their links stay, and the proxy fetches a content that is missing from upstream again.
set -eu
blobs="$STORAGE/docker/registry/v2/blobs"
[ -d "$blobs" ] || exit 0
used() { du -sk "$blobs" | cut -f1; }
before=$(used)
find "$blobs" -type f -name data -mmin "+$((WIPE_OLDER_THAN_HOURS * 60))" -exec rm -f {} +
over=$(($(used) - WIPE_CEILING_KIB))
find "$blobs" -type f -name data -exec stat -c '%Y %s %n' {} + | sort -n | while read -r _ size path; do
  [ "$over" -gt 0 ] || break
  rm -f "$path"
  over=$((over - (size + 1023) / 1024))
done
# Downloads that a stop cut short.
find "$STORAGE/docker/registry/v2/repositories" -type d -name _uploads -prune -exec rm -rf {} +
echo "wiped $(((before - $(used)) / 1024)) MiB of $((before / 1024)) MiB"
