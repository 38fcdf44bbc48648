import { resolve } from 'node:path';
import { isMap } from 'yaml';
import type { JobVariable, ServiceEndpoint } from '../protocol/job-message.ts';
import { ExpressionError } from '../expressions/tokens.ts';
import { readConnection } from './read-connection.ts';
import { derivedGuid } from './derived-guid.ts';
import { booleanField, textField } from './yaml/fields.ts';
import { Reader, type Entry } from './yaml/reader.ts';
import type { SourceFile } from './yaml/source-file.ts';

/** What an organization would hold for the pipeline: read from the resources file beside it. */
export interface Resources {
  readonly variables: readonly JobVariable[];
  readonly connections: readonly ServiceEndpoint[];
  readonly secureFiles: readonly SecureFileSource[];
  /** Overrides of predefined variables, by their usual name (`Build.SourceBranch`). */
  readonly predefined: ReadonlyMap<string, string>;
}

interface SecureFileSource {
  readonly id: string;
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export const NO_RESOURCES: Resources = {
  variables: [],
  connections: [],
  secureFiles: [],
  predefined: new Map(),
};

const KEYS = ['variables', 'serviceConnections', 'secureFiles', 'predefined'];

/** What a resources file is read with. */
interface ResourcesScope {
  /** The file's own folder: secure files lie relative to it. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly fileExists: (path: string) => boolean;
}

/**
 * Reads a resources file. `${env:NAME}` in a value takes the variable of the agent's own environment.
 * Everything wrong is reported to `source`.
 */
export function readResources(
  source: SourceFile,
  { folder, env, fileExists }: ResourcesScope,
): Resources {
  const reader = new Reader(source, (text) => substituteEnvironment(text, env));
  const fields = reader.fields(source.root, 'the resources file', KEYS);
  const entries = (key: string): Entry[] =>
    reader.entries(fields.get(key)?.node ?? null, `"${key}"`);
  return {
    variables: entries('variables').map((entry) => readVariable(reader, entry)),
    connections: entries('serviceConnections').map((entry) => readConnection(reader, entry)),
    secureFiles: entries('secureFiles').map((entry) => {
      const file = readSecureFile(reader, entry, folder);
      if (!fileExists(file.path)) source.report(entry.node, `there is no file ${file.path}`);
      return file;
    }),
    predefined: new Map(
      entries('predefined').map(({ key, node }) => [key, reader.text(node, `"${key}"`).value]),
    ),
  };
}

function readSecureFile(
  reader: Reader,
  { key, node }: Entry,
  folder: string,
): Resources['secureFiles'][number] {
  const path = resolve(folder, reader.text(node, `secure file "${key}"`).value);
  return { id: derivedGuid('secure-file', key), name: key, path };
}

function readVariable(reader: Reader, { key, node }: Entry): JobVariable {
  if (!isMap(node)) {
    const { value } = reader.text(node, `variable "${key}"`);
    return { name: key, value, isSecret: false, isReadOnly: false };
  }
  const fields = reader.fields(node, `variable "${key}"`, ['value', 'secret', 'readonly']);
  return {
    name: key,
    value: textField(reader, fields, 'value', ''),
    isSecret: booleanField(reader, fields, 'secret', false),
    isReadOnly: booleanField(reader, fields, 'readonly', false),
  };
}

function substituteEnvironment(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(/\$\{env:([^}]*)\}/g, (_match, name: string) => {
    const value = env[name];
    if (value === undefined) {
      throw new ExpressionError(
        `the environment variable ${name} is not set (used as \${env:${name}})`,
      );
    }
    return value;
  });
}
