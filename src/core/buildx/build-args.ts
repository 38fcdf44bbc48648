import { cacheExportArguments, cacheImportArguments, inlineOnly } from '../cache/cache-args.ts';
import type { RegistryCache } from '../cache/registry-cache.ts';
import { type Platform, formatPlatform } from '../platform/platform.ts';
import { attestationArguments } from './attestation-args.ts';
import { madeBuildArgs } from './made-build-args.ts';
import type { BuildArg, BuildRequest } from './build-request.ts';
import { optionArguments } from './build-options.ts';
import { sourceArguments } from './build-sources.ts';
import { imageArguments } from './image-args.ts';
import { type SecretPlace, secretArguments, sshArguments } from './secret-args.ts';

/** What the surroundings decide: the builder, and paths of our own. */
export interface BuildPlace extends SecretPlace {
  readonly builder: string;
  /** Read in place of the request's own context: a copy of it. */
  readonly context?: string;
  /** Where buildx writes its metadata; absolute. */
  readonly metadataFile: string;
  /** Push by digest, without tags: one of several builds that are merged afterwards. */
  readonly isByDigest?: boolean;
  /** How the Dockerfile is checked; undefined: as it says itself. */
  readonly checks?: string;
  /** The platforms that are built here, those of the builder included. */
  readonly platformCount: number;
}

/** One `buildx build`, with everything that must stay out of its argument list beside it. */
export interface BuildCommand {
  readonly args: readonly string[];
  /** Holds secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** The same names, each with where its value comes from, to be shown. */
  readonly shownEnv: Readonly<Record<string, string>>;
  /** Files to write (0600) before, by path; they hold secrets. */
  readonly files: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** Absolute; undefined: wherever the task runs. */
  readonly cwd?: string;
}

/** The command of a request; explicit wherever a default depends on version or environment. */
export function buildCommand(
  request: BuildRequest,
  cache: RegistryCache,
  place: BuildPlace,
): BuildCommand {
  const secrets = [
    ...request.secrets.map((secret, at) => secretArguments(secret, at, place)),
    ...request.ssh.map((forward, at) => sshArguments(forward, at, place)),
  ];
  const buildArgs = [...request.buildArgs, ...madeBuildArgs(request, place.checks)];
  const secretArgs = buildArgs.filter(({ isSecret }) => isSecret);
  return {
    args: [
      ...['build', '--builder', place.builder, '--progress=rawjson'],
      ...['--metadata-file', place.metadataFile, ...platformArguments(request.platforms.wanted)],
      ...sourceArguments(request.sources),
      ...optionArguments(request.options),
      ...buildArgs.flatMap(buildArgArguments),
      ...secrets.flatMap(({ args }) => args),
      ...cacheImportArguments(cache),
      ...cacheExportArguments(cache.isAfterPush ? inlineOnly(cache) : cache, request.format),
      ...resultArguments(request, place),
      place.context ?? request.sources.context,
    ],
    env: merged([...secretArgs.map(valueByName), ...secrets.map(({ env }) => env)]),
    shownEnv: merged([...secretArgs.map(starsByName), ...secrets.map(({ shown }) => shown)]),
    files: merged([...secrets.map(({ files }) => files), inlineDockerfile(request)]),
    warnings: secretArgs.map(secretArgWarning),
  };
}

function resultArguments(request: BuildRequest, place: BuildPlace): readonly string[] {
  const { provenance, sbom } = request.attestations;
  return [
    ...attestationArguments(request.attestations, request.run.url),
    ...imageArguments(request, {
      isByDigest: place.isByDigest ?? false,
      hasIndex: place.platformCount > 1 || provenance !== 'none' || sbom,
    }),
  ];
}

/** Without a value buildx takes it from its own environment, where a secret one goes. */
function buildArgArguments({ name, value, isSecret }: BuildArg): readonly string[] {
  return ['--build-arg', isSecret ? name : `${name}=${value}`];
}

function valueByName({ name, value }: BuildArg): Readonly<Record<string, string>> {
  return { [name]: value };
}

function starsByName({ name }: BuildArg): Readonly<Record<string, string>> {
  return { [name]: '***' };
}

function platformArguments(platforms: readonly Platform[]): readonly string[] {
  return platforms.length === 0 ? [] : ['--platform', platforms.map(formatPlatform).join(',')];
}

function inlineDockerfile({ sources }: BuildRequest): Readonly<Record<string, string>> {
  const { dockerfile, dockerfileText } = sources;
  return dockerfileText === undefined ? {} : { [dockerfile]: `${dockerfileText}\n` };
}

export function secretArgWarning({ name }: BuildArg): string {
  return `buildArgs: "${name}" has a secret value, and build arguments stay in the image's history and provenance. Use "secrets" and RUN --mount=type=secret instead.`;
}

function merged(
  records: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
}
