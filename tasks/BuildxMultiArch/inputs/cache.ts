import type { CacheRequest } from '../../../src/core/cache/registry-cache.ts';
import { isImageName } from '../../../src/core/image/reference.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../../src/core/parsed.ts';
import { undefinedVariable } from '../../../src/core/task/undefined-variable.ts';
import { plainText } from './plain-text.ts';
import type { Inputs } from './surroundings.ts';

type CacheInputs = Pick<Inputs, 'cacheRepository' | 'cacheExport' | 'defaultBranch'>;

export function parseCache(inputs: CacheInputs): Parsed<CacheRequest | undefined> {
  const repository = parseRepository(inputs.cacheRepository);
  const branch = plainText('defaultBranch', inputs.defaultBranch);
  if (!repository.ok || !branch.ok) return rejected(...problemsOf([repository, branch]));
  if (repository.value === undefined) return parsed(undefined);
  return parsed({
    repository: repository.value,
    export: inputs.cacheExport,
    defaultBranch: branch.value ?? 'main',
  });
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
