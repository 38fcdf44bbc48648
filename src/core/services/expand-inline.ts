import {
  type ComposeNode,
  type MapNode,
  type Place,
  child,
  isText,
  list,
  map,
  mapOf,
  plain,
  scalar,
  withEntry,
  withoutEntry,
} from '../compose/node.ts';
import { mergeModels } from '../compose/merge-models.ts';
import { type YamlModel, problemAt } from '../compose/read-yaml.ts';
import type { Problem } from '../errors.ts';
import type { Preset } from './preset.ts';
import { type PresetName, isPreset, presetNames, presetOfImage, presets } from './presets.ts';

export interface Expanded {
  /** A compose file's. */
  readonly model: YamlModel;
  readonly problems: readonly Problem[];
}

/** The password of a service, the same each time it is asked for; already masked. */
export type PasswordOf = (service: string) => string;

/**
 * Services written in the step itself as a compose model. A service may be a preset's name (`db: postgres:16`),
 * nothing (`redis:`), or a map in compose form with `preset`, `version` and `wait` beside the usual keys.
 * What the map says wins over its preset.
 */
export function expandInline({ root, resets }: YamlModel, passwordOf: PasswordOf): Expanded {
  if (root.kind !== 'map') return { model: { root, resets }, problems: [] };
  const own = root.entries.get('services');
  const isWhole = own?.kind === 'map';
  const services = isWhole ? own : root;
  const problems: Problem[] = [];
  const entries = [...services.entries].map(([name, node]) => {
    return [name, expand(name, node, passwordOf, problems)] as const;
  });
  const expanded = map(entries, services);
  if (isWhole) return { model: { root: withEntry(root, 'services', expanded), resets }, problems };
  const below = resets.map((path) => ['services', ...path]);
  return { model: { root: map([['services', expanded]], root), resets: below }, problems };
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

/** The preset's words lie below the user's, by the rules for several compose files. */
function withPreset(
  name: string,
  presetName: PresetName,
  said: MapNode,
  ownKeys: MapNode,
  passwordOf: PasswordOf,
): ComposeNode {
  const preset: Preset = presets[presetName];
  const { place } = said;
  const version = said.entries.get('version');
  const image = version?.kind === 'scalar' ? tagged(preset.image, version.text) : preset.image;
  const ports = preset.ports.map((port) => scalar(String(port), place));
  const command = (preset.command ?? []).map((word) => scalar(word, place));
  const given = plain(child(said, 'environment') ?? map([], said));
  const fromFiles = new Set<string>(JSON.stringify(given).match(/\w+(?=_FILE\b)/g));
  const variables = Object.entries(preset.environment(passwordOf(name)))
    .filter(([key]) => !fromFiles.has(key))
    .map(([key, value]) => [key, value.replace('{service}', name)] as const);
  const base: [string, ComposeNode][] = [
    ['image', scalar(image, place)],
    ['environment', mapOf(Object.fromEntries(variables), place)],
    ['x-preset', scalar(presetName, place)],
  ];
  // A list in both would be added up.
  if (!said.entries.has('ports')) base.push(['ports', list(ports, place)]);
  if (command.length > 0) base.push(['command', list(command, place)]);
  const path = ['services', name];
  return mergeModels(map(base, said), ownKeys, path);
}

function tagged(image: string, version: string): string {
  return image.replace(/:[^:/]+$/, `:${version}`);
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
