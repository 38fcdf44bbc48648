import type { BuildRequest } from '../../src/core/buildx/build-request.ts';
import type { ExportRequest } from '../../src/core/buildx/export-request.ts';
import type { SecretSource } from '../../src/core/buildx/value-source.ts';

type Rows = readonly (readonly string[])[];

/** What is built: the context, the Dockerfile with its stage, and further contexts. */
export function sourceRows({ sources, bake }: Pick<BuildRequest, 'sources' | 'bake'>): Rows {
  if (bake !== undefined) {
    const files = bake.files.length === 0 ? 'as buildx finds it' : bake.files.join(', ');
    return [['Bake file', `${files} in ${sources.context}`]];
  }
  const { context, isRemote, dockerfile, dockerfileText, target, namedContexts } = sources;
  const file = dockerfileText === undefined ? dockerfile : 'as written in the pipeline';
  return [
    ['Context', isRemote ? `${context} (fetched by the daemon)` : context],
    ['Dockerfile', target === undefined ? file : `${file}, stage ${target}`],
    ...namedContexts.map(({ name, value }) => ['', `${name} is ${value}`]),
  ];
}

/** Secrets and keys by id, with where they come from; nothing of their values. */
export function secretRows({ secrets, ssh }: Pick<BuildRequest, 'secrets' | 'ssh'>): Rows {
  return [
    ...secrets.map(({ id, source }) => ['Secret', `${id} from ${origin(source)}`]),
    ...ssh.map(({ id, key }) => [
      'SSH key',
      key === undefined ? `${id} from the agent of SSH_AUTH_SOCK` : `${id} from ${origin(key)}`,
    ]),
  ];
}

function origin(source: SecretSource): string {
  if (source.kind === 'value') return source.from;
  return source.secureFile === undefined ? source.path : `secure file ${source.secureFile}`;
}

/** What a build has written on the agent, one a line. */
export function exportLines({
  ociLayout,
  tarFile,
  localFolder,
  raw,
}: ExportRequest): readonly string[] {
  return [
    ...(ociLayout === undefined ? [] : [`OCI layout written to ${ociLayout}`]),
    ...(tarFile === undefined ? [] : [`image written to ${tarFile}`]),
    ...(localFolder === undefined ? [] : [`files written to ${localFolder}`]),
    ...raw.map((output) => `output ${output}`),
  ];
}
