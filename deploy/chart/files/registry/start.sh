#!/bin/sh
# Does the maintenance that needs a registry which does not run, notes the day, then becomes the registry.
# An initContainer would not do: it does not run again when only this container starts again (alive.sh).
set -eu
/bin/sh "$(dirname "$0")/$MAINTENANCE" || echo "$MAINTENANCE failed: serving all the same" >&2
date -u +%F >"$RUN_FOLDER/maintained-on"
exec registry serve "$CONFIGURATION"
