import { dirname, join, relative, resolve } from 'node:path/posix';
import type { BuildSources } from '../../../src/core/buildx/build-sources.ts';
import { isRemoteContext } from '../../../src/core/buildx/context-place.ts';
import { parseNamedContexts } from '../../../src/core/buildx/named-contexts.ts';
import type { Problem } from '../../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../../src/core/parsed.ts';
import { plainText } from './plain-text.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

type PathInputs = Pick<Inputs, 'context' | 'dockerfile' | 'dockerfileInline'>;
type SourceInputs = PathInputs & Pick<Inputs, 'target' | 'buildContexts' | 'contextTimes'>;
type Folders = Pick<Surroundings, 'sourcesFolder' | 'rootFolders' | 'inlineDockerfile'>;
type Paths = Pick<BuildSources, 'context' | 'isRemote' | 'dockerfile' | 'dockerfileText'>;

/** Docker@2's word for the folder of the Dockerfile. */
const besideDockerfile = '**';

export function parseSources(
  inputs: SourceInputs,
  surroundings: Surroundings,
): Parsed<BuildSources> {
  const texts = (['context', 'dockerfile', 'target'] as const).map((name) =>
    plainText(name, inputs[name]),
  );
  const contexts = parseNamedContexts(inputs.buildContexts, surroundings.sourcesFolder);
  const problems = [...problemsOf([...texts, contexts]), ...twoDockerfiles(inputs, surroundings)];
  if (!contexts.ok || problems.length > 0) return rejected(...problems);
  const { target, contextTimes } = inputs;
  const namedContexts = contexts.value;
  return parsed({ ...pathsOf(inputs, surroundings), target, namedContexts, contextTimes });
}

/** An empty `dockerfile` is the one at the context's root. */
export function pathsOf(inputs: PathInputs, folders: Folders): Paths {
  const { sourcesFolder, inlineDockerfile } = folders;
  const given = givenDockerfile(inputs.dockerfile, folders);
  const context = contextOf(inputs.context ?? '', given, sourcesFolder);
  const isRemote = isRemoteContext(context);
  const dockerfileText = inputs.dockerfileInline;
  if (dockerfileText !== undefined) {
    return { context, isRemote, dockerfile: inlineDockerfile, dockerfileText };
  }
  const inContext = given === undefined ? 'Dockerfile' : relative(sourcesFolder, given);
  const local = given ?? join(context, 'Dockerfile');
  return { context, isRemote, dockerfile: isRemote ? inContext : local, dockerfileText };
}

/**
 * An unset path input arrives as the folder that relative ones start at, which depends on the kind of
 * job (agent contract, section 2).
 */
export function givenDockerfile(
  text: string | undefined,
  { sourcesFolder, rootFolders }: Pick<Folders, 'sourcesFolder' | 'rootFolders'>,
): string | undefined {
  const given = resolve(sourcesFolder, text ?? '');
  return [sourcesFolder, ...rootFolders].some((root) => given === resolve(root))
    ? undefined
    : given;
}

function contextOf(text: string, dockerfile: string | undefined, sourcesFolder: string): string {
  if (isRemoteContext(text)) return text;
  if (text === besideDockerfile) {
    return dockerfile === undefined ? sourcesFolder : dirname(dockerfile);
  }
  return resolve(sourcesFolder, text);
}

function twoDockerfiles(inputs: PathInputs, folders: Folders): readonly Problem[] {
  const isTwice =
    inputs.dockerfileInline !== undefined &&
    givenDockerfile(inputs.dockerfile, folders) !== undefined;
  if (!isTwice) return [];
  const what = 'It is given, and so is "dockerfile".';
  return [{ where: 'dockerfileInline', what, change: 'Keep one of both.' }];
}
