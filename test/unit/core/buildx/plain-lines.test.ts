import assert from 'node:assert/strict';
import { replay, replayBuild } from '../../../support/replay-build.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const rendered = (...events: readonly object[]): readonly string[] =>
  replay(events.map((event) => JSON.stringify(event))).lines;

describe('a build as lines for people', () => {
  const { lines } = replayBuild('two-platforms');

  it('shows each step by its name, once', () => {
    const headings = lines.filter((line) => line.includes('build 1/3] COPY src.txt /src.txt'));
    assert.equal(headings.length, 2);
    assert.match(headings[0] ?? '', /^#\d+ \[linux\/amd64 build 1\/3\] COPY src.txt \/src.txt$/);
  });

  it('puts number, platform and seconds before what a step prints', () => {
    assert.ok(lines.some((line) => /^#13 amd64 0\.\d\d hello from build$/.test(line)));
    assert.ok(lines.some((line) => /^#14 arm64 0\.\d\d hello from build$/.test(line)));
  });

  it('joins what was printed without a line end to what came after', () => {
    assert.ok(lines.some((line) => line.includes(' half line ##vso[task.setvariable')));
  });

  it('says that a cache is not there yet, which is no error', () => {
    assert.ok(lines.some((line) => /^#5 no cache there yet: first run$/.test(line)));
    assert.ok(!lines.some((line) => line.includes('ERROR')));
  });

  it('names what was pushed', () => {
    const pushed = lines.filter((line) => line.includes('pushing manifest for'));
    assert.equal(pushed.length, 2);
  });

  it('leaves out what nobody looks for', () => {
    assert.ok(!lines.some((line) => /load build definition|resolving provenance/.test(line)));
  });

  it('leaves out the same and says the same of caches where platform and target are named', () => {
    const done = { started: at(1), completed: at(1) };
    const missing = 'failed to configure registry cache importer: r.io/cache:api: not found';
    const told = rendered({
      vertexes: [
        { digest: 'a', name: '[api internal] load build definition from Dockerfile', ...done },
        { digest: 'b', name: '[linux/amd64 api internal] load .dockerignore', ...done },
        { digest: 'c', name: '[api context lib] load .dockerignore', ...done },
        { digest: 'd', name: '[api] resolving provenance for metadata file', ...done },
        {
          digest: 'e',
          name: '[api] importing cache manifest from r.io/cache:api',
          ...done,
          error: missing,
        },
      ],
    });
    assert.deepEqual(told, [
      '#5 [api] importing cache manifest from r.io/cache:api',
      '#5 no cache there yet: first run',
    ]);
  });

  it('shortens the digests of base images', () => {
    const from = lines.find((line) => line.includes('FROM docker.io'));
    assert.match(from ?? '', /busybox:1@sha256:[0-9a-f]{12}…$/);
  });
});

describe('a step', () => {
  it('that was cached takes one line', () => {
    const { lines } = replayBuild('cached');
    const cached = lines.filter((line) => line.endsWith(' CACHED'));
    assert.equal(cached.length, 12);
    assert.match(cached[0] ?? '', /^#\d+ \[linux\/\w+ base 2\/2\] RUN echo base >\/base CACHED$/);
  });

  it('that failed says why, and what it printed last comes before', () => {
    const { lines } = replayBuild('failing-step');
    const error = lines.findIndex((line) => /^#7 arm64 ERROR process .* exit code: 7$/.test(line));
    const printed = lines.findIndex((line) => /^#7 arm64 [\d.]+ more$/.test(line));
    assert.ok(error > printed && printed > 0);
  });

  it('that was stopped because of another is not called an error', () => {
    const error = 'process "sleep" did not complete successfully: context canceled';
    const vertex = {
      digest: 'a',
      name: '[1/1] RUN sleep',
      started: at(0),
      completed: at(1),
      error,
    };
    assert.deepEqual(rendered({ vertexes: [vertex] }), ['#1 [1/1] RUN sleep', '#1 CANCELED']);
  });

  it('has its last line joined to what comes after its end: BuildKit may send it later', () => {
    const vertex = { digest: 'a', name: '[1/1] RUN printf xy', started: at(0) };
    const log = (text: string) => {
      const data = Buffer.from(text).toString('base64');
      return { logs: [{ vertex: 'a', stream: 1, data, timestamp: at(1) }] };
    };
    const events = [
      { vertexes: [vertex] },
      log('x'),
      { vertexes: [{ ...vertex, completed: at(2) }] },
    ];
    const { plain, lines } = replay([...events, log('y')].map((event) => JSON.stringify(event)));
    assert.deepEqual(lines, ['#1 [1/1] RUN printf xy', '#1 DONE 2.0 s']);
    assert.deepEqual(plain.end(''), ['#1 xy']);
  });
});

describe('what one event tells', () => {
  it('is read in the order it happened: begin, work, end', () => {
    const vertex = { digest: 'a', name: '[1/1] RUN x', started: at(0), completed: at(5) };
    const digest = `sha256:${'0a'.repeat(32)}`;
    const status = { id: `extracting ${digest}`, vertex: 'a', started: at(1), completed: at(4) };
    assert.deepEqual(rendered({ vertexes: [vertex], statuses: [status] }), [
      '#1 [1/1] RUN x',
      '#1 extracting sha256:0a0a0a0a0a0a… 3.0 s',
      '#1 DONE 5.0 s',
    ]);
  });

  it('says of a base image that it is there only when that took time', () => {
    const vertex = { digest: 'a', name: '[1/1] FROM x', started: at(0) };
    const lines = rendered(
      { vertexes: [{ ...vertex, completed: at(0) }] },
      { vertexes: [{ ...vertex, started: at(1) }] },
      { vertexes: [{ ...vertex, started: at(1), completed: at(4) }] },
    );
    assert.deepEqual(lines, ['#1 [1/1] FROM x', '#1 DONE 3.0 s']);
  });
});

describe('a part of the work', () => {
  const vertex = { digest: 'a', name: 'exporting to image', started: at(0) };
  const status = { id: 'pushing layers', vertex: 'a', started: at(0) };

  it('is told when it took a second or moved a megabyte', () => {
    const context = { ...status, id: 'transferring context:', current: 2_500_000 };
    const lines = rendered(
      { vertexes: [vertex] },
      { statuses: [{ ...status, completed: at(3) }] },
      { statuses: [{ ...context, completed: at(0) }] },
      { statuses: [{ ...status, id: 'exporting config', completed: at(0) }] },
    );
    assert.deepEqual(lines.slice(1), [
      '#1 pushing layers 3.0 s',
      '#1 transferring context: 2.5 MB 0.0 s',
    ]);
  });
});
