import type { SourcePlace } from '../errors.ts';
import type { Wait } from '../health/wait.ts';
import type { PresetName } from '../services/presets.ts';
import type { Healthcheck } from './model-health.ts';
import type { FileMount, Mount, PortMapping } from './model-mounts.ts';
import type { NamedVolume, ProjectNetwork } from './model-resources.ts';
import type { ContainerOptions } from './model-options.ts';

/** Compose files, merged, interpolated and validated: everything in it is something we do. */
export interface ComposeProject {
  /** `name`, as it is filled into `COMPOSE_PROJECT_NAME`. */
  readonly name: string;
  /** In the files' order; each depends on others of this list only, without cycles. */
  readonly services: readonly ComposeService[];
  /** Only those that a service uses. */
  readonly volumes: readonly NamedVolume[];
  /** Only those that a service uses; a service without `networks` uses `default`. */
  readonly networks: readonly ProjectNetwork[];
  /** What deserves a word, but stops nothing. */
  readonly warnings: readonly Warning[];
}

export interface Warning {
  readonly text: string;
  readonly place?: SourcePlace;
}

export interface ComposeService {
  readonly name: string;
  /** Where the service stands in its file. */
  readonly place: SourcePlace;
  /** As the file is shown. */
  readonly label: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly PortMapping[];
  /** Absent: the image's own. */
  readonly command?: readonly string[];
  /** Absent: the image's own; empty: none at all. */
  readonly entrypoint?: readonly string[];
  readonly healthcheck?: Healthcheck;
  /** What else must hold until it is ready. */
  readonly wait?: Wait;
  /** What its image behaves like. */
  readonly preset?: PresetName;
  readonly dependsOn: readonly Dependency[];
  readonly mounts: readonly Mount[];
  /** Secrets and configs. */
  readonly files: readonly FileMount[];
  /** `--tmpfs` values. */
  readonly tmpfs: readonly string[];
  /** Empty with `networkMode`. */
  readonly networks: readonly ServiceNetwork[];
  /** none, host, bridge, service:x, container:x */
  readonly networkMode?: string;
  /** Names beside its own under which others find it. */
  readonly aliases: readonly string[];
  /** Name and address; `host-gateway` is the host. */
  readonly extraHosts: readonly (readonly [string, string])[];
  readonly links: readonly Link[];
  readonly hostname?: string;
  readonly workingDir?: string;
  readonly user?: string;
  readonly init?: boolean;
  readonly pullPolicy?: 'always' | 'missing' | 'never';
  /** Containers of it; 1 when nothing is said. */
  readonly scale: number;
  readonly options: ContainerOptions;
}

export interface Link {
  readonly service: string;
  readonly alias: string;
}

export interface ServiceNetwork {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  readonly interfaceName?: string;
}

export type DependencyCondition =
  'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Dependency {
  readonly service: string;
  readonly condition: DependencyCondition;
  /** False: a failure of it is a warning only. */
  readonly required: boolean;
}
