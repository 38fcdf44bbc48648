import type { SourcePlace } from '../errors.ts';

/** A compose file, interpolated and validated: everything in it is something we do. */
export interface ComposeProject {
  /** Top-level `name`, when given. */
  readonly name?: string;
  /** In the file's order; each depends on others of this list only, without cycles. */
  readonly services: readonly ComposeService[];
  /** The named volumes. */
  readonly volumes: readonly string[];
  /** What deserves a word, but stops nothing. */
  readonly warnings: readonly string[];
}

export interface ComposeService {
  readonly name: string;
  /** Where the service stands in its file. */
  readonly place: SourcePlace;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly PortMapping[];
  /** Absent: the image's own. */
  readonly command?: readonly string[];
  /** Absent: the image's own; empty: none at all. */
  readonly entrypoint?: readonly string[];
  readonly healthcheck?: Healthcheck;
  readonly dependsOn: readonly Dependency[];
  readonly mounts: readonly Mount[];
  /** `--tmpfs` values. */
  readonly tmpfs: readonly string[];
  readonly workingDir?: string;
  readonly user?: string;
  readonly init?: boolean;
}

export type Protocol = 'tcp' | 'udp';

/** One port of the container, made reachable from the host. */
export interface PortMapping {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** The host's address, without brackets. */
  readonly hostIp?: string;
  /** The host's port, or any free one of a range (inclusive). */
  readonly published?: PortRange;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export type DependencyCondition =
  'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Dependency {
  readonly service: string;
  readonly condition: DependencyCondition;
}

/** `source` of a bind is as written: relative to the file's folder, absolute, or below `~`. */
export type Mount =
  | Readonly<{ kind: 'bind'; source: string; target: string; readOnly: boolean }>
  | Readonly<{ kind: 'volume'; source: string; target: string; readOnly: boolean }>
  | Readonly<{ kind: 'anonymous'; target: string; readOnly: boolean }>;

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
