import * as v from 'valibot';
import { controllers } from './host-settings.ts';

/** `HostSettings` as they are kept between jobs, and as a doctor's report tells them. */
export const hostSettingsSchema = v.object({
  runtime: v.exactOptional(v.picklist(['runc', 'crun'])),
  cgroupManager: v.exactOptional(v.literal('cgroupfs')),
  eventLogger: v.exactOptional(v.literal('file')),
  logDriver: v.exactOptional(v.literal('k8s-file')),
  withoutCgroups: v.exactOptional(v.literal(true)),
  missingControllers: v.exactOptional(v.array(v.picklist(controllers))),
  pidsLimit: v.exactOptional(v.literal('none')),
  ulimits: v.exactOptional(v.array(v.pipe(v.string(), v.regex(/^\w+=\d+:\d+$/)))),
  network: v.exactOptional(v.literal('host')),
  proc: v.exactOptional(v.literal('host')),
  withoutSysctls: v.exactOptional(v.literal(true)),
});
