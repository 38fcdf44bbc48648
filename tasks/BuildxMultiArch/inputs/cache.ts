import { type CacheMount, parseCacheMount } from '../../../src/core/cache/cache-mounts.ts';
import type { CacheRequest } from '../../../src/core/cache/registry-cache.ts';
import { parseRawCache } from '../../../src/core/cache/raw-cache.ts';
import { isImageName, parseReference } from '../../../src/core/image/reference.ts';
import { type Parsed, allOf, parsed, problemsOf, rejected } from '../../../src/core/parsed.ts';
import { undefinedVariable } from '../../../src/core/task/undefined-variable.ts';
import { plainText } from './plain-text.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

type CacheInputs = Pick<
  Inputs,
  'cacheRepository' | 'cacheScope' | 'cacheExport' | 'cacheMode' | 'cacheFrom' | 'cacheTo'
> &
  Pick<Inputs, 'defaultBranch' | 'cacheMounts' | 'cacheMountImage'>;

export function parseCache(
  inputs: CacheInputs,
  { holdsSecret }: Pick<Surroundings, 'holdsSecret'>,
): Parsed<CacheRequest | undefined> {
  const { cacheFrom, cacheTo } = inputs;
  const hasCache = [inputs.cacheRepository, ...cacheFrom, ...cacheTo].some(Boolean);
  const request = allOf<CacheRequest>({
    repository: parseRepository(inputs.cacheRepository),
    scope: plainText('cacheScope', inputs.cacheScope),
    export: parsed(inputs.cacheExport),
    mode: parsed(inputs.cacheMode),
    defaultBranch: parseBranch(inputs.defaultBranch),
    rawFrom: listOf(cacheFrom.map((line) => parseRawCache('cacheFrom', line, holdsSecret))),
    mounts: parseMounts(inputs),
    mountImage: parseMountImage(inputs.cacheMountImage),
    rawTo: listOf(cacheTo.map((line) => parseRawCache('cacheTo', line, holdsSecret))),
  });
  return request.ok && !hasCache ? parsed(undefined) : request;
}

/** They are kept in the cache repository, and nowhere else. */
function parseMounts({ cacheMounts, cacheRepository }: CacheInputs): Parsed<readonly CacheMount[]> {
  const where = 'cacheMounts';
  if (cacheMounts.length > 0 && cacheRepository === undefined) {
    const what = 'The content of cache mounts is kept in the cache repository, and there is none.';
    return rejected({ where, what, change: 'Set "cacheRepository" as well.' });
  }
  return listOf(cacheMounts.map((line) => parseCacheMount(where, line)));
}

function parseMountImage(text = 'busybox:1'): Parsed<string> {
  if (parseReference(text) !== undefined) return parsed(text);
  const where = 'cacheMountImage';
  const malformed = {
    where,
    what: `Expected an image, found "${text}".`,
    change: 'Write e.g. my.azurecr.io/mirror/busybox:1; it needs a shell.',
  };
  return rejected(undefinedVariable(where, text) ?? malformed);
}

function parseBranch(text: string | undefined): Parsed<string> {
  const branch = plainText('defaultBranch', text);
  return branch.ok ? parsed(branch.value ?? 'main') : branch;
}

function listOf<T>(results: readonly Parsed<T>[]): Parsed<readonly T[]> {
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  return parsed(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function parseRepository(text: string | undefined): Parsed<string | undefined> {
  if (text === undefined || isImageName(text)) return parsed(text);
  const malformed = {
    where: 'cacheRepository',
    what: `Expected registry/name without a tag, found "${text}".`,
    change: 'Write e.g. my.azurecr.io/cache in lower case; tags are made for each branch.',
  };
  return rejected(undefinedVariable('cacheRepository', text) ?? malformed);
}
