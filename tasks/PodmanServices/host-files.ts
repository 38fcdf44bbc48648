import type { ComposeProject, ComposeService } from '../../src/core/compose/model.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Files } from '../../src/ports/files.ts';

type Looks = Pick<Files, 'exists'>;
type Half = readonly [what: string, change: string];

/** Files of the agent that services name, and that nobody makes for them: certificates and sockets. */
export async function missingHostFiles(
  { services }: ComposeProject,
  files: Looks,
): Promise<readonly Problem[]> {
  const found = services.map(async (service): Promise<readonly Problem[]> => {
    const { name, label, place } = service;
    const halves = [
      ...(await missingAuthority(service, files)),
      ...(await missingSockets(service, files)),
    ];
    const where = `${label}:${place.line ?? 1}`;
    return halves.map(([what, change]) => ({
      ...{ where, change, place },
      what: `services.${name}.${what}`,
    }));
  });
  return (await Promise.all(found)).flat();
}

async function missingAuthority({ wait }: ComposeService, files: Looks): Promise<readonly Half[]> {
  const path = wait?.http?.tls?.ca;
  if (path === undefined || (await files.exists(path)) === 'file') return [];
  const what = `x-wait.http.tls.ca: there is no file ${path}.`;
  return [[what, 'Mend the path of the PEM file, or use tls: insecure.']];
}

/** Docker makes a folder for a bind that is missing, which helps nobody who wants to talk to a socket. */
async function missingSockets({ mounts }: ComposeService, files: Looks): Promise<readonly Half[]> {
  const sockets = mounts.flatMap((mount) =>
    mount.kind === 'bind' && mount.source.endsWith('.sock') ? [mount.source] : [],
  );
  const looks = sockets.map(async (path): Promise<readonly Half[]> => {
    if ((await files.exists(path)) !== undefined) return [];
    const what = `volumes mounts ${path}, which is not on this agent.`;
    return [
      [what, path.endsWith('docker.sock') ? withoutDocker : 'Start what listens there first.'],
    ];
  });
  return (await Promise.all(looks)).flat();
}

const withoutDocker =
  'There is no Docker here: remove the mount, or start podman system service in a step before and mount its socket.';
