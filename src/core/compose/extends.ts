import type { Problem } from '../errors.ts';
import { MergeFault } from './merge-fault.ts';
import { mergeModels } from './merge-models.ts';
import { type ComposeNode, type MapNode, type Path, child, map, withoutEntry } from './node.ts';
import { problemAt } from './read-yaml.ts';
import { applyResets } from './resets.ts';

/** Services that can be extended, and the `!reset` and `!override` marks of their file. */
export interface Bases {
  /** Absolute path of their file. */
  readonly file: string;
  readonly services: MapNode;
  readonly resets: readonly Path[];
}

/** The services of another file, its relative paths resolved; undefined when it cannot be read (told already). */
export type LoadBases = (file: string, from: ComposeNode) => Bases | undefined;

/**
 * Merges every service with what it extends, base first (compose-go, loader/extends.go).
 * Returns the model without any `extends`.
 */
export function applyExtends(
  model: MapNode,
  bases: Omit<Bases, 'services'>,
  load: LoadBases,
  problems: Problem[],
): MapNode {
  const services = child(model, 'services');
  if (services?.kind !== 'map') return model;
  const found = { ...bases, services };
  const extended = [...services.entries].map(([name]) => {
    return [name, extend(name, found, [], { load, problems })] as const;
  });
  const entries = extended.flatMap(([name, node]) =>
    node === undefined ? [] : ([[name, node]] as const),
  );
  return map([...model.entries, ['services', map(entries, services)]], model);
}

interface Surroundings {
  readonly load: LoadBases;
  readonly problems: Problem[];
}

function extend(
  name: string,
  bases: Bases,
  chain: readonly string[],
  around: Surroundings,
): ComposeNode | undefined {
  const service = bases.services.entries.get(name);
  const said = child(service, 'extends');
  if (service?.kind !== 'map' || said === undefined) return service;
  const reference = readReference(said);
  const own = withoutEntry(service, 'extends');
  if (reference === undefined) {
    const change = 'Write extends: name, or extends: with service: and file: below it.';
    tell(said, name, 'expected the name of a service', change, around);
    return own;
  }
  const link = `${bases.file}\n${name}`;
  if (chain.includes(link)) {
    const circle = [...chain.slice(chain.indexOf(link)), link].map(nameOf).join(' → ');
    tell(said, name, `goes in a circle: ${circle}`, 'Take one of them out.', around);
    return own;
  }
  const source = baseOf(name, said, reference, bases, around);
  if (source === undefined) return own;
  const base = extend(reference.service, source, [...chain, link], around);
  return base?.kind === 'map' ? merged(name, base, own, bases.resets, around) : own;
}

/** The service of a link, which stands behind its file. */
function nameOf(link: string): string {
  return link.slice(link.indexOf('\n') + 1);
}

function baseOf(
  name: string,
  said: ComposeNode,
  { service, file }: Reference,
  bases: Bases,
  around: Surroundings,
): Bases | undefined {
  const source = file === undefined ? bases : around.load(file, said);
  if (source === undefined || source.services.entries.has(service)) return source;
  const known = [...source.services.entries.keys()].join(', ') || 'none';
  const where = file === undefined ? 'this file' : file;
  tell(
    said,
    name,
    `names ${service}, which is not a service of ${where}`,
    `There are: ${known}.`,
    around,
  );
  return undefined;
}

function merged(
  name: string,
  base: MapNode,
  own: MapNode,
  resets: readonly Path[],
  around: Surroundings,
): ComposeNode {
  const kept = applyResets(base, resets, ['services', name]);
  try {
    const result = mergeModels(kept, own, ['services', name]);
    return result.kind === 'map' ? withoutEntry(result, 'extends') : result;
  } catch (error) {
    if (!(error instanceof MergeFault)) throw error;
    around.problems.push(error.problem);
    return own;
  }
}

interface Reference {
  readonly service: string;
  readonly file: string | undefined;
}

function readReference(said: ComposeNode): Reference | undefined {
  if (said.kind === 'scalar') {
    return typeof said.value === 'string' ? { service: said.value, file: undefined } : undefined;
  }
  const [service, file] = [child(said, 'service'), child(said, 'file')];
  if (service?.kind !== 'scalar' || typeof service.value !== 'string') return undefined;
  return { service: service.value, file: file?.kind === 'scalar' ? file.text : undefined };
}

function tell(
  { place }: ComposeNode,
  name: string,
  what: string,
  change: string,
  { problems }: Surroundings,
): void {
  problems.push(problemAt(place, { what: `services.${name}.extends ${what}.`, change }));
}
