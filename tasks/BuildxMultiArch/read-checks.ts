import { resolve } from 'node:path/posix';
import { type Bake, definitionsOf } from '../../src/core/bake/baked-targets.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { failingChecks } from '../../src/core/buildx/dockerfile-checks.ts';
import type { Files } from '../../src/ports/files.ts';

/** The same for each target of a bake; those whose Dockerfile is not on the agent are checked by all rules. */
export async function readBakeChecks(
  { report, sources }: Pick<BuildRequest, 'report' | 'sources'>,
  bake: Bake,
  files: Files,
): Promise<Readonly<Record<string, string>>> {
  if (report.lint !== 'error') return {};
  const checks = definitionsOf(bake).map(async ([name, definition]) => {
    const path = resolve(sources.context, definition.context, definition.dockerfile);
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
