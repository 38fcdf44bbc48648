# What people read in the container's log.

say() {
  printf '%s\n' "$*"
}

warn() {
  printf 'warning: %s\n' "$*" >&2
}

# Ends the start.
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
