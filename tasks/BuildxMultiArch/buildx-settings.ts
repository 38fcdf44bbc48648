import { join } from 'node:path/posix';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { agentsConfigFolder } from '../../src/workflows/registry-login.ts';

/** How buildx is called in this step. */
export interface BuildxSettings {
  readonly buildx: Buildx;
  /** Added to every call. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How a build is run. */
export interface BuildSettings extends BuildxSettings {
  /** Called before logins are used again after a long time. */
  readonly renewLogins: () => Promise<void>;
}

/**
 * BUILDX_CONFIG is always given: buildx would look for its builders below DOCKER_CONFIG, which is another
 * folder as soon as this step logs in. A variable DEBUG of the pipeline is not meant for buildx, which would take any
 * value as its switch for stack traces in errors.
 */
export function buildxEnvironment(
  host: Pick<TaskHost, 'variable' | 'environment'>,
  loginFolder?: string,
): Readonly<Record<string, string>> {
  const store = host.variable('BUILDX_CONFIG') ?? join(agentsConfigFolder(host), 'buildx');
  return {
    BUILDX_CONFIG: store,
    ...(host.environment('DEBUG') === undefined ? {} : { DEBUG: '' }),
    ...(loginFolder === undefined ? {} : { DOCKER_CONFIG: loginFolder }),
  };
}
