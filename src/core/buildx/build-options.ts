/** How BuildKit runs the build (docs.docker.com/reference/cli/docker/buildx/build). */
export interface BuildOptions {
  /** No step is taken from the cache. */
  readonly noCache: boolean;
  /** Stages whose steps are not taken from the cache. */
  readonly noCacheStages: readonly string[];
  /** Base images are looked up anew. */
  readonly pull: boolean;
  /** Of RUN steps: default, none, host; undefined: BuildKit's default. */
  readonly network: string | undefined;
  /** Size of /dev/shm, e.g. 128m. */
  readonly shmSize: string | undefined;
  /** `name=soft[:hard]`. */
  readonly ulimits: readonly string[];
  /** `host=address`. */
  readonly addHosts: readonly string[];
  /** Entitlements, e.g. security.insecure. */
  readonly allow: readonly string[];
}

export function optionArguments(options: BuildOptions): readonly string[] {
  const { network, shmSize } = options;
  return [
    ...(options.noCache ? ['--no-cache'] : []),
    ...each('--no-cache-filter', options.noCacheStages),
    ...(options.pull ? ['--pull'] : []),
    ...(network === undefined ? [] : ['--network', network]),
    ...(shmSize === undefined ? [] : ['--shm-size', shmSize]),
    ...each('--ulimit', options.ulimits),
    ...each('--add-host', options.addHosts),
    ...each('--allow', options.allow),
  ];
}

function each(option: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [option, value]);
}
