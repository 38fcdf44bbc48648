import { join } from 'node:path/posix';
import { withoutDefaultSysctls } from '../../src/core/podman/containers-conf.ts';
import type { PodmanPorts } from './services-ports.ts';

/** Where Podman would look, the strongest first. */
function candidates({ host }: PodmanPorts): readonly string[] {
  const own = host.environment('CONTAINERS_CONF');
  if (own !== undefined) return [own];
  const home = host.environment('HOME') ?? '/root';
  return [
    join(home, '.config/containers/containers.conf'),
    '/etc/containers/containers.conf',
    '/usr/share/containers/containers.conf',
  ];
}

/**
 * Writes a containers.conf for this step alone, made from the strongest one there is, and returns the
 * variable that makes Podman read it. It must stay until the last container is removed: conmon needs it.
 */
export async function writePrivateConf(
  folder: string,
  ports: PodmanPorts,
): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(candidates(ports).map((path) => ports.files.readText(path)));
  const text = texts.find((each) => each !== undefined) ?? '';
  const path = `${folder}/containers.conf`;
  await ports.files.writeText(path, withoutDefaultSysctls(text));
  return { CONTAINERS_CONF: path };
}
