import type { HealthConfig } from './config.ts';

/** Docker's health of one container (moby, daemon/health.go). Times are milliseconds since the epoch. */
export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  /** Counted failures in a row. */
  readonly failingStreak: number;
  /** When Docker would begin its next probe. Probes never overlap: the delay runs from end to begin. */
  readonly dueAt: number;
  /** Probes so far, early ones included. */
  readonly probes: number;
  /** What the last probe said, at most 4096 characters. */
  readonly lastOutput: string;
  /** When a probe of Docker's schedule first passed although the service's own ports were closed. */
  readonly heldSince?: number;
}

export interface Probe {
  /** `early`: between two that Docker would make, to notice sooner that the service is up. */
  readonly kind: 'scheduled' | 'early';
  readonly startedAt: number;
  readonly endedAt: number;
  /**
   * `passed`: exit code 0. `failed`: every other end, a time-out and a probe that could not start among them.
   * `held`: exit code 0, but the ports that the service declares are closed.
   */
  readonly verdict: 'passed' | 'failed' | 'held';
  readonly output: string;
}

const keptOutput = 4096;
const early = { quickMs: 300, slowMs: 1_000, quickForMs: 10_000 };

/** A container that has just started. There is no probe at once: Docker waits first. */
export function startingHealth(config: HealthConfig, startedAt: number): Health {
  const first = config.startPeriodMs > 0 ? config.startIntervalMs : config.intervalMs;
  return {
    status: 'starting',
    failingStreak: 0,
    dueAt: startedAt + first,
    probes: 0,
    lastOutput: '',
  };
}

/**
 * How long Docker's word is doubted while declared ports are closed. A server that only initialises, as
 * PostgreSQL's image does behind a socket, passes its check too early and ends again (Docker knows no cure).
 */
const doubtMs = 10_000;

/**
 * The health after a probe. A failure counts unless the container is still starting and the probe began
 * within its start period; `retries` counted failures in a row make it unhealthy; one success heals it.
 * An early probe can only heal: its failure is one that Docker would not have seen.
 */
export function afterProbe(
  health: Health,
  probe: Probe,
  config: HealthConfig,
  startedAt: number,
): Health {
  const output = probe.output.slice(0, keptOutput);
  const seen = { ...health, probes: health.probes + 1, lastOutput: output };
  const isDockers = probe.kind === 'scheduled';
  const heldSince = health.heldSince ?? (isDockers ? probe.endedAt : undefined);
  const isDoubted = heldSince === undefined || probe.endedAt - heldSince < doubtMs;
  const next = probe.endedAt + delay(health, probe.endedAt, config, startedAt);
  if (probe.verdict === 'held' && isDoubted) {
    return isDockers && heldSince !== undefined ? { ...seen, heldSince, dueAt: next } : seen;
  }
  if (probe.verdict === 'failed' && !isDockers) return seen;
  const judged = { ...seen, ...judge(health, probe, config, startedAt) };
  return { ...judged, dueAt: probe.endedAt + delay(judged, probe.endedAt, config, startedAt) };
}

function judge(
  health: Health,
  probe: Probe,
  config: HealthConfig,
  startedAt: number,
): Pick<Health, 'status' | 'failingStreak'> {
  if (probe.verdict !== 'failed') return { status: 'healthy', failingStreak: 0 };
  const inStartPeriod = probe.startedAt - startedAt < config.startPeriodMs;
  const isExcused = health.status === 'starting' && inStartPeriod;
  const failingStreak = health.failingStreak + (isExcused ? 0 : 1);
  const status = failingStreak >= config.retries ? 'unhealthy' : health.status;
  return { status, failingStreak };
}

function delay(
  health: Pick<Health, 'status'>,
  now: number,
  config: HealthConfig,
  startedAt: number,
): number {
  const inStartPeriod = now - startedAt < config.startPeriodMs;
  const quick = health.status === 'starting' && inStartPeriod;
  return quick ? config.startIntervalMs : config.intervalMs;
}

/** When the next probe begins while somebody waits for the service: Docker's turn, or an early look before it. */
export function nextProbe(
  health: Health,
  now: number,
  startedAt: number,
): { readonly at: number; readonly kind: Probe['kind'] } {
  const pause = now - startedAt < early.quickForMs ? early.quickMs : early.slowMs;
  const look = health.probes === 0 ? now : now + pause;
  return health.dueAt <= look
    ? { at: Math.max(now, health.dueAt), kind: 'scheduled' }
    : { at: look, kind: 'early' };
}
