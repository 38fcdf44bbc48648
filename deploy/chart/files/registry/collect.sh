#!/bin/sh
# Removes what no tag holds. Beside a running registry this would take layers that are being pushed.
set -eu
[ -d "$STORAGE/docker/registry/v2/repositories" ] || exit 0
registry garbage-collect --delete-untagged "$CONFIGURATION"
