import * as v from 'valibot';
import { controllers } from './host-settings.ts';

const settings = v.object({
  runtime: v.exactOptional(v.picklist(['runc', 'crun'])),
  cgroupManager: v.exactOptional(v.literal('cgroupfs')),
  eventLogger: v.exactOptional(v.literal('file')),
  logDriver: v.exactOptional(v.literal('k8s-file')),
  withoutCgroups: v.exactOptional(v.literal(true)),
  missingControllers: v.exactOptional(v.array(v.picklist(controllers))),
  pidsLimit: v.exactOptional(v.literal('none')),
  ulimits: v.exactOptional(v.array(v.string())),
  network: v.exactOptional(v.literal('host')),
  proc: v.exactOptional(v.literal('host')),
  withoutSysctls: v.exactOptional(v.literal(true)),
});

/** Of a doctor's report: what it says to people. A change of meaning is a new version. */
export const doctorSchema = v.object({
  schema: v.literal('daemonless.doctor'),
  version: v.literal(1),
  verdict: v.picklist(['ready', 'adapted', 'not-usable']),
  podman: v.string(),
  facts: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())])),
  settings,
  findings: v.array(v.string()),
  problems: v.array(v.object({ what: v.string(), change: v.string() })),
});

export type DoctorFindings = v.InferOutput<typeof doctorSchema>;
