import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { type HostSettings, controllers } from './host-settings.ts';
import { type OciRuntime, runtimeNames } from './oci-runtime.ts';

const settingsSchema = v.object({
  runtime: v.optional(v.picklist(['runc', 'crun'])),
  cgroupManager: v.optional(v.literal('cgroupfs')),
  eventLogger: v.optional(v.literal('file')),
  logDriver: v.optional(v.literal('k8s-file')),
  withoutCgroups: v.optional(v.literal(true)),
  missingControllers: v.optional(v.array(v.picklist(controllers))),
  pidsLimit: v.optional(v.literal('none')),
  ulimits: v.optional(v.array(v.pipe(v.string(), v.regex(/^\w+=\d+:\d+$/)))),
  network: v.optional(v.literal('host')),
  proc: v.optional(v.literal('host')),
  withoutSysctls: v.optional(v.literal(true)),
});

const knownSchema = v.object({
  version: v.literal(2),
  key: v.string(),
  headline: v.string(),
  rootless: v.boolean(),
  settings: settingsSchema,
  runtime: v.optional(
    v.object({ name: v.picklist(runtimeNames), file: v.string(), systemdCgroup: v.boolean() }),
  ),
  findings: v.array(v.string()),
});

/** What was learnt of a host, so that the next job need not ask again. */
export interface KnownHost {
  /** `hostKey` of the facts it was learnt from. */
  readonly key: string;
  /** One line about Podman. */
  readonly headline: string;
  readonly rootless: boolean;
  readonly settings: HostSettings;
  /** `directRuntime`. */
  readonly runtime?: OciRuntime;
  readonly findings: readonly string[];
}

/** Other facts, another key: boot, Podman's version, limits, devices, configuration. */
export function hostKey(facts: object): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

export function knownHostText(host: KnownHost): string {
  return `${JSON.stringify({ version: 2, ...host })}\n`;
}

/** Undefined when the text is not ours, or was learnt from other facts. */
export function readKnownHost(text: string | undefined, key: string): KnownHost | undefined {
  if (text === undefined) return undefined;
  try {
    const known = v.parse(knownSchema, JSON.parse(text));
    return known.key === key ? (known as KnownHost) : undefined;
  } catch {
    return undefined;
  }
}
