import { defaultBuilderName, parseBuilderName } from '../../src/core/buildkit/builder-name.ts';
import { parseEndpointLines } from '../../src/core/buildkit/endpoint-lines.ts';
import type { PlatformNeeds } from '../../src/core/buildkit/platform-problems.ts';
import { type ReplicaGroup, replicaGroups } from '../../src/core/buildkit/replica-groups.ts';
import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import { parsePlatforms } from '../../src/core/platform/platform.ts';
import type { InputValues } from '../../src/core/task/input-spec.ts';
import type { taskInputs } from './inputs.generated.ts';
import { type RoutingRequest, parseRouting } from './routing-inputs.ts';

export type Inputs = InputValues<typeof taskInputs>;

/** What the inputs ask for, with everything that has a default filled in; TLS is read apart. */
export interface SetupRequest extends PlatformNeeds {
  readonly groups: readonly ReplicaGroup[];
  readonly routing: RoutingRequest;
  readonly builderName: string;
  readonly connectTimeoutSeconds: number;
  readonly setDefault: boolean;
  readonly dryRun: boolean;
}

/** What inputs fall back to. */
export interface Surroundings {
  /** The agent's BUILDKIT_HOST. */
  readonly buildkitHost: string | undefined;
  /** The addresses of the service connection, as lines. */
  readonly connectionLines: readonly string[];
  readonly jobSlug: string;
}

/** Every problem of the inputs at once. */
export function parseInputs(inputs: Inputs, surroundings: Surroundings): Parsed<SetupRequest> {
  const groups = parseGroups(inputs, surroundings);
  const routing = parseRouting(inputs);
  const platforms = parsePlatforms('platforms', inputs.platforms.join(','));
  const builderName = parseBuilderName(
    inputs.builderName ?? defaultBuilderName(surroundings.jobSlug),
  );
  const problems = [
    ...problemsOf([groups, routing, platforms, builderName]),
    ...emulationProblems(inputs),
  ];
  if (!groups.ok || !routing.ok || !platforms.ok || !builderName.ok || problems.length > 0) {
    return rejected(...problems);
  }
  return parsed({
    groups: groups.value,
    routing: routing.value,
    platforms: platforms.value,
    allowEmulation: inputs.allowEmulation,
    builderName: builderName.value,
    connectTimeoutSeconds: inputs.connectTimeout,
    setDefault: inputs.setDefault,
    dryRun: inputs.dryRun,
  });
}

function parseGroups(
  { endpoints }: Inputs,
  { buildkitHost, connectionLines }: Surroundings,
): Parsed<readonly ReplicaGroup[]> {
  const texts = { input: endpoints, connection: connectionLines, buildkitHost };
  const lines = parseEndpointLines(texts);
  return lines.ok ? replicaGroups(lines.value) : lines;
}

function emulationProblems({ allowEmulation, platforms }: Inputs): readonly Problem[] {
  if (allowEmulation || platforms.length > 0) return [];
  const what = 'allowEmulation: false needs to know what the job is going to build.';
  return [{ where: 'platforms', what, change: 'List the platforms, such as linux/amd64.' }];
}
