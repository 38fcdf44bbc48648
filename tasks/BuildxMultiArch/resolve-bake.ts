import {
  type Bake,
  bakedTargets,
  platformsOfBake,
  referencesOf,
} from '../../src/core/bake/baked-targets.ts';
import type { BakeRequest } from '../../src/core/bake/bake-request.ts';
import { secretArgumentWarnings } from '../../src/core/bake/secret-arguments.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { UserError } from '../../src/core/errors.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { Buildx } from '../../src/workflows/find-buildx.ts';
import { readBakeFile } from './read-bake-file.ts';

/** What a bake file comes to in this run. */
export interface ResolvedBake {
  readonly bake: Bake;
  /** With the images and platforms of all targets. */
  readonly request: BuildRequest;
}

/**
 * Reads the bake file, and says what its targets come to.
 * @throws UserError with what is wrong with the file, CommandFailedError, CancelledError
 */
export async function resolveBake(
  request: BuildRequest,
  asked: BakeRequest,
  buildx: Buildx,
  ports: Pick<TaskPorts, 'host' | 'commands' | 'cancellation'>,
): Promise<ResolvedBake> {
  const { host } = ports;
  const definition = await readBakeFile(request, asked, buildx, ports);
  const { isPushed } = request.image;
  const bake = bakedTargets(definition, { isPushed, platforms: request.platforms.wanted });
  if (!bake.ok) throw new UserError(bake.problems);
  const holdsSecret = (text: string): boolean => host.redact(text) !== text;
  secretArgumentWarnings(bake.value, holdsSecret).forEach((warning) => {
    host.warning(warning);
  });
  return { bake: bake.value, request: withTargets(request, bake.value) };
}

function withTargets(request: BuildRequest, bake: Bake): BuildRequest {
  const references = referencesOf(bake);
  const isPushed = bake.targets.some((target) => target.isPushed);
  return {
    ...request,
    image: { ...request.image, references, isPushed, version: references[0]?.tag },
    platforms: { ...request.platforms, wanted: platformsOfBake(bake) },
  };
}
