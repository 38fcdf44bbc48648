import {
  type ComposeNode,
  type MapNode,
  type Place,
  child,
  isText,
  map,
  mapOf,
  withEntry,
  withoutEntry,
} from '../compose/node.ts';
import { mergeModels } from '../compose/merge-models.ts';
import { type YamlModel, problemAt } from '../compose/read-yaml.ts';
import type { Problem } from '../errors.ts';
import type { PasswordOf } from './password-of.ts';
import { type PresetName, isPreset, presetNames, presetOfImage } from './presets.ts';
import { withPreset } from './with-preset.ts';

export interface Expanded {
  /** A compose file's. */
  readonly model: YamlModel;
  readonly problems: readonly Problem[];
}

/**
 * Services written in the step itself as a compose model. A service may be a preset's name (`db: postgres:16`),
 * nothing (`redis:`), or a map in compose form with `preset`, `version` and `wait` beside the usual keys.
 * What the map says wins over its preset. A map for a service of the files before it (`known`) changes that one:
 * then its name alone is no preset.
 */
export function expandInline(
  { root, resets }: YamlModel,
  passwordOf: PasswordOf,
  known: ReadonlySet<string>,
): Expanded {
  if (root.kind !== 'map') return { model: { root, resets }, problems: [] };
  const own = root.entries.get('services');
  const isWhole = own?.kind === 'map';
  const services = isWhole ? own : root;
  const problems: Problem[] = [];
  const entries = [...services.entries].map(([name, node]) => {
    const change = known.has(name) ? changeOf(node) : undefined;
    return [name, change ?? expand(name, node, passwordOf, problems)] as const;
  });
  const expanded = map(entries, services);
  if (isWhole) return { model: { root: withEntry(root, 'services', expanded), resets }, problems };
  const below = resets.map((path) => ['services', ...path]);
  return { model: { root: map([['services', expanded]], root), resets: below }, problems };
}

/** What is laid over a service of a file; undefined: it asks for a preset. */
function changeOf(node: ComposeNode): MapNode | undefined {
  if (node.kind === 'scalar' && node.value === null) return map([], node);
  const isOther = (key: string): boolean => node.kind === 'map' && node.entries.has(key);
  if (node.kind !== 'map' || ['preset', 'version'].some(isOther)) return undefined;
  return renamed(node, 'wait', 'x-wait');
}

function expand(
  name: string,
  node: ComposeNode,
  passwordOf: PasswordOf,
  problems: Problem[],
): ComposeNode {
  const said = asMap(name, node);
  if (said === undefined) {
    problems.push(unclear(name, node.place));
    return toldAlready(node.place);
  }
  const preset = presetIn(name, said);
  const ownKeys = renamed(without(said, ['preset', 'version']), 'wait', 'x-wait');
  if (preset === undefined) {
    if (!said.entries.has('image') && !said.entries.has('extends') && !said.entries.has('build')) {
      problems.push(unclear(name, said.entries.get('preset')?.place ?? node.place));
      return mergeModels(toldAlready(said.place), ownKeys, ['services', name]);
    }
    return ownKeys;
  }
  return withPreset(name, preset, said, ownKeys, passwordOf);
}

/** `db: postgres:16` and `redis:` in their long form. */
function asMap(name: string, node: ComposeNode): MapNode | undefined {
  if (node.kind === 'map') return node;
  const { place } = node;
  if (node.kind === 'scalar' && node.value === null) return mapOf({ preset: name }, place);
  if (!isText(node)) return undefined;
  const [word = '', version] = node.value.split(':');
  if (!isPreset(word)) return mapOf({ image: node.value }, place);
  return mapOf(version === undefined ? { preset: word } : { preset: word, version }, place);
}

/** What `preset` says, else the image, else the name of the service. */
function presetIn(name: string, said: MapNode): PresetName | undefined {
  const word = said.entries.get('preset');
  if (word !== undefined) return isText(word) && isPreset(word.value) ? word.value : undefined;
  const image = said.entries.get('image');
  if (image !== undefined) return isText(image) ? presetOfImage(image.value) : undefined;
  return isPreset(name) ? name : undefined;
}

function renamed(node: MapNode, from: string, to: string): MapNode {
  const value = child(node, from);
  return value === undefined ? node : withEntry(withoutEntry(node, from), to, value);
}

function without(node: MapNode, keys: readonly string[]): MapNode {
  return keys.reduce(withoutEntry, node);
}

/** What follows must not complain of the missing image a second time. */
function toldAlready(place: Place): MapNode {
  return mapOf({ image: 'unknown' }, place);
}

function unclear(name: string, place: Place): Problem {
  return problemAt(place, {
    what: `The service ${name} has neither an image nor a preset that is known.`,
    change: `Give it an image, or one of the presets ${presetNames.join(', ')}.`,
  });
}
