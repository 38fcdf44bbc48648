import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { recordingBuildx } from './recording-buildx.ts';
import { type BundleRun, runBundle } from './run-bundle.ts';
import { setUp } from './setup-runs.ts';
import { uploadedBytes } from './uploaded-bytes.ts';

type Texts = Readonly<Record<string, string>>;

/** A build that went well, with what buildx itself told. */
export interface MeasuredBuild extends BundleRun {
  /** The largest transfer of files. */
  readonly uploaded: number;
}

/**
 * A job on a fresh agent: it attaches to the builder `plain`, and builds what lies in the sources folder.
 * @param variables of the agent, as environment
 */
export async function measuredBuild(
  { folder, playground }: { readonly folder: string; readonly playground: Playground },
  sources: string,
  inputs: Texts,
  variables: Texts = {},
): Promise<MeasuredBuild> {
  const { path, rawFile } = await recordingBuildx(folder, playground.environment);
  const own = { BUILD_SOURCESDIRECTORY: sources, BUILD_REPOSITORY_ID: 'orders', ...variables };
  const { address } = playground.builder('plain');
  const attached = await setUp({ folder, environment: own, inputs: { endpoints: address } });
  const run = await runBundle({
    ...{ task: 'BuildxMultiArch', entry: 'main', temp: await mkdtemp(join(folder, 'temp-')) },
    inputs,
    environment: { ...playground.environment, ...own, ...attached.environment, PATH: path },
  });
  assert.match(run.output, /task.complete result=Succeeded/);
  return { ...run, uploaded: uploadedBytes(await readFile(rawFile, 'utf8')) };
}
