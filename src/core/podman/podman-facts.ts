import * as v from 'valibot';

const text = v.nullish(v.string(), '');
const program = v.nullish(v.object({ executable: text }));

const infoSchema = v.object({
  host: v.object({
    cgroupManager: text,
    cgroupVersion: text,
    cgroupControllers: v.nullish(v.array(v.string()), []),
    eventLogger: text,
    networkBackend: text,
    logDriver: text,
    ociRuntime: v.object({ name: v.string(), path: text }),
    security: v.object({ rootless: v.boolean() }),
    slirp4netns: program,
    pasta: program,
    idMappings: v.nullish(v.object({ uidmap: v.nullish(v.array(v.object({ size: v.number() }))) })),
  }),
  store: v.object({ graphDriverName: v.string(), graphRoot: text, runRoot: text }),
  version: v.object({ Version: v.string() }),
});

/** What Podman says of itself. Empty text: it does not say. */
export interface PodmanFacts {
  readonly version: string;
  readonly rootless: boolean;
  readonly runtime: string;
  readonly runtimePath: string;
  readonly cgroupManager: string;
  /** v1 or v2. */
  readonly cgroupVersion: string;
  /** Of cgroups v2, those that this user may use; none on v1. */
  readonly cgroupControllers: readonly string[];
  readonly eventLogger: string;
  readonly networkBackend: string;
  /** Rootless: the program that connects a network of one's own, slirp4netns or pasta, was found. */
  readonly hasUserNetwork: boolean;
  /** Rootless: user ids that containers may use. */
  readonly userIds: number;
  readonly logDriver: string;
  readonly storageDriver: string;
  readonly graphRoot: string;
  readonly runRoot: string;
}

/** From `podman info --format json`. @throws ValiError when it is something else than Podman prints from 4.3 on */
export function podmanFacts(json: string): PodmanFacts {
  const { host, store, version } = v.parse(infoSchema, JSON.parse(json));
  const sizes = (host.idMappings?.uidmap ?? []).map(({ size }) => size);
  const { security, ociRuntime, slirp4netns, pasta } = host;
  return {
    cgroupManager: host.cgroupManager,
    cgroupVersion: host.cgroupVersion,
    cgroupControllers: host.cgroupControllers,
    eventLogger: host.eventLogger,
    networkBackend: host.networkBackend,
    logDriver: host.logDriver,
    version: version.Version,
    rootless: security.rootless,
    runtime: ociRuntime.name,
    runtimePath: ociRuntime.path,
    hasUserNetwork: [slirp4netns, pasta].some((found) => (found?.executable ?? '') !== ''),
    userIds: sizes.reduce((sum, size) => sum + size, 0),
    storageDriver: store.graphDriverName,
    graphRoot: store.graphRoot,
    runRoot: store.runRoot,
  };
}
