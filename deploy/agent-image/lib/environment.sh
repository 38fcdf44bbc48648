# The environment of the agent, which all its jobs inherit.

# Names of what only this start script needs, one a line.
own_variables() {
  compgen -e | grep -E '^(AZP_|DAEMONLESS_)' || true
  printf 'AZURE_%s\n' CLIENT_ID TENANT_ID FEDERATED_TOKEN_FILE AUTHORITY_HOST
}

# The agent's own way of taking arguments from the environment.
input_variables() {
  compgen -e | grep '^VSTS_AGENT_INPUT_' || true
}

# The agent shows each variable of its environment as a capability to all who may see the pool. Left out is what the
# cluster sets in every pod, and what looks like a secret: a hook may have brought it.
ignored_variables() {
  compgen -e | grep -E '^VSO_AGENT_IGNORE$|^KUBERNETES_|_SERVICE_(HOST|PORT)|_PORT(_[0-9]+_(TCP|UDP).*)?$' || true
  compgen -e | grep -E 'TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY$|_PAT$' || true
}

# Becomes a command of the agent that sees none of the variables whose names come on its input. For subshells.
become() {
  local name ignored
  while read -r name; do unset "$name"; done
  ignored=$(ignored_variables | paste -sd ,)
  export VSO_AGENT_IGNORE="${VSO_AGENT_IGNORE:+$VSO_AGENT_IGNORE,}$ignored"
  exec "$@" </dev/null
}

# The folder that Podman expects of a user, and the agent's consent to run as root.
prepare_user() {
  local folder
  folder=/run/user/$(id -u)
  if [[ $(id -u) == 0 ]]; then
    export AGENT_ALLOW_RUNASROOT=1
  elif [[ -z ${XDG_RUNTIME_DIR:-} && -w $folder ]]; then
    export XDG_RUNTIME_DIR=$folder
  fi
}
