# Runs the agent's listener: over its updates, until it ends, is told to, or has had no job for too long.

listener_stop_seconds=45
update_seconds=20

# Its exit code is the listener's; 0 when it was asked to end.
listen() {
  local arguments=("$@") listener code idle_since=$SECONDS
  # As the agent's own run-docker.sh: otherwise an update would leave its process on its own.
  [[ " $* " == *' --once '* ]] || arguments=(--startuptype service "$@")
  while :; do
    become ./bin/Agent.Listener run "${arguments[@]}" < <(own_variables; input_variables) &
    listener=$!
    watch_listener "$listener"
    code=0
    wait "$listener" || code=$?
    [[ -z $stopping ]] || return 0
    case $code in
      3 | 4) wait_for_update || return 1 ;;
      *) return "$code" ;;
    esac
  done
}

# Returns when the listener has ended.
watch_listener() {
  local drain=${AZP_DRAIN_SECONDS:-3600} idle=${AZP_IDLE_SECONDS:-0} asked_at=''
  while kill -0 "$1" 2>/dev/null; do
    if has_job "$1"; then
      idle_since=$SECONDS
      if [[ -n $stopping ]]; then
        [[ -n $asked_at ]] || { asked_at=$SECONDS; say "Asked to end: waiting up to $drain s for the running job."; }
        ((SECONDS - asked_at < drain)) || { warn "The job has not ended within $drain s."; stop_listener "$1"; }
      fi
    elif [[ -n $stopping ]]; then
      say "Asked to end: stopping the agent."
      stop_listener "$1"
    elif ((idle > 0 && SECONDS - idle_since >= idle)); then
      say "No job for $idle s: ending."
      stopping=yes
    fi
    # Ends at once when a signal comes.
    sleep 1 &
    wait $! || true
  done
}

# Each job has a process of its own below the listener.
has_job() {
  local stat name parent
  for stat in /proc/[0-9]*/stat; do
    read -r _ name _ parent _ 2>/dev/null <"$stat" || continue
    [[ $name != '(Agent.Worker)' || $parent != "$1" ]] || return 0
  done
  return 1
}

# It ends its session with the server, and its job if there is one.
stop_listener() {
  local asked_at=$SECONDS
  kill -TERM "$1" 2>/dev/null || true
  while kill -0 "$1" 2>/dev/null; do
    ((SECONDS - asked_at < listener_stop_seconds)) || kill -KILL "$1" 2>/dev/null || true
    sleep 0.2
  done
}

# The listener ends with 3 or 4 when its updater is about to put new files in its place.
wait_for_update() {
  local since=$SECONDS
  say "The agent updates itself."
  sleep 5
  until [[ -x bin/Agent.Listener ]]; do
    if ((SECONDS - since > update_seconds)); then
      warn "The update did not end within $update_seconds s: there is no bin/Agent.Listener."
      return 1
    fi
    sleep 1
  done
}
