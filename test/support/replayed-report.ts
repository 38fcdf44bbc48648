import { cacheShare, userSteps } from '../../src/core/buildx/progress.ts';
import { buildFacts } from '../../src/core/report/build-facts.ts';
import type { BuildReport } from '../../src/core/report/build-report.ts';
import { cacheBreaks } from '../../src/core/report/cache-breaks.ts';
import { replayBuild } from './replay-build.ts';

/** The report of a captured build as it would be with nothing to compare it with. */
export function replayedReport(name: string): BuildReport {
  const { table } = replayBuild(name);
  const steps = userSteps(table);
  const facts = buildFacts(table, steps);
  return {
    schema: 'daemonless.build',
    version: 1,
    result: 'succeeded',
    startedAt: '2026-01-01T00:00:00.000Z',
    ms: 1_700,
    builder: {
      name: 'ci',
      nodes: [{ endpoint: 'tcp://buildkitd:1234', buildkitVersion: '0.32.2' }],
      buildxVersion: '0.36.1',
    },
    platforms: [],
    image: { references: ['a.io/shop/orders:1'], isPushed: true, digest: 'sha256:aa', digests: {} },
    cache: {
      ...{ ...cacheShare(steps), from: [], to: [], troubles: [] },
      breaks: [...cacheBreaks(facts, undefined)],
      comparison: { kind: 'none', reason: 'there is no earlier run' },
    },
    ...facts,
    lint: [],
  };
}
