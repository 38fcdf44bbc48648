import { UserError } from '../../../src/core/errors.ts';

/** @throws UserError unless we are root: buildkitd mounts the layers of what it builds. */
export function requireRoot(userId: number | undefined = process.getuid?.()): void {
  if (userId === 0) return;
  const what = `The playground was expected to run as root, because buildkitd mounts file systems, but runs as user ${userId ?? 'unknown'}.`;
  throw new UserError([
    { what, change: 'Run it as root, for example in a container or with sudo.' },
  ]);
}
