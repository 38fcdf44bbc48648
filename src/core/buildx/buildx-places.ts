const pluginFile = 'docker-buildx';

/** Where the Docker CLI looks for system-wide plugins (docker/cli, cli-plugins/manager/manager_unix.go). */
const systemPluginFolders = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];

/** Names of buildx on PATH, best first: the release binary under its own name, then the plugin's. */
export const buildxNames: readonly string[] = ['buildx', pluginFile];

/**
 * Absolute paths at which buildx may lie as a CLI plugin, best first. The plugin runs standalone
 * too: no Docker CLI is needed.
 */
export function buildxPluginPaths(places: {
  readonly home: string | undefined;
  readonly dockerConfig: string | undefined;
}): readonly string[] {
  const own =
    places.dockerConfig ?? (places.home === undefined ? undefined : `${places.home}/.docker`);
  const folders = [...(own === undefined ? [] : [`${own}/cli-plugins`]), ...systemPluginFolders];
  return folders.map((folder) => `${folder}/${pluginFile}`);
}
