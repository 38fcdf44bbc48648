# What was asked for, checked before anything is started: all problems at once.

check_settings() {
  local problems
  problems=$({ check_server; check_sign_in; check_seconds; } 2>&1)
  if [[ -n $problems ]]; then
    printf '%s\n' "$problems" >&2
    fail "The agent is not started."
  fi
}

check_server() {
  [[ -n ${AZP_URL:-} ]] ||
    echo "AZP_URL: Expected the organization, found nothing. Set it, such as https://dev.azure.com/my-organization."
  [[ -x $agent/config.sh ]] || echo "AZP_ROOT: Expected the agent's config.sh in $agent, found none."
}

check_sign_in() {
  [[ -z ${AZP_TOKEN:-} ]] || echo "AZP_TOKEN: Expected no secret in the environment, where jobs and everyone who sees" \
    "the pod can read it. Put it into a file, and name that in AZP_TOKEN_FILE."
  case $(sign_in_ways | paste -sd ' ') in
    token) check_file AZP_TOKEN_FILE ;;
    principal) check_all AZP_CLIENT_ID AZP_TENANT_ID && check_file AZP_CLIENT_SECRET_FILE ;;
    workload) check_all AZURE_CLIENT_ID AZURE_TENANT_ID && check_file AZURE_FEDERATED_TOKEN_FILE ;;
    '') echo "AZP_TOKEN_FILE: Expected a way to sign in, found none. Set AZP_TOKEN_FILE (a personal access token)," \
      "AZP_CLIENT_SECRET_FILE (a service principal), or use workload identity." ;;
    *) echo "AZP_TOKEN_FILE: Expected one way to sign in, found also AZP_CLIENT_SECRET_FILE. Leave one out." ;;
  esac
}

check_all() {
  local name missing=0
  for name in "$@"; do
    [[ -n ${!name:-} ]] || { echo "$name: Expected an id, found nothing. Set it."; missing=1; }
  done
  return "$missing"
}

check_file() {
  local path=${!1}
  if [[ ! -r $path ]]; then
    echo "$1: Expected a file that user $(id -u) can read, found none at $path. Look at the mount and its fsGroup."
  elif [[ ! -s $path ]]; then
    echo "$1: Expected a secret in $path, found an empty file."
  fi
}

check_seconds() {
  local name
  for name in AZP_IDLE_SECONDS AZP_DRAIN_SECONDS AZP_HOOK_SECONDS DAEMONLESS_TIME_LIMIT; do
    [[ ${!name:-0} =~ ^[0-9]+$ ]] || echo "$name: Expected seconds, found \"${!name}\". Write digits only."
  done
}
