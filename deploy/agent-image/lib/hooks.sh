# Programs of whoever extends the image or mounts a folder, in the order of their names.
# NAME.envsh is sourced and may export variables; NAME.sh is run by bash, with a limit of time.

hooks_folder=${AZP_HOOKS:-/etc/agent-image/entrypoint.d}

run_hooks() {
  local hook
  for hook in "$hooks_folder"/*; do
    case $hook in
      *.envsh) source_hook "$hook" ;;
      *.sh) run_hook "$hook" ;;
    esac
  done
}

source_hook() {
  say "Sourcing $1"
  # shellcheck source=/dev/null
  . "$1" || fail "The hook $1 ended with $?. Without it the agent is not started."
}

run_hook() {
  local limit=${AZP_HOOK_SECONDS:-120} code=0
  say "Running $1"
  timeout --kill-after=5 "$limit" bash "$1" </dev/null || code=$?
  case $code in
    0) ;;
    124) fail "The hook $1 did not end within $limit s (AZP_HOOK_SECONDS). Without it the agent is not started." ;;
    *) fail "The hook $1 ended with $code. Without it the agent is not started." ;;
  esac
}
