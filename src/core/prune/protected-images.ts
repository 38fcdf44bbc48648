import { parseReference, pathOf } from '../image/reference.ts';
import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import type { ProtectedImages } from './policy.ts';

/** How containers' runtimes write image ids, before the reference itself. */
const scheme = /^(docker-pullable|docker|containerd|oci):\/\//;
const bareDigest = /^sha256:[0-9a-f]{64}$/;

/**
 * Lines that name images which run somewhere. A reference without tag and digest means `latest`, as everywhere.
 * @param where the input, or the file
 */
export function readProtectedImages(
  where: string,
  lines: readonly string[],
): Parsed<ProtectedImages> {
  const results = lines.map((line) => readLine(where, line.replace(scheme, '')));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  return parsed(joined(results.flatMap((result) => (result.ok ? [result.value] : []))));
}

/** All that several lists protect. */
export function joined(all: readonly ProtectedImages[]): ProtectedImages {
  const digests = new Map<string, ReadonlySet<string>>();
  for (const [digest, paths] of all.flatMap((one) => [...one.digests])) {
    digests.set(digest, new Set([...(digests.get(digest) ?? []), ...paths]));
  }
  return { tags: new Set(all.flatMap(({ tags }) => [...tags])), digests };
}

/** The digests whose images may be in a repository. */
export function digestsFor(repository: string, { digests }: ProtectedImages): readonly string[] {
  return [...digests].flatMap(([digest, paths]) =>
    paths.size === 0 || paths.has(repository) ? [digest] : [],
  );
}

function readLine(where: string, line: string): Parsed<ProtectedImages> {
  if (bareDigest.test(line))
    return parsed({ tags: new Set(), digests: new Map([[line, new Set()]]) });
  const reference = parseReference(line);
  if (reference === undefined) return rejected(malformed(where, line));
  const { name, tag, digest } = reference;
  const paths = new Set([pathOf(name), name]);
  const named = tag ?? (digest === undefined ? 'latest' : undefined);
  return parsed({
    tags: new Set(named === undefined ? [] : [...paths].map((path) => `${path}:${named}`)),
    digests: new Map(digest === undefined ? [] : [[digest, paths]]),
  });
}

function malformed(where: string, line: string): Problem {
  return {
    where,
    what: `Expected an image by tag or digest, found "${line}".`,
    change: 'Write e.g. shop/orders:42, or shop/orders@sha256:… with 64 digits.',
  };
}
