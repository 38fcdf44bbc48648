import { succeeded } from '../../src/core/command-failure.ts';
import { type ImageManifest, imageManifest } from '../../src/core/image/image-manifest.ts';
import type { MeasuredImage } from '../../src/core/image/size-budget.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { PlatformDigests } from './publish-image.ts';

/** The image of one platform as the registry has it. */
export type InspectedImage = MeasuredImage & ImageManifest;

const answerLimitMs = 60_000;

/**
 * Asks the registry for the manifest of each platform's image; one that it does not tell is left out.
 * @param name repository of the image
 */
export async function inspectImages(
  name: string,
  digests: PlatformDigests,
  { buildx, environment }: BuildxSettings,
  { commands }: Pick<TaskPorts, 'commands'>,
): Promise<readonly InspectedImage[]> {
  const images = await Promise.all(
    Object.entries(digests).map(async ([platform, digest]) => {
      const args = ['imagetools', 'inspect', '--raw', `${name}@${digest}`];
      const command = { file: buildx.file, args, env: environment, timeoutMs: answerLimitMs };
      const result = await commands.run(command);
      const manifest = succeeded(result) ? imageManifest(result.stdout) : undefined;
      return manifest === undefined ? [] : [{ platform, ...manifest }];
    }),
  );
  return images.flat();
}
