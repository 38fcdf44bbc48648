import { parseReference } from '../image/reference.ts';
import { mariadb, mssql, mysql, postgres } from './databases.ts';
import { kafka } from './kafka.ts';
import { mongo } from './mongo.ts';
import type { Preset } from './preset.ts';
import { nats, rabbitmq } from './queues.ts';
import { redis, valkey } from './redis.ts';
import { azurite, elasticsearch, minio } from './stores.ts';

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

/** Bitnami's images have commands and variables of their own, those of these databases the usual ones, too. */
const bitnami = /(?:^|\/)bitnami(?:legacy|secure)?\/(?!(?:postgresql|mysql|mariadb)$)/;

/** The preset whose image this is, by the end of its name, whatever registry it comes from. */
export function presetOfImage(image: string): PresetName | undefined {
  const name = parseReference(image)?.name;
  if (name === undefined || bitnami.test(name)) return undefined;
  const isAlike = (end: string): boolean => name === end || name.endsWith(`/${end}`);
  return presetNames.find((preset) => presets[preset].alike.some(isAlike));
}
