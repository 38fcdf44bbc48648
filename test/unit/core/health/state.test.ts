import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type HealthConfig, healthConfig } from '../../../../src/core/health/config.ts';
import {
  type Health,
  type Probe,
  afterProbe,
  nextProbe,
  startingHealth,
} from '../../../../src/core/health/state.ts';

const config: HealthConfig = {
  test: { kind: 'exec', argv: ['true'] },
  intervalMs: 30_000,
  timeoutMs: 30_000,
  retries: 3,
  startPeriodMs: 60_000,
  startIntervalMs: 5_000,
};
const noPeriod = { ...config, startPeriodMs: 0 };

const probe = (
  at: number,
  verdict: Probe['verdict'],
  kind: Probe['kind'] = 'scheduled',
): Probe => ({
  kind,
  startedAt: at,
  endedAt: at + 1_000,
  verdict,
  output: verdict,
});

const after = (probes: readonly Probe[], of: HealthConfig = config): Health =>
  probes.reduce((health, each) => afterProbe(health, each, of, 0), startingHealth(of, 0));

describe("Docker's health of a container", () => {
  it('is starting, and the first probe waits for an interval', () => {
    assert.equal(startingHealth(noPeriod, 1_000).dueAt, 31_000);
    assert.equal(startingHealth(config, 1_000).dueAt, 6_000);
    assert.equal(startingHealth(config, 0).status, 'starting');
  });

  it('is healthy after one success, whatever came before', () => {
    const sick = [65_000, 95_000, 125_000].map((at) => probe(at, 'failed'));
    assert.equal(after(sick).status, 'unhealthy');
    const healed = after([...sick, probe(155_000, 'passed')]);
    assert.deepEqual([healed.status, healed.failingStreak], ['healthy', 0]);
    assert.equal(after([probe(5_000, 'passed')]).status, 'healthy');
  });

  it('does not count failures that began within the start period', () => {
    const early = [5_000, 11_000, 17_000, 59_999].map((at) => probe(at, 'failed'));
    assert.deepEqual([after(early).status, after(early).failingStreak], ['starting', 0]);
    assert.equal(after([...early, probe(60_000, 'failed')]).failingStreak, 1);
  });

  it('counts failures within the start period once it has been healthy', () => {
    const health = after([probe(5_000, 'passed'), probe(36_000, 'failed')]);
    assert.deepEqual([health.status, health.failingStreak], ['healthy', 1]);
  });

  it('is unhealthy when retries failures in a row were counted, and not before', () => {
    const fail = (at: number) => probe(at, 'failed');
    assert.equal(after([fail(30_000), fail(61_000)], noPeriod).status, 'starting');
    assert.equal(after([fail(30_000), fail(61_000), fail(92_000)], noPeriod).status, 'unhealthy');
    const interrupted = [fail(1), fail(2), probe(3, 'passed'), fail(4), fail(5)];
    assert.equal(after(interrupted, noPeriod).status, 'healthy');
  });

  it('waits from the end of a probe: start_interval while starting in its period, else interval', () => {
    assert.equal(after([probe(5_000, 'failed')]).dueAt, 11_000);
    assert.equal(after([probe(5_000, 'passed')]).dueAt, 36_000);
    assert.equal(after([probe(70_000, 'failed')]).dueAt, 101_000);
  });

  it('keeps the last 4096 characters of output at most, of the last probe', () => {
    const long = { ...probe(5_000, 'failed'), output: 'x'.repeat(10_000) };
    assert.equal(after([long]).lastOutput.length, 4_096);
  });
});

describe('looking earlier than Docker', () => {
  it('begins at once, then looks every 300 ms, later every second, and leaves Docker its turn', () => {
    const start = startingHealth(noPeriod, 0);
    assert.deepEqual(nextProbe(start, 0, 0), { at: 0, kind: 'early' });
    const once = after([probe(0, 'failed', 'early')], noPeriod);
    assert.deepEqual(nextProbe(once, 1_000, 0), { at: 1_300, kind: 'early' });
    assert.deepEqual(nextProbe(once, 20_000, 0), { at: 21_000, kind: 'early' });
    assert.deepEqual(nextProbe(once, 29_900, 0), { at: 30_000, kind: 'scheduled' });
    assert.deepEqual(nextProbe(once, 31_000, 0), { at: 31_000, kind: 'scheduled' });
  });

  it('never makes a container unhealthy, and never moves the turn of Docker', () => {
    const looks = Array.from({ length: 50 }, (_, at) => probe(at * 100, 'failed', 'early'));
    const health = after(looks, noPeriod);
    assert.deepEqual([health.status, health.dueAt, health.probes], ['starting', 30_000, 50]);
  });

  it('is enough when it succeeds', () => {
    assert.equal(after([probe(300, 'passed', 'early')], noPeriod).status, 'healthy');
  });
});

describe('a check that passes while the ports of its service are closed', () => {
  it('is not believed early, and for ten seconds not on the schedule either', () => {
    assert.equal(after([probe(300, 'held', 'early')], noPeriod).status, 'starting');
    const held = after([probe(30_000, 'held')], noPeriod);
    assert.deepEqual([held.status, held.failingStreak, held.dueAt], ['starting', 0, 61_000]);
    assert.equal(afterProbe(held, probe(40_500, 'held', 'early'), noPeriod, 0).status, 'healthy');
    assert.equal(afterProbe(held, probe(35_000, 'held', 'early'), noPeriod, 0).status, 'starting');
  });

  it('is believed as soon as they are open', () => {
    const held = after([probe(30_000, 'held')], noPeriod);
    assert.equal(afterProbe(held, probe(31_500, 'passed', 'early'), noPeriod, 0).status, 'healthy');
  });
});

describe('any history of probes', () => {
  it('ends in one of the three states, with a streak that explains it', () => {
    const anyProbe = fc.record({
      kind: fc.constantFrom('scheduled' as const, 'early' as const),
      verdict: fc.constantFrom('passed' as const, 'failed' as const, 'held' as const),
      gap: fc.nat(40_000),
    });
    fc.assert(
      fc.property(fc.array(anyProbe), (history) => {
        let now = 0;
        const probes = history.map(({ kind, verdict, gap }) => {
          now += gap + 1_000;
          return probe(now, verdict, kind);
        });
        const { status, failingStreak } = after(probes);
        assert.equal(status === 'unhealthy', failingStreak >= config.retries);
        if (!history.some(({ verdict }) => verdict !== 'failed'))
          assert.notEqual(status, 'healthy');
      }),
    );
  });
});

describe('the check to run', () => {
  const test = { kind: 'shell' as const, script: 'x' };
  it("takes the file's words first, then the image's, then Docker's", () => {
    const merged = healthConfig({ intervalMs: 1 }, { test, intervalMs: 2, retries: 9 });
    assert.deepEqual(merged, { ...noPeriod, test, intervalMs: 1, retries: 9 });
  });

  it('is none when nobody has one, or the file switches it off', () => {
    assert.equal(healthConfig(undefined, undefined), undefined);
    assert.equal(healthConfig({ retries: 1 }, undefined), undefined);
    assert.equal(healthConfig({ test: { kind: 'none' } }, { test }), undefined);
  });
});
