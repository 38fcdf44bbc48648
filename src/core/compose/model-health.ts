/** What Docker's HEALTHCHECK may say; an absent field is inherited from the image, else Docker's default. */
export interface Healthcheck {
  readonly test?: HealthTest;
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly startPeriodMs?: number;
  readonly startIntervalMs?: number;
}

export type HealthTest =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'exec'; argv: readonly string[] }>
  | Readonly<{ kind: 'shell'; script: string }>;
