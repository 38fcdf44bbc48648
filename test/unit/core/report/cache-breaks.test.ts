import assert from 'node:assert/strict';
import type { BuildGraph } from '../../../../src/core/report/build-graph.ts';
import { cacheBreaks } from '../../../../src/core/report/cache-breaks.ts';
import type { ReportedStep, ReportedVertex } from '../../../../src/core/report/report-steps.ts';

const base = (digit: string): string =>
  `[base 1/2] FROM docker.io/library/busybox:1@sha256:${digit.repeat(64)}`;

/** FROM busybox; RUN make; in another stage COPY --from of it; and a COPY of the context. */
function graph(change: {
  readonly outcomes?: readonly ReportedStep['outcome'][];
  readonly baseDigit?: string;
  readonly run?: string;
  readonly runDigest?: string;
  readonly files?: Readonly<Record<string, string>>;
}): BuildGraph {
  const { outcomes = [], run = 'RUN make' } = change;
  const step = (at: number, stage: string, index: number, instruction: string): ReportedStep => ({
    ...{ stage, index, count: 2, instruction, outcome: outcomes[at] ?? 'cached', ms: 1 },
    vertex: at + 2,
  });
  const steps = [
    step(0, 'base', 2, run),
    step(1, 'app', 1, 'COPY src /src'),
    step(2, 'app', 2, 'COPY --from=base /out /out'),
  ];
  const vertex = (name: string, digest: string, inputs: number[] = []): ReportedVertex => ({
    ...{ name, digest, inputs, phase: 'build', outcome: 'cached', intervals: [] },
  });
  const ofSteps = steps.map(({ stage = '', index, instruction }, at) => ({
    ...vertex(`[${stage} ${index}/2] ${instruction}`, at === 0 ? (change.runDigest ?? 'r') : ''),
    outcome: outcomes[at] ?? 'cached',
    inputs: [[0], [1], [3, 2]][at] ?? [],
  }));
  return {
    steps,
    vertexes: [
      { ...vertex(base(change.baseDigit ?? 'a'), 'b'), phase: 'pull' },
      { ...vertex('[internal] load build context', 'c'), phase: 'context' },
      ...ofSteps,
    ],
    context: { digests: change.files ?? { 'src/a.ts': '1', 'README.md': '1' } },
  };
}

const causeOf = (now: BuildGraph, before: BuildGraph | undefined = graph({})) =>
  cacheBreaks(now, before).map(({ step, cause }) => ({ step, ...cause }));

describe('where the cache broke', () => {
  it('is nowhere when all was cached', () => {
    assert.deepEqual(causeOf(graph({})), []);
  });

  it('is the first step of each stage that ran', () => {
    const steps = cacheBreaks(graph({ outcomes: ['done', 'done', 'done'] }), graph({}));
    assert.deepEqual(
      steps.map(({ stage, step }) => [stage, step]),
      [
        ['base', 0],
        ['app', 1],
      ],
    );
  });

  it('has no cause when there is nothing to compare with', () => {
    const [cause] = cacheBreaks(graph({ outcomes: ['done'] }), undefined);
    assert.deepEqual(cause?.cause, { kind: 'no-earlier-run' });
  });
});

describe('the cause of a break', () => {
  it('is the base image when its digest moved', () => {
    const [cause] = causeOf(graph({ outcomes: ['done'], baseDigit: 'd' }));
    assert.deepEqual(cause, {
      ...{ step: 0, kind: 'base-moved', image: 'docker.io/library/busybox:1' },
      ...{ from: `sha256:${'a'.repeat(64)}`, to: `sha256:${'d'.repeat(64)}` },
    });
  });

  it('is not the base image when a step on top of it is cached: then only its labels are new', () => {
    const now = graph({ baseDigit: 'd' });
    const steps = now.steps.map((step) => ({ ...step, outcome: 'done' as const }));
    assert.ok(!causeOf({ ...now, steps }).some(({ kind }) => kind === 'base-moved'));
  });

  it('is the instruction when it reads otherwise at its place', () => {
    const [cause] = causeOf(graph({ outcomes: ['done'], run: 'RUN make all' }));
    assert.deepEqual(cause, { step: 0, kind: 'instruction-changed', was: 'RUN make' });
  });

  it('is the files that a COPY takes, and no others', () => {
    const files = { 'src/a.ts': '2', 'src/b.ts': '1', 'README.md': '2' };
    const [cause] = causeOf(graph({ outcomes: ['cached', 'done', 'done'], files }));
    const changed = ['src/a.ts', 'src/b.ts'];
    assert.deepEqual(cause, { step: 1, kind: 'files-changed', files: changed, count: 2 });
  });

  it('is the step of another stage it is made from', () => {
    const now = graph({ outcomes: ['done', 'cached', 'done'], run: 'RUN make all' });
    const [, second] = cacheBreaks(now, graph({}));
    assert.equal(second?.step, 2);
    assert.deepEqual(second.cause, { kind: 'parent-changed', step: '[base 2/2] RUN make all' });
  });

  it('is a setting when the same text has another definition', () => {
    const [cause] = causeOf(graph({ outcomes: ['done'], runDigest: 'other' }));
    assert.deepEqual(cause, { step: 0, kind: 'setting-changed' });
  });

  it('is the cache when nothing changed', () => {
    const causes = causeOf(graph({ outcomes: ['done', 'done'] }));
    assert.deepEqual(
      causes.map(({ kind }) => kind),
      ['not-in-cache', 'not-in-cache'],
    );
  });
});
