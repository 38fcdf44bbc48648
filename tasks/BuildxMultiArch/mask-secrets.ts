import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';

/** Masks the values of secrets and keys, before anything could print them. */
export async function maskSecrets(
  { secrets, ssh }: BuildRequest,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<void> {
  const sources = [
    ...secrets.map(({ source }) => source),
    ...ssh.flatMap(({ key }) => (key === undefined ? [] : [key])),
  ];
  for (const source of sources) {
    const text = source.kind === 'value' ? source.value : await files.readText(source.path);
    if (text !== undefined) host.maskSecret(text);
  }
}
