import { parseEndpointLine } from '../../src/core/buildkit/endpoint-line.ts';
import { jobAffinity } from '../../src/core/routing/affinity-key.ts';
import { systemClock } from '../../src/io/clock/system-clock.ts';
import { nodeResolver } from '../../src/io/dns/node-resolver.ts';
import { http2Probe } from '../../src/io/grpc-probe/http2-probe.ts';
import { chooseNodes } from '../../tasks/SetupBuildkitBuilder/choose-nodes.ts';
import { findReplicas } from '../../tasks/SetupBuildkitBuilder/find-replicas.ts';
import {
  type SeenGroup,
  isReady,
  lookAtReplicas,
} from '../../tasks/SetupBuildkitBuilder/look-at-replicas.ts';

// Finds and looks at the daemons behind an SRV name once, as a set-up step does, and prints the
// replica that the step would choose for each of so many repositories, as JSON.
const [service = '', count = '0'] = process.argv.slice(2);
const limitMs = 10_000;
const routing = { routing: 'affinity', maxLoadFactor: 2 } as const;

async function seenBehind(name: string): Promise<readonly SeenGroup[]> {
  const line = parseEndpointLine('endpoints', `srv+tcp://${name}`);
  if (!line.ok) throw new Error(JSON.stringify(line.problems));
  const never = new AbortController().signal;
  const group = { platforms: [], lines: [line.value] };
  const found = await findReplicas(group, nodeResolver(never), limitMs);
  const ports = { probe: http2Probe(never), clock: systemClock(never) };
  return lookAtReplicas([found], undefined, limitMs, ports);
}

function homeOf(repository: string, groups: readonly SeenGroup[]): string | undefined {
  const variables: Readonly<Record<string, string>> = {
    'System.CollectionUri': 'https://dev.azure.com/shop/',
    'System.TeamProjectId': 'a7c1',
    'Build.Repository.ID': repository,
  };
  const affinity = jobAffinity((name) => variables[name]);
  const [node] = chooseNodes(groups, { routing, builderName: 'builder' }, affinity);
  return node?.choice.replica.name;
}

const groups = await seenBehind(service);
const ready = groups.flatMap(({ replicas }) => replicas.filter(isReady)).map(({ name }) => name);
const homes = Array.from({ length: Number(count) }, (_, at) => homeOf(`repository-${at}`, groups));
process.stdout.write(`${JSON.stringify({ ready, homes })}\n`);
