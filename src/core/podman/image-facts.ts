import * as v from 'valibot';
import { readTest } from '../compose/schema/healthcheck.ts';
import type { Healthcheck } from '../compose/model-health.ts';

const nanoseconds = v.optional(v.number(), 0);

const imageSchema = v.object({
  Config: v.nullish(v.object({ ExposedPorts: v.nullish(v.record(v.string(), v.unknown())) })),
  Healthcheck: v.nullish(
    v.object({
      Test: v.nullish(v.array(v.string())),
      Interval: nanoseconds,
      Timeout: nanoseconds,
      StartPeriod: nanoseconds,
      Retries: v.optional(v.number(), 0),
    }),
  ),
});

/** What matters to us of an image. OCI-format images cannot carry a HEALTHCHECK (services-anchors, fact 4). */
export interface ImageFacts {
  readonly healthcheck?: Healthcheck;
  /** TCP ports of EXPOSE. */
  readonly exposedPorts: readonly number[];
}

/** From `podman image inspect` of one image. */
export function parseImages(json: string): readonly ImageFacts[] {
  return v.parse(v.array(imageSchema), JSON.parse(json)).map(({ Config, Healthcheck: check }) => {
    const exposed = Object.keys(Config?.ExposedPorts ?? {}).map((port) => port.split('/'));
    const tcp = exposed.filter(([, protocol = 'tcp']) => protocol === 'tcp');
    const test = readTest(check?.Test ?? []);
    const exposedPorts = tcp.map(([port]) => Number(port));
    if (check === null || check === undefined || !('value' in test)) return { exposedPorts };
    if (test.value === undefined) return { exposedPorts };
    return { exposedPorts, healthcheck: { test: test.value, ...timesOf(check) } };
  });
}

/** Zero is "not said". */
function timesOf(check: {
  Interval: number;
  Timeout: number;
  StartPeriod: number;
  Retries: number;
}): Healthcheck {
  return {
    ...(check.Interval > 0 ? { intervalMs: check.Interval / 1e6 } : {}),
    ...(check.Timeout > 0 ? { timeoutMs: check.Timeout / 1e6 } : {}),
    ...(check.StartPeriod > 0 ? { startPeriodMs: check.StartPeriod / 1e6 } : {}),
    ...(check.Retries > 0 ? { retries: check.Retries } : {}),
  };
}
