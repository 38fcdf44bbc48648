import assert from 'node:assert/strict';
import { type BuildReport, redacted } from '../../../../src/core/report/build-report.ts';
import { buildSummary } from '../../../../src/core/report/build-summary.ts';
import { stepRows } from '../../../../src/core/report/step-rows.ts';

const step = {
  stage: 'build',
  index: 2,
  count: 3,
  instruction: 'RUN make',
  outcome: 'done',
  ms: 400,
} as const;

const report: BuildReport = {
  schema: 'daemonless.build',
  version: 1,
  result: 'succeeded',
  startedAt: '2026-01-01T00:00:00.000Z',
  ms: 61_000,
  builder: {
    name: 'ci',
    nodes: [{ endpoint: 'tcp://buildkitd:1234', buildkitVersion: '0.32.2' }],
    buildxVersion: '0.36.1',
  },
  platforms: [
    { platform: 'linux/amd64', isEmulated: false, ms: 900, cached: 1, reached: 1 },
    {
      ...{ platform: 'linux/arm64', isEmulated: true, ms: 12_300, cached: 0, reached: 1 },
      ...{ digest: 'sha256:bb', size: 2_500_000 },
    },
  ],
  image: {
    references: ['a.io/orders:1', 'a.io/orders:latest'],
    isPushed: true,
    digest: 'sha256:aa',
    digests: { 'linux/arm64': 'sha256:bb' },
  },
  cache: {
    ...{ cached: 1, reached: 2, from: [], to: ['a.io/cache:x'], troubles: [], breaks: [] },
    comparison: { kind: 'none', reason: 'there is no earlier run' },
  },
  steps: [
    { ...step, platform: 'linux/amd64' },
    { ...step, platform: 'linux/arm64', ms: 12_300 },
  ],
  slowest: [1],
  vertexes: [],
  phases: [],
  criticalPath: { ms: 0, vertexes: [] },
  parallelFactor: 1,
  lint: [],
};

describe('the table of steps', () => {
  it('puts the platforms side by side, so that emulation shows', () => {
    assert.deepEqual(stepRows(report.steps), [
      ['Step', 'Instruction', 'linux/amd64', 'linux/arm64'],
      ['build 2/3', 'RUN make', '0.4 s', '12.3 s'],
    ]);
  });

  it('has one column of times for a build of one platform', () => {
    assert.deepEqual(stepRows([{ ...step, outcome: 'cached' }]), [
      ['Step', 'Instruction', 'Time'],
      ['build 2/3', 'RUN make', 'cached'],
    ]);
  });

  it('knows a step by its command, not by its mounts', () => {
    const instruction = 'RUN --mount=type=cache,target=/c --network=none make --all';
    assert.equal(stepRows([{ ...step, instruction }])[1]?.[1], 'RUN make --all');
  });

  it('tells failed from stopped and never run', () => {
    const outcomes = ['failed', 'canceled', 'not-run'] as const;
    const rows = stepRows(outcomes.map((outcome, at) => ({ ...step, outcome, index: at + 1 })));
    assert.deepEqual(
      rows.slice(1).map((row) => row[2]),
      ['FAILED 0.4 s', 'stopped', '-'],
    );
  });
});

describe('the summary of a build', () => {
  it('tells what was pushed, how, and how much was cached', () => {
    const text = buildSummary(report);
    assert.match(text, /^\*\*`a\.io\/orders:1`\*\* pushed in 61\.0 s\n/);
    assert.match(text, /\| Digest \| `sha256:aa` \|/);
    assert.match(
      text,
      /\| linux\/arm64 \| emulated \| 12\.3 s \| 0 of 1 \| 2\.5 MB \| `sha256:bb` \|/,
    );
    assert.match(text, /\| Cached \| 1 of 2 steps \(50 %\) \|/);
  });

  it('of a failed build begins with why, and shows the last lines as they were', () => {
    const failure = {
      kind: 'step',
      what: '"RUN make" failed with exit code 2.',
      change: 'Mend it.',
      path: 'Dockerfile',
      line: 7,
      lastLines: ['make: *** [all] <Error> 2'],
    };
    const text = buildSummary({ ...report, result: 'failed', failure });
    assert.match(text, /"RUN make" failed with exit code 2\. \(Dockerfile:7\) Its last lines:/);
    assert.match(text, /````text\nmake: \*\*\* \[all\] <Error> 2\n````/);
  });

  it('lets no instruction break out of its cell or turn into HTML', () => {
    const nasty = { ...step, instruction: 'RUN a | b <script> `x`' };
    const [line = ''] = buildSummary({ ...report, steps: [nasty] })
      .split('\n')
      .filter((each) => each.includes('build 2/3'));
    assert.ok(line.includes('a \\| b \\<script\\> \\`x\\`'), line);
  });

  it('names trouble with the cache, but not a first run', () => {
    const troubles: BuildReport['cache']['troubles'] = [
      { kind: 'first-run', cache: 'c', message: 'not found' },
      { kind: 'export-failed', cache: 'registry', message: 'refused' },
    ];
    const text = buildSummary({ ...report, cache: { ...report.cache, troubles } });
    assert.match(text, /- Cache not written: refused/);
    assert.ok(!text.includes('not found'));
  });

  it('tells equal breaks of several platforms once, and which run it compared with', () => {
    const cause = { kind: 'files-changed' as const, files: ['a.txt'], count: 1 };
    const breaks = [
      { platform: 'linux/amd64', stage: 'build', step: 0, cause },
      { platform: 'linux/arm64', stage: 'build', step: 1, cause },
    ];
    const branch = 'refs/heads/main';
    const comparison = { kind: 'run' as const, id: 41, name: '2026.1', branch };
    const text = buildSummary({ ...report, cache: { ...report.cache, breaks, comparison } });
    const line = '- linux/amd64, linux/arm64: build 2/3 "RUN make": files changed: a.txt';
    assert.ok(
      text.includes(`\n${line}\n\nCompared with run 2026.1 (41) of refs/heads/main.\n`),
      text,
    );
  });

  it('is the same for the same report', () => {
    assert.equal(buildSummary(report), buildSummary(structuredClone(report)));
  });
});

describe('redaction of a report', () => {
  it('reaches every text, however deep, and nothing else', () => {
    const redact = (text: string): string => text.replaceAll('s3cret', '***');
    const value = { a: ['x s3cret', { b: 's3cret' }], n: 1, u: undefined, t: true };
    assert.deepEqual(redacted(value, redact), {
      a: ['x ***', { b: '***' }],
      n: 1,
      u: undefined,
      t: true,
    });
  });
});

describe('the summary of a bake of several targets', () => {
  const target = (name: string, references: readonly string[]) => ({
    ...{ name, references: [...references], cached: 1, reached: 2 },
    ...(references.length === 0 ? {} : { digest: `sha256:${name}` }),
  });
  const api = target('api', ['a.io/api:1', 'a.io/api:latest']);
  const of = (change: Partial<BuildReport>): string => buildSummary({ ...report, ...change });

  it('tells images, tags and digests by target, and none of them as if it were the only one', () => {
    const text = of({ targets: [api, target('web', ['a.io/web:1'])] });
    assert.match(text, /^\*\*2 targets\*\* pushed in 61\.0 s$/m);
    assert.match(
      text,
      /^\| `api` \| `a\.io\/api:1` `a\.io\/api:latest` \| 1 of 2 \| `sha256:api` \|$/m,
    );
    assert.doesNotMatch(text, /\| (Digest|Pull|Also) \| `/);
    assert.match(text, /^\| Platform \| Runs \| Time \| Cached \|$/m);
  });

  it('says how many of them were pushed where others only ran', () => {
    const text = of({ targets: [api, target('test', [])] });
    assert.match(text, /^\*\*2 targets\*\* built, 1 of them pushed, in /);
    assert.match(of({ targets: [api, api], result: 'failed' }), /^\*\*2 targets\*\* failed in /);
  });

  it('of one target is that of a build', () => {
    const text = of({ targets: [api] });
    assert.match(text, /^\*\*`a\.io\/orders:1`\*\* pushed in /);
    assert.match(text, /^\| Digest \| `sha256:aa` \|$/m);
  });
});
