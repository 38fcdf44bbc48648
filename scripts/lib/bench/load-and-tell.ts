import { dirname } from 'node:path';
import { nodeFiles } from '../../../src/io/files/node-files.ts';
import { loadCompose } from '../../../tasks/PodmanServices/load-compose.ts';

/** A program: loads the compose file in its first argument and prints what that took, as JSON. */
async function main(path: string): Promise<void> {
  const begin = performance.now();
  const spentBefore = process.cpuUsage();
  const loaded = await loadCompose(
    {
      ...{ files: [path], folder: dirname(path), home: '/root', fallbackName: 'project' },
      ...{ profiles: [], services: [], label: (each: string) => each },
      variables: () => undefined,
    },
    nodeFiles,
  );
  const ms = performance.now() - begin;
  const { user, system } = process.cpuUsage(spentBefore);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems.slice(0, 5)));
  // In kilobytes (getrusage(2)), and of the whole process.
  const peakMb = process.resourceUsage().maxRSS / 1000;
  process.stdout.write(
    JSON.stringify({
      ms,
      cpuMs: (user + system) / 1000,
      peakMb,
      services: loaded.value.services.length,
    }),
  );
}

void main(process.argv[2] ?? '');
