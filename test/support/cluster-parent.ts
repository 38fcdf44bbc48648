/**
 * A program for tests to end: starts a cluster in the folder given as argument, tells on standard output how
 * far it is, and then waits.
 */
import { startCluster } from '../../scripts/lib/cluster/start-cluster.ts';

const [, , stateDir = ''] = process.argv;
const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
await startCluster({ stateDir, log });
setInterval(() => undefined, 60_000);
