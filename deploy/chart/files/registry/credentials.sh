#!/bin/sh
# A Docker credential helper over the files of a mounted Secret: a changed password is used without a new start.
# Without files it logs in nobody. The registry asks a helper only when it needs one, and so starts while upstream is
# down; with a user name in its configuration it would ask upstream first.
set -eu
[ "${1-}" = get ] || exit 1
# As JSON text: a GCP key is itself JSON with line breaks.
text() { [ ! -e "$1" ] || sed 's/[\\"]/\\&/g' "$1" | awk '{ printf "%s%s", between, $0; between = "\\n" }'; }
printf '{"ServerURL":"%s","Username":"%s","Secret":"%s"}\n' "$(cat)" "$(text "$CREDENTIALS/username")" "$(text "$CREDENTIALS/password")"
