import posix from 'node:path/posix';
import { valueKey } from './bare-names.ts';
import type { FileContent, FileMount } from './model-mounts.ts';
import type { ConfigInput, ProjectInput, SecretInput } from './schema/project.ts';
import type { FileMountInput } from './schema/mounts.ts';
import type { ServiceInput } from './schema/service.ts';

/** The secrets and configs of a service with where their bytes come from; what has no source is told elsewhere. */
export function fileMounts(input: ServiceInput, project: ProjectInput): readonly FileMount[] {
  return [
    ...mounts('secret', input.secrets ?? [], project.secrets),
    ...mounts('config', input.configs ?? [], project.configs),
  ];
}

function mounts(
  kind: FileMount['kind'],
  said: readonly FileMountInput[],
  definitions: Readonly<Record<string, SecretInput | ConfigInput>>,
): readonly FileMount[] {
  return said.flatMap(({ source = '', target, uid, gid, mode }) => {
    const definition = definitions[source];
    const content = definition && contentOf(definition);
    if (content === undefined) return [];
    const mount: FileMount = {
      kind,
      source,
      target: mountTarget(kind, source, target),
      content,
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
      ...(mode === undefined ? {} : { mode }),
    };
    return [mount];
  });
}

/** Undefined: external, or its variable is not set. */
function contentOf(definition: SecretInput | ConfigInput): FileContent | undefined {
  const given: unknown = (definition as Readonly<Record<string, unknown>>)[valueKey];
  if (definition.file !== undefined) return { file: definition.file };
  if ('content' in definition && typeof definition.content === 'string') {
    return { text: definition.content };
  }
  return typeof given === 'string' ? { text: given } : undefined;
}

/** `/run/secrets/x` for a bare name; configs stand at the root. */
function mountTarget(
  kind: 'secret' | 'config',
  source: string,
  target: string | undefined,
): string {
  const named = target === undefined || target === '' ? source : target;
  return posix.resolve(kind === 'secret' ? '/run/secrets' : '/', named);
}
