import { parseReference } from '../image/reference.ts';
import { mariadb, mongo, mssql, mysql, postgres } from './databases.ts';
import type { Preset } from './preset.ts';
import { kafka, nats, rabbitmq } from './queues.ts';
import { azurite, elasticsearch, minio, redis, valkey } from './stores.ts';

/** The common images that are known by name. */
export const presets = {
  ...{ postgres, mysql, mariadb, mssql, redis, valkey, rabbitmq, kafka, nats, mongo },
  ...{ elasticsearch, azurite, minio },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

export function isPreset(word: string): word is PresetName {
  return Object.hasOwn(presets, word);
}

/** The preset whose image this is, by the end of its name, whatever registry it comes from. */
export function presetOfImage(image: string): PresetName | undefined {
  const name = parseReference(image)?.name;
  if (name === undefined) return undefined;
  const isAlike = (end: string): boolean => name === end || name.endsWith(`/${end}`);
  return presetNames.find((preset) => presets[preset].alike.some(isAlike));
}
