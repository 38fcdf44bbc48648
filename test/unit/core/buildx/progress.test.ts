import assert from 'node:assert/strict';
import {
  cacheShare,
  percentCached,
  percentDone,
  userSteps,
} from '../../../../src/core/buildx/progress.ts';
import { fixture, replay, replayBuild } from '../../../support/replay-build.ts';

describe('the cache share', () => {
  it('is whole when every instruction was cached, though BuildKit ran steps of its own', () => {
    const share = cacheShare(userSteps(replayBuild('cached').table));
    assert.deepEqual(share, { cached: 12, reached: 12 });
    assert.equal(percentCached(share), 100);
  });

  it('is nothing on a first build', () => {
    const share = cacheShare(userSteps(replayBuild('two-platforms').table));
    assert.deepEqual([share, percentCached(share)], [{ cached: 0, reached: 12 }, 0]);
  });

  it('is rounded down, so that 100 % means every step', () => {
    assert.equal(percentCached({ cached: 999, reached: 1000 }), 99);
  });

  it('is whole when there was nothing to cache', () => {
    assert.equal(percentCached({ cached: 0, reached: 0 }), 100);
  });
});

describe('the steps of the user', () => {
  it('are in the order they were reached, with time, platform and outcome', () => {
    const [first] = userSteps(replayBuild('two-platforms').table);
    assert.equal(first?.instruction, 'RUN echo base >/base');
    assert.equal(first.platform, 'linux/arm64');
    assert.equal(first.outcome, 'done');
    assert.equal(first.ms, 145);
  });

  it('are told once, though the daemon tells a step twice that another build is at, too', () => {
    const name = '[2/3] COPY app.txt /';
    const [started, completed] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'];
    const vertex = { inputs: [], name, started, completed };
    const twice = [
      { ...vertex, digest: 'sha256:a' },
      { ...vertex, digest: 'sha256:b', cached: true },
    ];
    const steps = userSteps(replay([JSON.stringify({ vertexes: twice })]).table);
    assert.deepEqual(
      steps.map(({ digest, outcome }) => [digest, outcome]),
      [['sha256:a', 'done']],
    );
  });

  it('are no base images', () => {
    const steps = userSteps(replayBuild('two-platforms').table);
    assert.ok(!steps.some(({ instruction }) => instruction.startsWith('FROM')));
  });

  it('say which failed and which were stopped because of it', () => {
    const outcomes = userSteps(replayBuild('missing-file').table).map(
      ({ instruction, outcome }) => `${instruction.split(' ')[0] ?? ''} ${outcome}`,
    );
    assert.deepEqual(outcomes, ['RUN canceled', 'COPY failed']);
  });
});

describe('the percentage of a running build', () => {
  it('counts the instructions, and leaves room for export and push', () => {
    assert.equal(percentDone(replayBuild('cached').table), 90);
  });

  it('is nothing until the Dockerfile has been read', () => {
    const [first = ''] = fixture('cached.rawjson').split('\n');
    assert.equal(percentDone(replay([first]).table), 0);
  });
});
