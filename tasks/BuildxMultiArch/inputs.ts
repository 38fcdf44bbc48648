import { join, resolve } from 'node:path/posix';
import { type BuildArgSources, parseBuildArgs } from '../../src/core/buildx/build-arg-lines.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { type ValueSources, parseSecrets } from '../../src/core/buildx/secret-lines.ts';
import type { CacheRequest } from '../../src/core/cache/registry-cache.ts';
import type { Problem } from '../../src/core/errors.ts';
import { isImageName } from '../../src/core/image/reference.ts';
import { type TaggedImage, imagesOf } from '../../src/core/image/tags.ts';
import type { RunSource } from '../../src/core/job/run-source.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import { parsePlatforms } from '../../src/core/platform/platform.ts';
import type { InputValues } from '../../src/core/task/input-spec.ts';
import { undefinedVariable } from '../../src/core/task/undefined-variable.ts';
import type { taskInputs } from './inputs.generated.ts';

export type Inputs = InputValues<typeof taskInputs>;

/** What inputs refer to or fall back to. */
export interface Surroundings extends ValueSources, BuildArgSources {
  /** BUILDX_BUILDER. */
  readonly defaultBuilder: string | undefined;
  readonly source: RunSource;
  /** Where the agent may root a path input. */
  readonly rootFolders: readonly string[];
  readonly runUrl: string | undefined;
}

export interface NamedBuilder {
  readonly builder: string;
  readonly request: BuildRequest;
}

/** Every problem of the inputs at once; files are looked at elsewhere. */
export function parseInputs(inputs: Inputs, surroundings: Surroundings): Parsed<NamedBuilder> {
  const platforms = parsePlatforms('platforms', inputs.platforms ?? '');
  const images = imagesToPush(inputs);
  const buildArgs = parseBuildArgs(inputs.buildArgs, surroundings);
  const secrets = parseSecrets(inputs.secrets, surroundings);
  const cache = parseCache(inputs);
  const builder = parseBuilder(inputs, surroundings);
  const texts = undefinedVariables(inputs);
  const problems = problemsOf([images, texts, platforms, buildArgs, secrets, cache, builder]);
  if (!platforms.ok || !images.ok || !buildArgs.ok || !secrets.ok || !cache.ok || !builder.ok) {
    return rejected(...problems);
  }
  if (problems.length > 0) return rejected(...problems);
  const request: BuildRequest = {
    ...pathsOf(inputs, surroundings),
    ...(inputs.target === undefined ? {} : { target: inputs.target }),
    platforms: platforms.value,
    images: images.value,
    isPushed: inputs.push,
    buildArgs: buildArgs.value,
    secrets: secrets.value,
    ...(cache.value === undefined ? {} : { cache: cache.value }),
    strategy: inputs.strategy,
    patience: { retries: inputs.retries, stallMs: inputs.stallTimeout * 1000 },
    provenance: inputs.provenance,
    source: surroundings.source,
    ...(surroundings.runUrl === undefined ? {} : { runUrl: surroundings.runUrl }),
  };
  return parsed({ builder: builder.value, request });
}

/**
 * An unset path input arrives as the folder that relative ones start at, which depends on the kind of
 * job (agent contract, section 2).
 */
export function pathsOf(
  inputs: Pick<Inputs, 'context' | 'dockerfile'>,
  { sourcesFolder, rootFolders }: Pick<Surroundings, 'sourcesFolder' | 'rootFolders'>,
): Pick<BuildRequest, 'context' | 'dockerfile'> {
  const context = resolve(sourcesFolder, inputs.context ?? '');
  const given = resolve(sourcesFolder, inputs.dockerfile ?? '');
  const isUnset = [sourcesFolder, ...rootFolders].some((root) => given === resolve(root));
  return { context, dockerfile: isUnset ? join(context, 'Dockerfile') : given };
}

function imagesToPush(inputs: Inputs): Parsed<readonly TaggedImage[]> {
  const images = imagesOf(inputs);
  if (!images.ok || images.value.length > 0 || !inputs.push) return images;
  return rejected({
    where: 'repository',
    what: 'Nothing says where to push the image.',
    change: 'Write e.g. my.azurecr.io/shop/orders, or set "push" to false.',
  });
}

function parseCache({
  cacheRepository,
  cacheExport,
  defaultBranch,
}: Inputs): Parsed<CacheRequest | undefined> {
  if (cacheRepository === undefined) return parsed(undefined);
  if (isImageName(cacheRepository)) {
    return parsed({
      repository: cacheRepository,
      export: cacheExport,
      defaultBranch: defaultBranch ?? 'main',
    });
  }
  const malformed = {
    where: 'cacheRepository',
    what: `Expected registry/name without a tag, found "${cacheRepository}".`,
    change: 'Write e.g. my.azurecr.io/cache in lower case; tags are made for each branch.',
  };
  return rejected(undefinedVariable('cacheRepository', cacheRepository) ?? malformed);
}

function parseBuilder({ builder }: Inputs, { defaultBuilder }: Surroundings): Parsed<string> {
  const name = builder ?? defaultBuilder;
  if (name !== undefined && name !== '') return parsed(name);
  return rejected({
    where: 'builder',
    what: 'There is no builder: this input is empty, and BUILDX_BUILDER is not set.',
    change: 'Run the task SetupBuildkitBuilder before this one, or name a builder.',
  });
}

/** Inputs whose text has no grammar of its own to break. */
function undefinedVariables(inputs: Inputs): Parsed<undefined> {
  const names = ['context', 'dockerfile', 'target', 'builder', 'defaultBranch'] as const;
  const problems = names.flatMap((name): readonly Problem[] => {
    const problem = undefinedVariable(name, inputs[name] ?? '');
    return problem === undefined ? [] : [problem];
  });
  return problems.length === 0 ? parsed(undefined) : rejected(...problems);
}
