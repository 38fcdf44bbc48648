import { join, resolve } from 'node:path/posix';
import type { BuildSources } from '../../../src/core/buildx/build-sources.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../../src/core/parsed.ts';
import { plainText } from './plain-text.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

type SourceInputs = Pick<Inputs, 'context' | 'dockerfile' | 'target'>;

export function parseSources(
  inputs: SourceInputs,
  surroundings: Surroundings,
): Parsed<BuildSources> {
  const texts = (['context', 'dockerfile', 'target'] as const).map((name) =>
    plainText(name, inputs[name]),
  );
  const problems = problemsOf(texts);
  if (problems.length > 0) return rejected(...problems);
  return parsed({ ...pathsOf(inputs, surroundings), target: inputs.target });
}

/**
 * An unset path input arrives as the folder that relative ones start at, which depends on the kind of
 * job (agent contract, section 2).
 */
export function pathsOf(
  inputs: Pick<Inputs, 'context' | 'dockerfile'>,
  { sourcesFolder, rootFolders }: Pick<Surroundings, 'sourcesFolder' | 'rootFolders'>,
): Pick<BuildSources, 'context' | 'dockerfile'> {
  const context = resolve(sourcesFolder, inputs.context ?? '');
  const given = resolve(sourcesFolder, inputs.dockerfile ?? '');
  const isUnset = [sourcesFolder, ...rootFolders].some((root) => given === resolve(root));
  return { context, dockerfile: isUnset ? join(context, 'Dockerfile') : given };
}
