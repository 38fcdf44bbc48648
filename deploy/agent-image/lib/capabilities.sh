# What pipelines can demand of this agent, beside what the agent finds by itself. `daemonless attach` adds BuildKit's.

podman_seconds=20

# Not empty where jobs can run containers.
has_podman=''

tell_capabilities() {
  if podman_works; then has_podman=yes; fi
  {
    printf 'arch=%s\n' "$(architecture)"
    if command -v buildx >/dev/null; then printf 'buildx=%s\n' "$(buildx version | version_in)"; fi
    if [[ -n $has_podman ]]; then printf 'podman=%s\n' "$(podman --version | version_in)"; fi
    if [[ -n ${AZP_CAPABILITIES:-} ]]; then printf '%s\n' "$AZP_CAPABILITIES"; fi
  } >.capabilities
}

# As BuildKit and Kubernetes name it.
architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}

version_in() {
  grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1
}

# Podman is there in every pod, but only some pods may run containers.
podman_works() {
  [[ ${AZP_PODMAN:-auto} != none ]] && command -v podman >/dev/null || return 1
  local output
  output=$(timeout --kill-after=5 "$podman_seconds" podman info 2>&1 >/dev/null) && return 0
  warn "Podman does not work in this pod, so this agent is without the capability podman: ${output##*$'\n'}"
  warn "docs/guides/podman-in-pods.md tells what a pod needs. AZP_PODMAN=none leaves Podman out."
  return 1
}
