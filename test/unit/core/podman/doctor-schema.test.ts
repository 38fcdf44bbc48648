import assert from 'node:assert/strict';
import * as v from 'valibot';
import { doctorReport } from '../../../../src/core/podman/doctor-report.ts';
import { doctorSchema } from '../../../../src/core/podman/doctor-schema.ts';

describe('the schema of a doctor’s report', () => {
  it('takes all that a doctor writes', () => {
    const report = doctorReport({
      podman: 'Podman 5.4.2',
      facts: { version: '5.4.2', rootless: true, openFiles: 1024, hidden: undefined, list: ['a'] },
      settings: {
        ...{ runtime: 'crun', cgroupManager: 'cgroupfs', eventLogger: 'file', proc: 'host' },
        ...{ logDriver: 'k8s-file', withoutCgroups: true, missingControllers: ['cpu', 'memory'] },
        ...{ pidsLimit: 'none', ulimits: ['nofile=1:1'], network: 'host', withoutSysctls: true },
      },
      findings: ['It has no cgroups.'],
      problems: [{ where: 'podmanPath', what: 'It is old.', change: 'Take a newer one.' }],
    });
    const read = v.safeParse(doctorSchema, JSON.parse(JSON.stringify(report)));
    assert.ok(read.success, JSON.stringify(read.issues));
    assert.deepEqual(read.output.settings, report.settings);
  });
});
