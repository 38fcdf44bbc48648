import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { failingChecks } from '../../src/core/buildx/dockerfile-checks.ts';
import type { Files } from '../../src/ports/files.ts';

/** How the Dockerfile is checked; undefined when BuildKit's own way will do. */
export async function readChecks(
  { report, sources }: Pick<BuildRequest, 'report' | 'sources'>,
  files: Files,
): Promise<{ readonly checks?: string }> {
  if (report.lint !== 'error') return {};
  const text = sources.dockerfileText ?? (await files.readText(sources.dockerfile));
  return { checks: failingChecks(text ?? '') };
}
