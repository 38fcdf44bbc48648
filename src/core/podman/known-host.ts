import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { HostSettings } from './host-settings.ts';
import { hostSettingsSchema } from './host-settings-schema.ts';
import { type OciRuntime, runtimeNames } from './oci-runtime.ts';

const knownSchema = v.object({
  version: v.literal(2),
  key: v.string(),
  headline: v.string(),
  rootless: v.boolean(),
  settings: hostSettingsSchema,
  runtime: v.exactOptional(
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
    return known.key === key ? known : undefined;
  } catch {
    return undefined;
  }
}
