import { join, resolve } from 'node:path/posix';

/** Where values come from, by name; undefined when there is none. */
export interface ValueSources {
  readonly variable: (name: string) => string | undefined;
  readonly environment: (name: string) => string | undefined;
  /** Absolute; relative paths start here. */
  readonly sourcesFolder: string;
  /** Absolute: where DownloadSecureFile@1 puts files, under their own names (Agent.TempDirectory). */
  readonly secureFilesFolder: string;
}

/** What `id=…` may name in the inputs `secrets` and `ssh`. */
export type ValueSource =
  | {
      readonly kind: 'value';
      /** Undefined: there is no such variable, or it is empty. */
      readonly value: string | undefined;
      /** e.g. $npmToken or env:NPM_TOKEN. */
      readonly from: string;
    }
  | FileSource;

export interface FileSource {
  readonly kind: 'file';
  /** Absolute. */
  readonly path: string;
  /** Its name in the library, where it is a secure file. */
  readonly secureFile?: string;
}

/** A source that was found to have a value, or that is a file. */
export type SecretSource =
  { readonly kind: 'value'; readonly value: string; readonly from: string } | FileSource;

/** A line `id=source`. */
export interface NamedSource {
  readonly id: string;
  readonly source: ValueSource;
}

/** Reads `id=$variable`, `id=env:NAME`, `id=file:PATH` or `id=secureFile:NAME`; undefined when it is none of them. */
export function readSource(line: string, sources: ValueSources): NamedSource | undefined {
  const [, id, text = ''] = /^([\w.-]+)=(.+)$/s.exec(line) ?? [];
  if (id === undefined) return undefined;
  const source = sourceOf(text, sources);
  return source === undefined ? undefined : { id, source };
}

function sourceOf(text: string, sources: ValueSources): ValueSource | undefined {
  const variable = /^\$([\w.-]+)$/.exec(text)?.[1];
  if (variable !== undefined) return valueSource(text, sources.variable(variable));
  const [, kind, name = ''] = /^(env|file|secureFile):\s*(\S.*?)\s*$/s.exec(text) ?? [];
  switch (kind) {
    case 'env':
      return valueSource(`env:${name}`, sources.environment(name));
    case 'file':
      return { kind: 'file', path: resolve(sources.sourcesFolder, name) };
    case 'secureFile':
      return name.includes('/')
        ? undefined
        : { kind: 'file', path: join(sources.secureFilesFolder, name), secureFile: name };
    default:
      return undefined;
  }
}

function valueSource(from: string, value: string | undefined): ValueSource {
  return { kind: 'value', from, value: value === '' ? undefined : value };
}
