import { resolve } from 'node:path/posix';
import type { ExportRequest } from '../../../src/core/buildx/export-request.ts';
import { checkedLines, outputLine } from '../../../src/core/buildx/option-lines.ts';
import type { Problem } from '../../../src/core/errors.ts';
import type { ImageFormat } from '../../../src/core/image/image-format.ts';
import { type SizeBudget, readSizeBudget } from '../../../src/core/image/size-budget.ts';
import { type Parsed, allOf, parsed, rejected } from '../../../src/core/parsed.ts';
import { parseLoad } from './load.ts';
import { plainText } from './plain-text.ts';
import type { Inputs, Surroundings } from './surroundings.ts';

type FormatInputs = Pick<Inputs, 'compression' | 'attestationFormat' | 'reproducible'>;

export function parseFormat(
  { compression, attestationFormat, reproducible }: FormatInputs,
  { facts: { commitMs }, sourcesFolder }: Pick<Surroundings, 'facts' | 'sourcesFolder'>,
): Parsed<ImageFormat> {
  if (!reproducible) {
    return parsed({ compression, attestationFormat, sourceDateEpoch: undefined });
  }
  if (commitMs === undefined) {
    return rejected({
      where: 'reproducible',
      what: `The times in the image are to be the commit's, but git tells no commit in ${sourcesFolder}.`,
      change: 'Check out the sources in this job, or set SOURCE_DATE_EPOCH in "buildArgs" instead.',
    });
  }
  return parsed({ compression, attestationFormat, sourceDateEpoch: commitMs / 1000 });
}

type ExportInputs = Pick<
  Inputs,
  | 'ociLayout'
  | 'tarFile'
  | 'localFolder'
  | 'outputs'
  | 'strategy'
  | 'load'
  | 'platforms'
  | 'repository'
  | 'tags'
>;

export function parseExports(
  inputs: ExportInputs,
  surroundings: Pick<Surroundings, 'sourcesFolder' | 'machine'>,
): Parsed<ExportRequest> {
  const path = (name: 'ociLayout' | 'tarFile' | 'localFolder'): Parsed<string | undefined> => {
    const text = plainText(name, inputs[name]);
    if (!text.ok || text.value === undefined) return text;
    return parsed(resolve(surroundings.sourcesFolder, text.value));
  };
  const isWritten = [inputs.ociLayout, inputs.tarFile, inputs.localFolder, ...inputs.outputs].some(
    (each) => each !== undefined,
  );
  if (isWritten && inputs.strategy === 'perPlatform') return rejected(needsOneBuild);
  return allOf<ExportRequest>({
    ociLayout: path('ociLayout'),
    tarFile: path('tarFile'),
    localFolder: path('localFolder'),
    raw: checkedLines('outputs', inputs.outputs, outputLine),
    load: parseLoad(inputs, surroundings),
  });
}

const needsOneBuild: Problem = {
  where: 'strategy',
  what: 'With perPlatform there is a build for each platform, and an output on the agent comes from one build.',
  change: 'Set "strategy" to single or auto, or take the output from the registry in a later step.',
};

/** Only what is in a registry has manifests to measure. */
export function parseSizeBudget({
  maxImageSize,
  push,
}: Pick<Inputs, 'maxImageSize' | 'push'>): Parsed<SizeBudget | undefined> {
  const where = 'maxImageSize';
  if (maxImageSize === undefined || push) return readSizeBudget(where, maxImageSize);
  const what = 'What is measured is the image in the registry, and "push" is false.';
  return rejected({ where, what, change: 'Push the image, or remove the budget.' });
}
