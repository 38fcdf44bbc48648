import type { TagFacts } from '../tag-rules/tag-facts.ts';

/** Labels by key. */
export type Labels = Readonly<Record<string, string>>;

type Variable = (name: string) => string | undefined;

/** What labels are made from beside the variables. */
export interface LabelledRun {
  readonly facts: TagFacts;
  readonly version: string | undefined;
  /** Where people see the run. */
  readonly url: string | undefined;
}

/** The annotations of the OCI image-spec (annotations.md) that a run knows; they serve as labels, too. */
export function ociLabels(variable: Variable, { facts, version, url }: LabelledRun): Labels {
  const name = variable('Build.Repository.Name');
  return named('org.opencontainers.image', {
    title: name?.split('/').at(-1),
    url,
    source: sourceUrl(variable('Build.Repository.Uri')),
    version,
    revision: facts.sha,
    created: new Date(facts.nowMs).toISOString(),
  });
}

/**
 * The labels of Docker@2 with `addPipelineData` (azure-pipelines-tasks-common-packages, docker-common/pipelineutils.ts),
 * by which Azure DevOps and its users find the pipeline of an image.
 */
export function pipelineLabels(variable: Variable): Labels {
  const host = reversedHost(variable('System.TeamFoundationCollectionUri'));
  if (host === undefined) return {};
  const isBuild = variable('System.HostType')?.toLowerCase() === 'build';
  const names = [...commonNames, ...(isBuild ? buildNames : releaseNames)];
  const values = Object.fromEntries(names.map((name) => [name.toLowerCase(), variable(name)]));
  const uri = 'build.repository.uri';
  const clean = uri in values ? { ...values, [uri]: sourceUrl(values[uri]) } : values;
  return named(`${host}.image`, clean);
}

const commonNames = [
  ...['System.TeamFoundationCollectionUri', 'System.TeamProject', 'Build.Repository.Name'],
];
const buildNames = [
  ...['Build.SourceVersion', 'Build.Repository.Uri', 'Build.SourceBranchName'],
  ...['Build.DefinitionName', 'Build.BuildNumber', 'Build.BuildUri'],
];
const releaseNames = ['Release.ReleaseId', 'Release.DefinitionName', 'Release.ReleaseWebUrl'];

/** The repository's URL without the user name, or worse the password, that clones carry. */
function sourceUrl(uri: string | undefined): string | undefined {
  if (uri === undefined || !/^https?:/i.test(uri) || !URL.canParse(uri)) return uri;
  const url = new URL(uri);
  url.username = '';
  url.password = '';
  return url.toString();
}

/** dev.azure.com becomes com.azure.dev. */
function reversedHost(uri: string | undefined): string | undefined {
  if (uri === undefined || !URL.canParse(uri)) return undefined;
  return new URL(uri).hostname.split('.').reverse().join('.');
}

/** The values that are there, each under its key after the prefix. */
function named(prefix: string, values: Readonly<Record<string, string | undefined>>): Labels {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[`${prefix}.${key}`, value] as const],
    ),
  );
}
