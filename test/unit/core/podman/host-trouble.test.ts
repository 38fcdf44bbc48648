import assert from 'node:assert/strict';
import { hostSamples, podmanSamples } from '../../../../scripts/lib/generate/podman-samples.ts';
import { withoutDefaultSysctls } from '../../../../src/core/podman/containers-conf.ts';
import { hintFor } from '../../../../src/core/podman/failure-hints.ts';
import type { HostSettings } from '../../../../src/core/podman/host-settings.ts';
import { hostTrouble, isTried } from '../../../../src/core/podman/host-trouble.ts';
import { healthyMachine } from '../../../support/podman-hosts.ts';

const withoutLimits: HostSettings = {
  missingControllers: ['memory', 'cpu', 'cpuset', 'pids'],
  pidsLimit: 'none',
};

/** What is done about each, or undefined; and a word of the cure when nothing can be done. */
const expected: Readonly<
  Record<keyof typeof hostSamples, readonly [HostSettings | undefined, RegExp]>
> = {
  'cgroups v1 and v2 side by side': [{ runtime: 'runc' }, /install runc/],
  'an old crun on cgroups v2 without CAP_SYS_RESOURCE': [{ runtime: 'runc' }, /install runc/],
  'the systemd manager without systemd': [
    { cgroupManager: 'cgroupfs' },
    /cgroup_manager = "cgroupfs"/,
  ],
  'cgroups that a pod cannot hand on': [withoutLimits, /pids_limit = 0/],
  'cgroups that a pod cannot hand on, by runc': [withoutLimits, /pids_limit = 0/],
  'read-only cgroups': [{ withoutCgroups: true, runtime: 'crun' }, /install crun/],
  'limits that may not be raised': [{ ulimits: ['nofile=1000:1000'] }, /default_ulimits/],
  'limits that runc may not raise': [{ ulimits: ['nofile=1000:1000'] }, /default_ulimits/],
  'no CAP_NET_ADMIN': [{ network: 'host' }, /NET_ADMIN/],
  'no /dev/net/tun': [{ network: 'host' }, /Mount the device/],
  'no way out of the network of a plain user': [{ network: 'host' }, /--network bridge/],
  'a masked /proc': [{ proc: 'host' }, /procMount: Unmasked/],
  'a read-only /proc/sys': [{ withoutSysctls: true }, /default_sysctls = \[\]/],
  'no /dev/fuse': [undefined, /Mount \/dev\/fuse/],
  'no newuidmap': [undefined, /apt-get install uidmap/],
  'no privilege escalation': [undefined, /allowPrivilegeEscalation/],
  'a range of ids outside the pod': [undefined, /Shrink it/],
  'no ids at all': [undefined, /--add-subuids/],
  'no user namespaces': [undefined, /privileged pod/],
  'no runtime': [undefined, /crun or runc/],
  'a full disk': [undefined, /larger volume/],
};

describe("Podman's words about a host", () => {
  const machine = { ...healthyMachine, canRaiseLimits: false, openFiles: 1000 };
  for (const [host, words] of Object.entries(hostSamples)) {
    it(`about ${host} say what to do`, () => {
      const [change, cure] = expected[host as keyof typeof hostSamples];
      const trouble = hostTrouble(words);
      assert.match(trouble?.problem.change ?? '', cure);
      assert.deepEqual(trouble?.adapt?.(machine)?.change, change);
      assert.match(hintFor(words) ?? '', cure);
    });
  }

  it('ask for what is not installed, when only that would help', () => {
    const bare = { ...machine, programs: [] };
    for (const words of [
      hostSamples['cgroups v1 and v2 side by side'],
      hostSamples['read-only cgroups'],
    ]) {
      assert.equal(hostTrouble(words)?.adapt?.(bare), undefined);
    }
  });

  it('about images, ports and programs have a hint, too', () => {
    for (const words of Object.values(podmanSamples)) assert.ok(hintFor(words), words);
  });

  it('are nothing that is known when they speak of something else', () => {
    assert.equal(hostTrouble('Error: statfs /data: no such file or directory'), undefined);
  });

  it('lead to each adaptation once', () => {
    const adaptation = hostTrouble('setrlimit')?.adapt?.(machine);
    assert.ok(adaptation);
    assert.equal(isTried(adaptation, {}), false);
    assert.equal(isTried(adaptation, { ulimits: ['nofile=1000:1000'] }), true);
  });
});

describe('a private containers.conf', () => {
  it('has no default sysctls and everything else as it was', () => {
    const text =
      '[engine]\nlock_type = "file"\n[containers]\ndefault_sysctls = [\n "a=b",\n]\npids_limit = 0\n';
    assert.equal(
      withoutDefaultSysctls(text),
      '[engine]\nlock_type = "file"\n[containers]\ndefault_sysctls = []\npids_limit = 0\n',
    );
    assert.equal(
      withoutDefaultSysctls('[engine]\n'),
      '[engine]\n\n[containers]\ndefault_sysctls = []\n',
    );
    assert.equal(withoutDefaultSysctls(''), '[containers]\ndefault_sysctls = []\n');
  });
});
