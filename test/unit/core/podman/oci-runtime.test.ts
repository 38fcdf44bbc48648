import assert from 'node:assert/strict';
import {
  containerId,
  directRuntime,
  firstFolder,
  isRuntimeFault,
  runtimeExec,
} from '../../../../src/core/podman/oci-runtime.ts';
import { rootPodman } from '../../../support/podman-hosts.ts';

const runc = { ...rootPodman, runtime: 'runc', runtimePath: '/usr/sbin/runc' };

describe('the runtime of a container', () => {
  it("is called by the step itself where it is root's runc or crun", () => {
    assert.deepEqual(directRuntime({ ...runc, cgroupManager: 'cgroupfs' }, {}), {
      name: 'runc',
      file: '/usr/sbin/runc',
      systemdCgroup: false,
    });
    assert.equal(directRuntime({ ...runc, rootless: true }, {}), undefined);
    assert.equal(directRuntime(rootPodman, {})?.file, '/usr/bin/crun');
    assert.equal(directRuntime({ ...rootPodman, runtime: 'kata' }, {}), undefined);
  });

  it('is the one that this host needs instead of the one that Podman would take', () => {
    assert.equal(directRuntime(rootPodman, { runtime: 'runc' })?.file, 'runc');
    assert.equal(directRuntime(runc, { runtime: 'crun' })?.file, 'crun');
  });

  it('is told of systemd as Podman tells it', () => {
    const systemd = directRuntime({ ...runc, cgroupManager: 'systemd' }, {});
    assert.ok(systemd?.systemdCgroup);
    const files = { id: 'c', argv: ['pg_isready', '-U', 'a b'], pidFile: '/p', log: '/l' };
    assert.equal(
      runtimeExec(systemd, files).join('|'),
      '--root|/run/runc|--log|/l|--log-format|json|--systemd-cgroup|exec|--pid-file|/p|c|pg_isready|-U|a b',
    );
    const without = directRuntime(
      { ...runc, cgroupManager: 'systemd' },
      { cgroupManager: 'cgroupfs' },
    );
    assert.ok(without !== undefined && !without.systemdCgroup);
    assert.ok(!runtimeExec(without, files).includes('--systemd-cgroup'));
  });

  it('is told the folder of the first process where it would take another one: crun', () => {
    const crun = directRuntime(rootPodman, {});
    const cwd = firstFolder('{"ociVersion":"1.1.0","process":{"cwd":"/data"}}');
    assert.ok(crun !== undefined && cwd !== undefined);
    assert.equal(
      runtimeExec(crun, { id: 'c', argv: ['true'], cwd, pidFile: '/p', log: '/l' }).join('|'),
      '--root|/run/crun|--log|/l|--log-format|json|exec|--pid-file|/p|--cwd|/data|c|true',
    );
    for (const text of [undefined, '', '{}', '[1']) assert.equal(firstFolder(text), undefined);
  });

  it('failed itself when its log says so; a warning of it changes nothing', () => {
    const said = '{"level":"error","msg":"exec failed: cannot exec in a stopped container"}\n';
    assert.ok(isRuntimeFault(said));
    assert.ok(!isRuntimeFault('{"level":"warning","msg":"an \\"error\\" of before"}\n'));
    assert.ok(!isRuntimeFault(''));
  });

  it('knows a container by the id that podman run has printed', () => {
    const id = 'ab'.repeat(32);
    assert.equal(containerId(`${id}\n`), id);
    assert.equal(containerId('shop-db'), undefined);
  });
});
