import * as v from 'valibot';

const binding = v.object({ HostIp: v.string(), HostPort: v.string() });

const containerSchema = v.object({
  Name: v.string(),
  State: v.object({
    Status: v.string(),
    Running: v.boolean(),
    OOMKilled: v.boolean(),
    Pid: v.number(),
    ExitCode: v.number(),
    StartedAt: v.string(),
    FinishedAt: v.string(),
  }),
  StaticDir: v.string(),
  ExecIDs: v.nullish(v.array(v.string())),
  Id: v.string(),
  HostConfig: v.optional(v.object({ Memory: v.optional(v.number(), 0) }), {}),
  RestartCount: v.optional(v.number(), 0),
  NetworkSettings: v.object({
    Ports: v.nullish(v.record(v.string(), v.nullable(v.array(binding)))),
  }),
});

/** One published port as Podman tells it. */
export interface PublishedPort {
  /** e.g. `5432/tcp`. */
  readonly container: string;
  readonly hostIp: string;
  readonly hostPort: number;
}

/** A container as `podman container inspect` sees it. */
export interface ContainerState {
  readonly name: string;
  readonly id: string;
  /** created, running, exited, … */
  readonly status: string;
  readonly running: boolean;
  readonly exitCode: number;
  /** Podman's word for it; see memory-kill.ts. */
  readonly oomKilled: boolean;
  /** Bytes; 0: none. */
  readonly memoryLimit: number;
  /** By its own restart policy. */
  readonly restarts: number;
  /** Of its first process on the host; 0 when not running. */
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch; long ago while it has not ended. */
  readonly finishedAt: number;
  readonly ports: readonly PublishedPort[];
  /** Sessions of `podman exec` that are still open. */
  readonly execIds: readonly string[];
  /** Where Podman keeps its files about it. */
  readonly folder: string;
}

/** @throws ValiError when Podman prints something else than it does from 4.3 on */
export function parseContainers(json: string): readonly ContainerState[] {
  return v.parse(v.array(containerSchema), JSON.parse(json)).map((container) => ({
    name: container.Name,
    id: container.Id,
    status: container.State.Status,
    running: container.State.Running,
    exitCode: container.State.ExitCode,
    oomKilled: container.State.OOMKilled,
    memoryLimit: container.HostConfig.Memory,
    restarts: container.RestartCount,
    pid: container.State.Pid,
    startedAt: Date.parse(container.State.StartedAt),
    finishedAt: Date.parse(container.State.FinishedAt),
    ports: Object.entries(container.NetworkSettings.Ports ?? {}).flatMap(([port, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => ({
        container: port,
        hostIp: HostIp,
        hostPort: Number(HostPort),
      })),
    ),
    execIds: container.ExecIDs ?? [],
    folder: container.StaticDir,
  }));
}
