import type { HealthTest, Healthcheck } from '../compose/model-health.ts';

/** A healthcheck with nothing left open (moby, daemon/health.go: defaults). */
export interface HealthConfig {
  readonly test: Exclude<HealthTest, { readonly kind: 'none' }>;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
  readonly startIntervalMs: number;
}

const dockerDefaults = {
  intervalMs: 30_000,
  timeoutMs: 30_000,
  retries: 3,
  startPeriodMs: 0,
  startIntervalMs: 5_000,
};

/**
 * The check to run: the file's words first, then the image's, then Docker's defaults.
 * Undefined: nothing is checked, running is ready.
 */
export function healthConfig(
  ofFile: Healthcheck | undefined,
  ofImage: Healthcheck | undefined,
): HealthConfig | undefined {
  const merged = { ...dockerDefaults, ...ofImage, ...ofFile };
  const { test } = merged;
  return test === undefined || test.kind === 'none' ? undefined : { ...merged, test };
}
