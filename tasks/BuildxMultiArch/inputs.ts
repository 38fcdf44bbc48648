import { parseBuildArgs } from '../../src/core/buildx/build-arg-lines.ts';
import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import { parseSecrets } from '../../src/core/buildx/secret-lines.ts';
import { parseSsh } from '../../src/core/buildx/ssh-lines.ts';
import { type Parsed, allOf, parsed } from '../../src/core/parsed.ts';
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
export function parseInputs(inputs: Inputs, surroundings: Surroundings): Parsed<NamedBuilder> {
  const { source, runUrl, machine } = surroundings;
  return allOf<NamedBuilder>({
    request: allOf<BuildRequest>({
      image: parseImage(inputs, surroundings),
      sources: parseSources(inputs, surroundings),
      platforms: parsePlatformInputs(inputs),
      options: parseOptions(inputs),
      buildArgs: parseBuildArgs(inputs.buildArgs, surroundings),
      secrets: parseSecrets(inputs.secrets, surroundings),
      ssh: parseSsh(inputs.ssh, surroundings),
      cache: parseCache(inputs, surroundings),
      attestations: parsed({ provenance: inputs.provenance, sbom: inputs.sbom }),
      format: parseFormat(inputs, surroundings),
      exports: parseExports(inputs, surroundings),
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
