# The agent's entry in its pool.

unregister_tries=5
unregister_pause=5

register() {
  local name=${AZP_AGENT_NAME:-$(uname -n)} pool=${AZP_POOL:-Default} work=${AZP_WORK:-/azp/work}
  mkdir -p "$work" || fail "AZP_WORK: Expected a folder that user $(id -u) can write, found $work."
  say "Registering $name in pool $pool of $AZP_URL"
  configure --unattended --replace --acceptTeeEula \
    --url "$AZP_URL" --pool "$pool" --agent "$name" --work "$work" ||
    fail "The agent is not registered: config.sh tells why above. Look at pool, URL and the rights of who signs in."
}

# Signs in anew. Without it the pool would keep an agent that is offline for good.
unregister() {
  local try
  for ((try = 1; try <= unregister_tries; try++)); do
    say "Unregistering the agent"
    if configure remove --unattended; then return 0; fi
    ((try == unregister_tries)) || sleep "$unregister_pause"
  done
  warn "The agent is not unregistered after $unregister_tries tries. Its pool shows it as offline: delete it there."
  return 1
}
