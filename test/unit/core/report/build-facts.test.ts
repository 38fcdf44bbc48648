import assert from 'node:assert/strict';
import { criticalPath, parallelFactor } from '../../../../src/core/report/critical-path.ts';
import { duration, union, without } from '../../../../src/core/report/intervals.ts';
import { phaseOf } from '../../../../src/core/report/phase.ts';
import type { ReportedVertex } from '../../../../src/core/report/report-steps.ts';
import { replayedReport } from '../../../support/replayed-report.ts';

const vertex = (from: number, to: number, inputs: number[] = []): ReportedVertex => ({
  ...{ name: 'RUN make', digest: 'aa', phase: 'build', inputs, outcome: 'done' },
  intervals: [[from, to]],
});

describe('intervals', () => {
  it('that overlap or touch count once', () => {
    assert.deepEqual(union([[5, 9], [0, 2], [2, 3], [6, 7]]), [[0, 3], [5, 9]]); // prettier-ignore
    assert.equal(duration([[0, 10], [5, 15], [20, 21]]), 16); // prettier-ignore
  });

  it('lose what others cover', () => {
    assert.deepEqual(without([[0, 10]], [[2, 3], [5, 20]]), [[0, 2], [3, 5]]); // prettier-ignore
  });
});

describe('the critical path', () => {
  it('is the chain with the most work, not the one with the most steps', () => {
    const graph = [
      vertex(0, 5),
      vertex(5, 6, [0]),
      vertex(6, 7, [1]),
      vertex(0, 9),
      vertex(9, 10, [2, 3]),
    ];
    assert.deepEqual(criticalPath(graph), { ms: 10, vertexes: [3, 4] });
  });

  it('passes through vertices that took no time, without naming them', () => {
    const graph = [vertex(0, 5), vertex(5, 5, [0]), vertex(5, 8, [1])];
    assert.deepEqual(criticalPath(graph), { ms: 8, vertexes: [0, 2] });
  });
});

describe('the parallel factor', () => {
  it('is 2 when two work all the time, 1 when one follows the other', () => {
    assert.equal(parallelFactor([vertex(0, 10), vertex(0, 10)]), 2);
    assert.equal(parallelFactor([vertex(0, 10), vertex(10, 20)]), 1);
  });
});

describe('the phase of a vertex', () => {
  const rows = [
    ['[internal] load build context', 'context'],
    ['[linux/arm64 internal] load build context', 'context'],
    ['[linux/arm64 internal] load metadata for docker.io/library/busybox:1', 'pull'],
    ['[linux/amd64 context tools] load from client', 'context'],
    ['[context tools] load .dockerignore', 'context'],
    ['[context tools] busybox:1', 'pull'],
    ['exporting to image', 'export'],
    // Of a bake.
    ['[linux/amd64 api internal] load build context', 'context'],
    ['[api context tools] load from client', 'context'],
    ['[api context tools] load metadata for busybox:1', 'pull'],
    ['[api internal] load metadata for docker.io/library/busybox:1', 'pull'],
    ['[linux/amd64 api] exporting to image', 'export'],
    ['[api] exporting cache to registry', 'cacheExport'],
    ['[api] resolving provenance for metadata file', 'other'],
    ['importing cache manifest from a.io/cache:x', 'cacheImport'],
  ] as const;
  for (const [name, phase] of rows) {
    it(`is ${phase} for ${name}`, () => {
      assert.equal(phaseOf({ name, step: undefined }), phase);
    });
  }
});

describe('the facts of a captured build', () => {
  const report = replayedReport('two-platforms');

  it('tell each phase, with pushes apart from the export they are a part of', () => {
    const phases = Object.fromEntries(report.phases.map(({ phase, ms }) => [phase, ms]));
    assert.deepEqual(Object.keys(phases), [
      ...['context', 'pull', 'cacheImport', 'build', 'export', 'push', 'cacheExport', 'other'],
    ]);
    assert.ok((phases['push'] ?? 0) > 100 && (phases['export'] ?? 0) > 100);
  });

  it('tell when each phase was at work: all of its time, from its first to its last moment', () => {
    for (const { phase, intervals, from, to, ms } of report.phases) {
      const worked = intervals.reduce((total, [begin, end]) => total + end - begin, 0);
      assert.equal(worked, ms, phase);
      assert.deepEqual([intervals.at(0)?.[0], intervals.at(-1)?.[1]], [from, to], phase);
    }
  });

  it('count what the context brought', () => {
    assert.ok((report.phases.find(({ phase }) => phase === 'context')?.bytes ?? 0) > 36);
  });

  it('name the five slowest steps, the slowest first', () => {
    const times = report.slowest.map((at) => report.steps[at]?.ms ?? 0);
    assert.equal(times.length, 5);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  it('join each step to its vertex, and that to its inputs', () => {
    const copy = report.steps.find(({ instruction }) => instruction === 'COPY src.txt /src.txt');
    const { inputs = [] } = report.vertexes[copy?.vertex ?? -1] ?? {};
    const names = inputs.map((at) => report.vertexes[at]?.name ?? '');
    assert.ok(names.includes('[internal] load build context'), names.join());
  });

  it('are all cached and without breaks when every step was', () => {
    const { cached, reached, breaks } = replayedReport('cached').cache;
    assert.deepEqual([cached, reached, breaks], [12, 12, []]);
  });
});
