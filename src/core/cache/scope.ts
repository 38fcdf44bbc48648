import { createHash } from 'node:crypto';
import type { RunSource } from '../job/run-source.ts';
import { type Platform, platformSlug } from '../platform/platform.ts';

/** The parts of a cache tag are joined by a sign that none of them holds. */
const separator = '_';
/** Three parts, two separators and `tag-` stay within a tag's 128 characters. */
const partLimit = 40;

/**
 * Text as part of a tag: what is safe stays as it is with `--` for `/`; everything else becomes `-`
 * and gets eight hex digits of the original, so that two texts never share a part.
 */
export function tagPart(text: string): string {
  const isSafe = /^[A-Za-z0-9][A-Za-z0-9./-]*$/.test(text);
  const isAmbiguous = /--|-\/|\/-|-[0-9a-f]{8}$/.test(text);
  const part = text.replaceAll('/', '--');
  return isSafe && !isAmbiguous && part.length <= partLimit ? part : hashedPart(text);
}

function hashedPart(text: string): string {
  const readable = text.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+|-+$/g, '');
  return `${readable.slice(0, partLimit - 9) || 'x'}-${shortHash(text)}`;
}

/** The tag under which one image's layers for some platforms on one branch are kept. */
export function cacheTag(image: string, platforms: readonly Platform[], ref: string): string {
  return [tagPart(image), platformPart(platforms), branchPart(ref)].join(separator);
}

/** The tag under which the content of its cache mounts is kept. */
export function mountsTag(image: string, platforms: readonly Platform[], ref: string): string {
  const part = tagPart(`mounts-${platformPart(platforms)}`);
  return [tagPart(image), part, branchPart(ref)].join(separator);
}

/**
 * BUILDKIT_CACHE_MOUNT_NS: cache mounts are shared by their target path across a whole daemon, so each
 * repository gets its own, and each fork another. It must hold a slash: a name without
 * one changes the layers' cache keys (build-anchors 4.4).
 */
export function cacheMountNamespace(source: RunSource): string {
  const { collection, project, repository, isFork, fork = '' } = source;
  const unique = shortHash([collection, project, repository].join('\0'));
  const trust = isFork ? `fork-${shortHash(fork)}` : 'trusted';
  return `${tagPart(project)}/${tagPart(repository)}-${unique}/${trust}`;
}

function platformPart(platforms: readonly Platform[]): string {
  const names = platforms.map(platformSlug);
  return tagPart(names.length === 0 ? 'native' : names.sort().join('.'));
}

/** A pull request is known by its number. A branch that looks like one is told apart by its hash. */
function branchPart(ref: string): string {
  const pullRequest = /^refs\/pull\/(\d+)\//.exec(ref)?.[1];
  if (pullRequest !== undefined) return `pr-${pullRequest}`;
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  if (tag !== undefined) return `tag-${tagPart(tag)}`;
  const branch = ref.replace(/^refs\/heads\//, '');
  return /^(pr|tag)-/.test(branch) ? hashedPart(branch) : tagPart(branch);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
