import * as v from 'valibot';
import { dependsOnSchema } from './depends-on.ts';
import { environmentSchema } from './environment.ts';
import { healthcheckSchema } from './healthcheck.ts';
import { mountsSchema } from './mounts.ts';
import { portsSchema } from './ports.ts';
import { knownKeys } from './known-keys.ts';
import { type Reading, fault, readBy } from './reading.ts';
import { commandWords, flag, scalarText, textOrList } from './scalars.ts';

const serviceKeys = {
  image: v.string(),
  environment: v.optional(environmentSchema, []),
  ports: v.optional(portsSchema, []),
  command: v.optional(commandWords),
  entrypoint: v.optional(commandWords),
  healthcheck: v.optional(healthcheckSchema),
  depends_on: v.optional(dependsOnSchema, []),
  volumes: v.optional(mountsSchema, []),
  tmpfs: v.optional(textOrList, []),
  working_dir: v.optional(v.string()),
  user: v.optional(scalarText),
  init: v.optional(flag),
  networks: v.optional(readBy(readNetworks)),
};

const cures = {
  build: 'Build the image with BuildxMultiArch in an earlier step, and give its name as image.',
  container_name: 'Remove it: names are made for each job, so that two jobs cannot collide.',
};

/** The keys of a service that this version does something about. */
const serviceSchema = knownKeys(
  serviceKeys,
  cures,
  `A service may have ${Object.keys(serviceKeys).join(', ')}.`,
);

/** A file without its `x-` keys; services and volumes are looked into one by one. */
export const fileSchema = knownKeys({
  name: v.optional(readBy(readProjectName)),
  version: v.optional(v.unknown()),
  services: v.record(v.string(), serviceSchema),
  volumes: v.optional(v.nullable(v.record(v.string(), v.nullable(knownKeys({}))))),
  networks: v.optional(readBy(readNetworks)),
});

export type ServiceInput = v.InferOutput<typeof serviceSchema>;
export type FileInput = v.InferOutput<typeof fileSchema>;

function readProjectName(input: unknown): Reading<string> {
  if (typeof input === 'string' && /^[a-z0-9][a-z0-9_-]*$/.test(input)) return { value: input };
  return fault(
    `expected a project name, found ${JSON.stringify(input)}.`,
    'Use lower-case letters, digits, "_" and "-", a letter or digit first.',
  );
}

/** `default` alone, as a list or as a map without settings: what a file without `networks` says. */
function readNetworks(input: unknown): Reading<undefined> {
  const names = Array.isArray(input) ? input : Object.keys(input ?? {});
  const settings = Array.isArray(input) ? [] : Object.values(input ?? {});
  const isDefault = names.every((name) => name === 'default');
  if (isDefault && settings.every(isEmpty)) return { value: undefined };
  return fault(
    'knows the default network without settings only; others are not supported yet.',
    'Remove it: all services share one network of the job.',
  );
}

function isEmpty(setting: unknown): boolean {
  return typeof setting !== 'object' || Object.keys(setting ?? {}).length === 0;
}
