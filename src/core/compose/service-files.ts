import type { Problem } from '../errors.ts';
import { readEnvFile, readRawEnvFile } from './env-file.ts';
import type { Variables } from './interpolate.ts';
import type { Loading } from './loading.ts';
import { type MapNode, type Path, placeAt } from './node.ts';
import { problemAt } from './read-yaml.ts';
import { type Entries, withEmpty } from './schema/mappings.ts';
import type { ServiceInput } from './schema/service.ts';

export interface ServiceFilesContext {
  readonly model: MapNode;
  readonly variables: Variables;
  readonly loading: Loading;
}

/**
 * What the container gets: `environment` over its `env_file`s, the last file first. Names without a value come
 * from the surroundings, and are left out when they have none.
 */
export function serviceEnvironment(
  name: string,
  input: ServiceInput,
  { model, variables, loading }: ServiceFilesContext,
): Readonly<Record<string, string>> {
  const own = resolved(input.environment ?? [], variables);
  const values = new Map<string, string>();
  const lookup: Variables = (key) => variables(key) ?? own.get(key);
  (input.env_file ?? []).forEach(({ path, format = 'env', required }, at) => {
    const here = ['services', name, 'env_file', String(at)];
    const text = loading.texts.read(path);
    if (!['env', '.env', '', 'raw'].includes(format)) {
      const what = `has the format "${format}".`;
      loading.problems.push(told(model, here, what, 'Write format: raw, or leave it out.'));
    } else if (text !== undefined) {
      const read = format === 'raw' ? readRawEnvFile : readEnvFile;
      loading.problems.push(...read({ path, label: loading.label(path), text }, lookup, values));
    } else if (required && loading.texts.isMissing(path)) {
      const change = 'Mend the path, or write required: false.';
      loading.problems.push(told(model, here, `names ${path}, which does not exist.`, change));
    }
  });
  // A name that has no value anywhere is taken out, even when a file gives one.
  const found = [...new Map<string, string | undefined>([...values, ...own])].filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(found) as Readonly<Record<string, string>>;
}

function resolved(entries: Entries, variables: Variables): ReadonlyMap<string, string | undefined> {
  return new Map(entries.map(([key, value]) => [key, value ?? variables(key)]));
}

/** `labels` over its `label_file`s. */
export function serviceLabels(
  name: string,
  input: ServiceInput,
  { model, loading }: ServiceFilesContext,
): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  (input.label_file ?? []).forEach((path, at) => {
    const text = loading.texts.read(path);
    if (text !== undefined) {
      const file = { path, label: loading.label(path), text };
      loading.problems.push(...readEnvFile(file, () => undefined, values));
    } else if (loading.texts.isMissing(path)) {
      const here = ['services', name, 'label_file', String(at)];
      loading.problems.push(told(model, here, `names ${path}, which does not exist.`, 'Mend it.'));
    }
  });
  return { ...Object.fromEntries(values), ...withEmpty(input.labels ?? []) };
}

function told(model: MapNode, path: Path, what: string, change: string): Problem {
  return problemAt(placeAt(model, path), { what: `${path.join('.')} ${what}`, change });
}
