#!/bin/bash
# Registers an Azure Pipelines agent, runs it, and unregisters it at the end. README.md tells what it understands.
# Its arguments are those of `Agent.Listener run`, such as --once.
set -euo pipefail

image=$(dirname "$(readlink -f "$0")")
agent=${AZP_ROOT:-/azp/agent}

# shellcheck source=deploy/agent-image/lib/messages.sh
. "$image/lib/messages.sh"
# shellcheck source=deploy/agent-image/lib/environment.sh
. "$image/lib/environment.sh"
# shellcheck source=deploy/agent-image/lib/sign-in.sh
. "$image/lib/sign-in.sh"
# shellcheck source=deploy/agent-image/lib/settings.sh
. "$image/lib/settings.sh"
# shellcheck source=deploy/agent-image/lib/hooks.sh
. "$image/lib/hooks.sh"
# shellcheck source=deploy/agent-image/lib/capabilities.sh
. "$image/lib/capabilities.sh"
# shellcheck source=deploy/agent-image/lib/attach.sh
. "$image/lib/attach.sh"
# shellcheck source=deploy/agent-image/lib/registration.sh
. "$image/lib/registration.sh"
# shellcheck source=deploy/agent-image/lib/listener.sh
. "$image/lib/listener.sh"

# Set by a signal, and looked at between the steps: no step is cut in two.
stopping=''
trap 'stopping=yes' TERM INT

check_settings
cd "$agent"
prepare_user
run_hooks
tell_capabilities
attach_to_buildkit
register
if [[ ${AZP_PLACEHOLDER:-} == true ]]; then
  say "Registered as a placeholder: nothing runs here, and nothing is unregistered."
  exit 0
fi

code=0
[[ -n $stopping ]] || listen "$@" || code=$?
unregister || code=1
exit "$code"
