import * as v from 'valibot';
import { hostSettingsSchema } from './host-settings-schema.ts';

/** Of a doctor's report: what it says to people. A change of meaning is a new version. */
export const doctorSchema = v.object({
  schema: v.literal('daemonless.doctor'),
  version: v.literal(1),
  verdict: v.picklist(['ready', 'adapted', 'not-usable']),
  podman: v.string(),
  facts: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())])),
  settings: hostSettingsSchema,
  findings: v.array(v.string()),
  problems: v.array(v.object({ what: v.string(), change: v.string() })),
});

export type DoctorFindings = v.InferOutput<typeof doctorSchema>;
