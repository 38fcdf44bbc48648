import { parseBuildArgs } from '../../src/core/buildx/build-arg-lines.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import type { BuildSources } from '../../src/core/buildx/build-sources.ts';
import { noExports } from '../../src/core/buildx/export-request.ts';
import { parseSecrets } from '../../src/core/buildx/secret-lines.ts';
import { parseSsh } from '../../src/core/buildx/ssh-lines.ts';
import type { ImageRequest } from '../../src/core/image/image-request.ts';
import { type Parsed, allOf, parsed } from '../../src/core/parsed.ts';
import { bakeSources, besideBake, isBake, parseBake } from './inputs/bake.ts';
import { parseBuilder } from './inputs/builder.ts';
import { parseCache } from './inputs/cache.ts';
import { parseImage } from './inputs/image.ts';
import { parseOptions } from './inputs/options.ts';
import { parsePlatformInputs } from './inputs/platforms.ts';
import { parseExports, parseFormat, parseSizeBudget } from './inputs/results.ts';
import { parseSources } from './inputs/sources.ts';
import type { Inputs, Surroundings } from './inputs/surroundings.ts';

export interface NamedBuilder {
  readonly builder: string;
  readonly request: BuildRequest;
}

/** Every problem of the inputs at once, topic by topic; files are looked at elsewhere. */
export function parseInputs(given: Inputs, surroundings: Surroundings): Parsed<NamedBuilder> {
  const { source, runUrl, machine } = surroundings;
  const inputs = besideBake(given);
  return allOf<NamedBuilder>({
    request: allOf<BuildRequest>({
      bake: parseBake(given, surroundings),
      image: parseImages(given, surroundings),
      sources: parseAllSources(given, surroundings),
      platforms: parsePlatformInputs(inputs),
      options: parseOptions(inputs),
      buildArgs: parseBuildArgs(inputs.buildArgs, surroundings),
      secrets: parseSecrets(inputs.secrets, surroundings),
      ssh: parseSsh(inputs.ssh, surroundings),
      cache: parseCache(inputs, surroundings),
      attestations: parsed({ provenance: inputs.provenance, sbom: inputs.sbom }),
      format: parseFormat(inputs, surroundings),
      exports: isBake(given) ? parsed(noExports) : parseExports(inputs, surroundings),
      sizeBudget: parseSizeBudget(inputs),
      report: parsed({
        lint: inputs.lint,
        isReported: inputs.report,
        isRecorded: inputs.buildRecord,
      }),
      patience: parsed({ retries: inputs.retries, stallMs: inputs.stallTimeout * 1000 }),
      run: parsed({ source, url: runUrl, machine }),
    }),
    builder: parseBuilder(inputs, surroundings),
  });
}

/** The names of a bake's images are known once its file is read. */
function parseImages(given: Inputs, surroundings: Surroundings): Parsed<ImageRequest> {
  if (!isBake(given)) return parseImage(given, surroundings);
  const image = parseImage({ ...besideBake(given), push: false }, surroundings);
  return image.ok ? parsed({ ...image.value, isPushed: given.push }) : image;
}

function parseAllSources(given: Inputs, surroundings: Surroundings): Parsed<BuildSources> {
  const sources = parseSources(besideBake(given), surroundings);
  if (!isBake(given) || !sources.ok) return sources;
  return parsed(bakeSources(given, surroundings, sources.value));
}
