import type { ComposeService } from '../compose/model.ts';

/** One container as it will be run: everything that `podman run` has to be told. */
export interface ContainerPlan {
  readonly service: ComposeService;
  /** Unique on the host: never used before, never again. */
  readonly name: string;
  /** Canonical reference: registry/repository[:tag][@digest]. */
  readonly image: string;
  readonly network: string;
  readonly labels: readonly string[];
  /** `-p` values. */
  readonly publish: readonly string[];
  /** `-v` values, sources absolute or volume names. */
  readonly mounts: readonly string[];
  /** Variables whose values reach Podman in its environment, never in its arguments. */
  readonly hiddenVariables: readonly string[];
  readonly init: boolean;
}

/** Arguments of `podman run`, after `run`, and the variables that go beside them. */
export interface RunCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The command for a plan. Health is driven by us (no systemd needed), the agent's proxy settings stay
 * outside, and the image is here already. `hostArgs` is what this host's Podman needs.
 */
export function runCommand(
  plan: ContainerPlan,
  hostArgs: readonly string[],
  detached: boolean,
): RunCommand {
  const { service } = plan;
  const [executable, ...entrypointRest] = service.entrypoint ?? [];
  const args = [
    ...(detached ? ['--detach'] : []),
    ...['--name', plan.name, '--pull=never', '--no-healthcheck', '--http-proxy=false'],
    ...(plan.init ? ['--init'] : []),
    ...hostArgs,
    ...['--network', `${plan.network}:alias=${service.name}`],
    ...plan.labels,
    ...plan.publish.flatMap((port) => ['--publish', port]),
    ...plan.mounts.flatMap((mount) => ['--volume', mount]),
    ...service.tmpfs.flatMap((mount) => ['--tmpfs', mount]),
    ...variables(plan),
    ...(service.workingDir === undefined ? [] : ['--workdir', service.workingDir]),
    ...(service.user === undefined ? [] : ['--user', service.user]),
    ...(service.entrypoint === undefined ? [] : ['--entrypoint', executable ?? '']),
    plan.image,
    ...entrypointRest,
    ...(service.command ?? []),
  ];
  const hidden = plan.hiddenVariables.map((name) => [name, service.environment[name] ?? '']);
  return { args, env: Object.fromEntries(hidden) as Record<string, string> };
}

function variables({ service, hiddenVariables }: ContainerPlan): readonly string[] {
  return Object.entries(service.environment).flatMap(([name, value]) => [
    '--env',
    hiddenVariables.includes(name) ? name : `${name}=${value}`,
  ]);
}
