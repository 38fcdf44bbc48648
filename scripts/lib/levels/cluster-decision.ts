import { existsSync } from 'node:fs';
import { clusterObstacle } from '../cluster/obstacle.ts';
import { cachedToolPath } from '../toolchain/tool-path.ts';
import { toolNamed } from '../toolchain/tools.ts';
import { changedSince, earlierCommit } from './changed-files.ts';
import type { Decision } from './decision.ts';

/** What the cluster's tests are about. */
const subjects = ['deploy', 'test/cluster', 'scripts/lib/cluster', 'toolchain'];

/**
 * The cluster's tests take three minutes, but building Kubernetes before takes 20. So they run where it is
 * built already, and where their subject changed.
 */
export async function clusterDecision(asked: boolean): Promise<Decision> {
  const obstacle = await clusterObstacle();
  if (obstacle !== undefined) return { runs: false, reason: obstacle };
  if (asked) return { runs: true, reason: 'it was asked for' };
  const kubernetes = toolNamed('kubernetes');
  if (existsSync(cachedToolPath(kubernetes))) {
    return { runs: true, reason: 'Kubernetes is built already' };
  }
  return decideByChanges(kubernetes.buildTime, await earlierCommit());
}

async function decideByChanges(buildTime: string, earlier: string | undefined): Promise<Decision> {
  if (earlier === undefined) {
    return { runs: true, reason: 'no earlier commit is here to tell whether the chart changed' };
  }
  const [file] = await changedSince(earlier, subjects);
  if (file !== undefined) return { runs: true, reason: `${file} changed since ${earlier}` };
  const unchanged = `nothing of ${subjects.join(', ')} changed since ${earlier}`;
  const reason = `Kubernetes is not built here (${buildTime}), and ${unchanged}. To run it: npm run test:cluster`;
  return { runs: false, reason };
}
