const secretName = /pass(word|wd|phrase)?|secret|token|api_?key|private_?key|credential|pwd/i;
const passwordInUrl = /:\/\/[^/\s:@]*:[^/\s@]+@/;

/** Variables whose values nobody shall read in a process list or a log: by their name, their form, or because they are masked. */
export function hiddenVariables(
  environment: Readonly<Record<string, string>>,
  isMasked: (value: string) => boolean,
): readonly string[] {
  return Object.entries(environment)
    .filter(
      ([name, value]) => secretName.test(name) || passwordInUrl.test(value) || isMasked(value),
    )
    .map(([name]) => name);
}

const readByPodman =
  /^(PATH|HOME|TMPDIR|XDG_.*|LD_.*|GODEBUG|GOMAXPROCS|CONTAINERS?_.*|STORAGE_.*|BUILDAH_.*|PODMAN_.*|REGISTRY_AUTH_FILE|DOCKER_CONFIG|DBUS_.*|NOTIFY_SOCKET|LISTEN_.*|SSL_CERT_.*|(https?|no|all|ftp)_proxy)$/i;

/** True when Podman itself would act upon the variable: such a value cannot travel in its environment. */
export function steersPodman(name: string): boolean {
  return readByPodman.test(name);
}
