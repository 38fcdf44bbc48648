import type { Problem } from '../errors.ts';
import type { ContainerPlan, RunCommand } from './container-plan.ts';

const ofNetworks = new Set(['--network', '--network-alias', '--ip', '--ip6', '--mac-address']);
const ofPorts = new Set(['--publish', '-p', '--hostname', '--dns', '--dns-search', '--dns-option']);

/**
 * The same container on the agent's own network, where Podman cannot make one: no published ports, and the
 * other services' names in /etc/hosts.
 */
export function onHostNetwork(
  { args, env }: RunCommand,
  image: string,
  names: readonly string[],
): RunCommand {
  const end = args.indexOf(image);
  const kept = args.slice(0, end).filter((word, at, options) => {
    const before = options[at - 1] ?? '';
    return ![word, before].some((option) => ofNetworks.has(option) || ofPorts.has(option));
  });
  const hosts = names.flatMap((name) => ['--add-host', `${name}:127.0.0.1`]);
  return { args: [...kept, '--network', 'host', ...hosts, ...args.slice(end)], env };
}

/** Two services that would listen on one port of the agent; and what only networks can do. */
export function hostNetworkProblems(
  plans: readonly Pick<ContainerPlan, 'service' | 'title'>[],
  label: string,
): readonly Problem[] {
  const users = new Map<string, string[]>();
  for (const { service, title } of plans) {
    for (const { containerPort, protocol } of service.ports) {
      const port = `${containerPort}/${protocol}`;
      users.set(port, [...(users.get(port) ?? []), title]);
    }
  }
  const clashes = [...users].filter(([, names]) => new Set(names).size > 1);
  return clashes.map(([port, names]) => ({
    where: label,
    what: `${[...new Set(names)].join(' and ')} both use port ${port}, but on this agent all services share one network (see "Podman on this agent" above).`,
    change: 'Give one of them another port, or mend the agent: command: doctor tells how.',
  }));
}
