import { basename, dirname, join } from 'node:path/posix';
import type { BuildCommand } from '../../src/core/buildx/build-args.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { type RegistryCache, ownTagProblem } from '../../src/core/cache/registry-cache.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Annotation } from '../../src/core/image/labels/annotations.ts';
import { pathOf } from '../../src/core/image/reference.ts';
import type { TaggedImage } from '../../src/core/image/tags.ts';
import { type Platform, platformSlug } from '../../src/core/platform/platform.ts';

/** One call of buildx. */
export interface BuildPart {
  /** Set where this is one of several builds, each for a platform, that become one image afterwards. */
  readonly platform?: string;
  /** Names of the builder's nodes that it is built on. */
  readonly nodes: readonly string[];
  /** Of each target; a build has one. */
  readonly caches: readonly RegistryCache[];
  readonly command: BuildCommand;
  /** Writes the cache once the image is pushed, where the build itself does not. */
  readonly cacheExport?: BuildCommand;
  readonly metadataFile: string;
}

/** What will be run, decided before anything is. */
export interface BuildPlan {
  readonly request: BuildRequest;
  /** At least one; several run side by side. */
  readonly parts: readonly BuildPart[];
  /** At least one; outputs speak of the first. */
  readonly images: readonly PlannedImage[];
  /** Those that are files on the agent. */
  readonly dockerfiles: readonly PlannedDockerfile[];
  /** Names of a bake's targets as its events have them; empty for a build. */
  readonly targets: readonly string[];
}

/** What a build, or one target of a bake, follows. */
export interface PlannedDockerfile {
  /** Of a bake. */
  readonly target?: string;
  /** Absolute. */
  readonly path: string;
}

/** What one build, or one target of a bake, makes. */
export interface PlannedImage {
  /** Of a bake. */
  readonly target?: string;
  readonly references: readonly TaggedImage[];
  readonly isPushed: boolean;
  readonly annotations: readonly Annotation[];
  /** Files on the agent, as a bake file names them; those of a build stand in its request. */
  readonly written: readonly string[];
}

/** A platform of the build, and the node of the builder that builds it, where that is known. */
export interface BuildTarget {
  readonly platform: Platform;
  readonly node?: string;
}

export function nodesOf(targets: readonly BuildTarget[]): readonly string[] {
  return [...new Set(targets.flatMap(({ node }) => node ?? []))];
}

/** A cache that would be written over a tag of the image itself. */
export function ownTagProblemOf(
  parts: readonly BuildPart[],
  { image }: BuildRequest,
): Problem | undefined {
  return parts
    .flatMap(({ caches }) => caches)
    .map((cache) => ownTagProblem(cache, image.references))
    .find((found) => found !== undefined);
}

/** The metadata file of the build for one platform, beside that of the step. */
export function partFile(metadataFile: string, platform: Platform): string {
  return join(dirname(metadataFile), `${platformSlug(platform)}-${basename(metadataFile)}`);
}

/** What the next builds of the same thing share: the image's path, or what is built when it has none. */
export function imageNameOf({ image, run, sources }: BuildRequest): string {
  const [first] = image.references;
  if (first !== undefined) return pathOf(first.name);
  return [run.source.repository, sources.target].join(' ');
}
