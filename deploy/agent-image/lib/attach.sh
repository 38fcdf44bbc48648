# Attaches to BuildKit, so that scripts of jobs build without a step for it. The agent starts all the same when it cannot.

attach_to_buildkit() {
  local node limit=${DAEMONLESS_TIME_LIMIT:-120}
  [[ -n ${BUILDKIT_HOST:-}${DAEMONLESS_ENDPOINTS:-}${DAEMONLESS_DRIVER:-} ]] || return 0
  node=$(agent_node) || { warn "This agent has no Node, so it is not attached to BuildKit."; return 0; }
  # It keeps its limit itself; timeout is for the day when it does not.
  DAEMONLESS_TIME_LIMIT=$limit timeout --kill-after=5 "$((limit + 15))" \
    "$node" "$image/daemonless.cjs" attach --agent-root "$agent" </dev/null ||
    warn "daemonless attach ended with $?; the agent starts all the same."
  # It found the program, which says nothing about the pod.
  [[ -n $has_podman ]] || sed -i '/^podman=/d' .capabilities
}

# The newest Node that comes with the agent for its tasks.
agent_node() {
  local name
  for name in node24 node20_1; do
    if [[ -x externals/$name/bin/node ]]; then
      echo "externals/$name/bin/node"
      return
    fi
  done
  command -v node
}
