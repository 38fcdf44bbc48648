import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Scalar } from '../expressions/values.ts';
import { readGitFacts } from '../server/git-facts.ts';
import type { Pipeline } from '../server/pipeline.ts';
import { predefinedVariables, type RunFacts } from '../server/predefined.ts';
import { readPipeline } from '../server/read-pipeline.ts';
import { NO_RESOURCES, readResources, type Resources } from '../server/resources.ts';
import type { Problem } from '../server/yaml/problem.ts';
import { SourceFile } from '../server/yaml/source-file.ts';
import { UsageError, type Options } from './options.ts';

/** The user's files, read. What is wrong with the pipeline is in `source`. */
export interface LoadedInput {
  readonly source: SourceFile;
  readonly pipeline: Pipeline;
  readonly resources: Resources;
  readonly resourceProblems: readonly Problem[];
  readonly run: RunFacts;
}

/** Facts about this run that do not come from the user's files. */
export type FreshFacts = Pick<
  RunFacts,
  'buildId' | 'startedAt' | 'planId' | 'collectionUri' | 'accessToken'
>;

/** Reads pipeline and resources. @throws UsageError for files that cannot be read */
export async function loadInput(options: Options, fresh: FreshFacts): Promise<LoadedInput> {
  const source = await openSource(options.pipeline, 'pipeline');
  const { resources, problems } = await loadResources(options);
  const run: RunFacts = {
    ...fresh,
    pipelineFile: options.pipeline,
    git: await readGitFacts(repositoryOf(options)),
    debug: options.debug,
    overrides: resources.predefined,
  };
  const pipeline = readPipeline(source, {
    parameters: options.parameters,
    variables: compileTimeVariables(run),
  });
  return { source, pipeline, resources, resourceProblems: problems, run };
}

export function repositoryOf({ repository, pipeline }: Options): string {
  return repository ?? dirname(pipeline);
}

async function loadResources(
  options: Options,
): Promise<{ resources: Resources; problems: readonly Problem[] }> {
  const beside = join(dirname(options.pipeline), 'local-agent.yml');
  const file = options.resources ?? (existsSync(beside) ? beside : null);
  if (!file) return { resources: NO_RESOURCES, problems: [] };
  const source = await openSource(file, 'resources');
  const resources = readResources(source, {
    folder: dirname(file),
    env: process.env,
    fileExists: existsSync,
  });
  return { resources, problems: source.problems };
}

async function openSource(file: string, what: string): Promise<SourceFile> {
  const shown = relative(process.cwd(), file);
  const name = shown.startsWith('..') ? file : shown;
  try {
    return new SourceFile(name, await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `cannot read the ${what} file ${name}: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

/** `${{ variables['Build.SourceBranch'] }}` works while compiling; secrets do not. */
function compileTimeVariables(run: RunFacts): Map<string, Scalar> {
  const open = predefinedVariables(run, null).filter(({ isSecret }) => !isSecret);
  return new Map(open.map(({ name, value }) => [name.toLowerCase(), value]));
}
