import { join } from 'node:path/posix';
import type { Bake } from '../../src/core/bake/baked-targets.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { failingChecks } from '../../src/core/buildx/dockerfile-checks.ts';
import type { Files } from '../../src/ports/files.ts';

/** The same for each target of a bake; those whose Dockerfile is not on the agent are checked by all rules. */
export async function readBakeChecks(
  { report, sources }: Pick<BuildRequest, 'report' | 'sources'>,
  { targets, linked }: Bake,
  files: Files,
): Promise<Readonly<Record<string, string>>> {
  if (report.lint !== 'error') return {};
  const own = targets.map(({ name, definition }) => [name, definition] as const);
  const checks = [...own, ...Object.entries(linked)].map(async ([name, definition]) => {
    const path = join(sources.context, definition.context, definition.dockerfile);
    const text = definition['dockerfile-inline'] ?? (await files.readText(path));
    return [name, failingChecks(text ?? '')] as const;
  });
  return Object.fromEntries(await Promise.all(checks));
}

/** How the Dockerfile is checked; undefined when BuildKit's own way will do. */
export async function readChecks(
  { report, sources }: Pick<BuildRequest, 'report' | 'sources'>,
  files: Files,
): Promise<{ readonly checks?: string }> {
  if (report.lint !== 'error') return {};
  const text = sources.dockerfileText ?? (await files.readText(sources.dockerfile));
  return { checks: failingChecks(text ?? '') };
}
