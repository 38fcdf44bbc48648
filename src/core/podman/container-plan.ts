import type { ComposeService } from '../compose/model.ts';

/** One container as it will be run: everything that `podman run` has to be told. */
export interface ContainerPlan {
  readonly service: ComposeService;
  /** What people call it: the service's name, from the second container of a service on `web-2`. */
  readonly title: string;
  /** Unique on the host: never used before, never again. */
  readonly name: string;
  /** Canonical reference: registry/repository[:tag][@digest]. */
  readonly image: string;
  /** `--network` arguments. */
  readonly networks: readonly string[];
  readonly labels: readonly string[];
  /** `-p` values. */
  readonly publish: readonly string[];
  /** `--volume`, `--mount`, `--secret` and `--tmpfs` arguments. */
  readonly mounts: readonly string[];
  /** What else the file says, as arguments. */
  readonly options: readonly string[];
  /** Limits as flags, each with its value: those that this host can hold (unheld-limits.ts). */
  readonly limits: readonly string[];
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
    ...withoutLimitsOf(plan, hostArgs),
    ...plan.networks,
    ...plan.labels,
    ...plan.publish.flatMap((port) => ['--publish', port]),
    ...plan.mounts,
    ...plan.options,
    ...plan.limits,
    ...variables(plan),
    ...(service.entrypoint === undefined ? [] : ['--entrypoint', executable ?? '']),
    plan.image,
    ...entrypointRest,
    ...(service.command ?? []),
  ];
  const hidden = plan.hiddenVariables.map((name) => [name, service.environment[name] ?? '']);
  return { args, env: Object.fromEntries(hidden) as Record<string, string> };
}

/** What the file limits itself is not limited for it. */
function withoutLimitsOf(plan: ContainerPlan, hostArgs: readonly string[]): readonly string[] {
  const own = Object.keys(plan.service.options.ulimits ?? {});
  return hostArgs.filter((word, at) => {
    const value = word === '--ulimit' ? (hostArgs[at + 1] ?? '') : word;
    const isUlimit = word === '--ulimit' || hostArgs[at - 1] === '--ulimit';
    return !isUlimit || !own.some((name) => value.startsWith(`${name}=`));
  });
}

function variables({ service, hiddenVariables }: ContainerPlan): readonly string[] {
  return Object.entries(service.environment).flatMap(([name, value]) => [
    '--env',
    hiddenVariables.includes(name) ? name : `${name}=${value}`,
  ]);
}
