import { type ComposeDocument, placeOf } from './compose-document.ts';
import { resolveEnvironment } from './environment.ts';
import type { Variables } from './interpolate.ts';
import type { ComposeService } from './model.ts';
import type { ServiceInput } from './schema.ts';

/** A validated service in the form that the rest of the task works with. */
export function toService(
  name: string,
  input: ServiceInput,
  document: ComposeDocument,
  variables: Variables,
): ComposeService {
  return {
    name,
    place: placeOf(document, ['services', name]),
    image: input.image,
    environment: resolveEnvironment(input.environment, variables),
    ports: input.ports,
    dependsOn: input.depends_on,
    mounts: input.volumes,
    tmpfs: input.tmpfs,
    ...given('command', input.command),
    ...given('entrypoint', input.entrypoint),
    ...given('healthcheck', input.healthcheck),
    ...given('workingDir', input.working_dir),
    ...given('user', input.user),
    ...given('init', input.init),
  };
}

function given<K extends keyof ComposeService>(
  key: K,
  value: ComposeService[K] | undefined,
): { readonly [P in K]?: ComposeService[K] } {
  if (value === undefined) return {};
  return { [key]: value } as { readonly [P in K]: ComposeService[K] };
}
