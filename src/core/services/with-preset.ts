import { mergeModels } from '../compose/merge-models.ts';
import {
  type ComposeNode,
  type MapNode,
  child,
  list,
  map,
  mapOf,
  plain,
  scalar,
} from '../compose/node.ts';
import type { PasswordOf } from './password-of.ts';
import type { Preset } from './preset.ts';
import { type PresetName, presets } from './presets.ts';

/** The preset's words lie below the user's, by the rules for several compose files. */
export function withPreset(
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
  const variables = Object.entries(preset.environment(passwordOf(name), ownImage(ownKeys) ?? image))
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

function ownImage(keys: MapNode): string | undefined {
  const said = child(keys, 'image');
  return said?.kind === 'scalar' ? said.text : undefined;
}

function tagged(image: string, version: string): string {
  return image.replace(/:[^:/]+$/, `:${version}`);
}
