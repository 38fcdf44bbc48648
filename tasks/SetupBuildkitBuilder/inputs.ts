import { defaultBuilderName, parseBuilderName } from '../../src/core/buildkit/builder-name.ts';
import { type Endpoint, parseEndpoints } from '../../src/core/buildkit/endpoint.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { InputValues } from '../../src/core/task/input-spec.ts';
import type { taskInputs } from './inputs.generated.ts';

export type Inputs = InputValues<typeof taskInputs>;

/** What the inputs ask for, with everything that has a default filled in; TLS is read apart. */
export interface SetupRequest {
  readonly endpoint: Endpoint;
  readonly builderName: string;
  readonly connectTimeoutSeconds: number;
  readonly setDefault: boolean;
  readonly dryRun: boolean;
}

/** What inputs fall back to, from the agent. */
export interface Surroundings {
  readonly buildkitHost: string | undefined;
  readonly jobSlug: string;
}

/** Every problem of the inputs at once. */
export function parseInputs(inputs: Inputs, surroundings: Surroundings): Parsed<SetupRequest> {
  const endpoint = parseEndpoints(inputs.endpoints, surroundings.buildkitHost);
  const builderName = parseBuilderName(
    inputs.builderName ?? defaultBuilderName(surroundings.jobSlug),
  );
  if (!endpoint.ok || !builderName.ok) return rejected(...problemsOf([endpoint, builderName]));
  return parsed({
    endpoint: endpoint.value,
    builderName: builderName.value,
    connectTimeoutSeconds: inputs.connectTimeout,
    setDefault: inputs.setDefault,
    dryRun: inputs.dryRun,
  });
}
