/** A registry as a builder has to know it. */
export interface KnownRegistry {
  /** `host:port` as in image references. */
  readonly host: string;
  /** PEM file of its authority; without one it is spoken to in plain HTTP. */
  readonly caFile?: string;
}

export interface BuildkitdSettings {
  /** `host:port` of the plain HTTP mirror of docker.io. */
  readonly mirrorHost: string;
  readonly registries: readonly KnownRegistry[];
  /** Unix socket for traces; the default is shared by all daemons of the machine. */
  readonly traceSocket: string;
  /** Cgroup below which the steps of builds run. */
  readonly cgroupParent: string;
}

/**
 * buildkitd.toml (BuildKit, docs/buildkitd.toml.md). A mirror needs two sections: `http` under the
 * upstream would not reach the mirror, and would make the upstream itself plain HTTP.
 */
export function buildkitdConfig(settings: BuildkitdSettings): string {
  const { mirrorHost, registries, traceSocket, cgroupParent } = settings;
  return [
    section('otel', { socketPath: traceSocket }),
    section('worker.containerd', { enabled: false }),
    section('worker.oci', {
      gc: true,
      reservedSpace: '2GB',
      maxUsedSpace: '10GB',
      minFreeSpace: '2GB',
      defaultCgroupParent: cgroupParent,
    }),
    section('registry."docker.io"', { mirrors: [mirrorHost] }),
    section(`registry.${JSON.stringify(mirrorHost)}`, { http: true }),
    ...registries.map(registrySection),
  ].join('\n');
}

function registrySection({ host, caFile }: KnownRegistry): string {
  // On loopback BuildKit would speak plain HTTP unless told otherwise.
  const trust = caFile === undefined ? { http: true } : { http: false, ca: [caFile] };
  return section(`registry.${JSON.stringify(host)}`, trust);
}

/** JSON's strings, booleans and lists of strings are TOML's as well. */
function section(title: string, values: Record<string, string | boolean | string[]>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  return `[${title}]\n${lines.join('')}`;
}
