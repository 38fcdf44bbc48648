import assert from 'node:assert/strict';
import { machineFacts } from '../../../../src/core/podman/machine-facts.ts';
import { podmanFacts } from '../../../../src/core/podman/podman-facts.ts';
import { healthyMachine, rootPodman } from '../../../support/podman-hosts.ts';

const { hasTun, hasFuse, hasSystemd, hasInit, hasNames, programs } = healthyMachine;
const presence = { hasTun, hasFuse, hasSystemd, hasInit, hasNames, programs };
const files = {
  limits: [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             96365                unlimited            processes ',
    'Max open files            1024                 20000                files     ',
  ].join('\n'),
  status: 'Name:\tnode\nCapEff:\t000001fffeffffff\nNoNewPrivs:\t1\n',
  mountinfo: [
    '25 30 0:22 / /proc rw,nosuid - proc proc rw',
    '26 25 0:24 / /proc/sys/fs/binfmt_misc rw - binfmt_misc binfmt_misc rw',
    '27 30 0:25 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro',
    '28 27 0:26 / /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory',
  ].join('\n'),
  pidMax: '32768\n',
  unifiedControllers: 'hugetlb misc\n',
};

describe('facts about a machine', () => {
  it('are its hard limits, what it may do, and the cgroups it mixes', () => {
    assert.deepEqual(machineFacts(files, presence), {
      ...presence,
      ...{ openFiles: 20_000, processes: undefined, pidMax: 32_768 },
      ...{ canRaiseLimits: false, canMakeNetworks: true, noNewPrivileges: true },
      ...{ hybridControllers: ['hugetlb', 'misc'], cgroupsAreReadOnly: true, procIsMasked: false },
    });
    const status = 'CapEff:\t000001ffffffefff';
    const other = machineFacts({ ...files, status }, presence);
    assert.deepEqual([other.canRaiseLimits, other.canMakeNetworks], [true, false]);
  });

  it('are that something lies over /proc, and that one cgroup is writable', () => {
    const more =
      '\n29 25 0:27 / /proc/kcore ro - tmpfs tmpfs ro\n30 27 0:9 / /sys/fs/cgroup/pids rw - cgroup';
    const facts = machineFacts({ ...files, mountinfo: files.mountinfo + more }, presence);
    assert.deepEqual([facts.procIsMasked, facts.cgroupsAreReadOnly], [true, false]);
  });

  it('are unknown where there is no /proc', () => {
    const nothing = { limits: '', status: '', mountinfo: '', pidMax: '', unifiedControllers: '' };
    assert.deepEqual(machineFacts(nothing, presence), {
      ...presence,
      ...{ openFiles: undefined, processes: undefined, pidMax: undefined },
      ...{ canRaiseLimits: false, canMakeNetworks: false, noNewPrivileges: false },
      ...{ hybridControllers: [], cgroupsAreReadOnly: false, procIsMasked: false },
    });
  });
});

describe('facts about Podman', () => {
  const info = {
    host: {
      ...{ networkBackend: 'netavark', logDriver: 'k8s-file', eventLogger: 'file' },
      ...{ cgroupManager: 'cgroupfs', cgroupVersion: 'v2', slirp4netns: { executable: '' } },
      cgroupControllers: ['cpuset', 'cpu', 'memory', 'pids'],
      ociRuntime: { name: 'crun', path: '/usr/bin/crun' },
      security: { rootless: false },
      idMappings: { uidmap: null },
    },
    store: {
      ...{ graphDriverName: 'overlay', runRoot: '/run/containers/storage' },
      graphRoot: '/var/lib/containers/storage',
    },
    version: { Version: '4.3.1' },
  };

  it('are what podman info says', () => {
    assert.deepEqual(podmanFacts(JSON.stringify(info)), rootPodman);
  });

  it('are the ids and the network of a plain user', () => {
    const host = {
      ...info.host,
      slirp4netns: { executable: '/usr/bin/slirp4netns' },
      idMappings: { uidmap: [{ size: 1 }, { size: 65_536 }] },
    };
    const facts = podmanFacts(JSON.stringify({ ...info, host }));
    assert.deepEqual([facts.userIds, facts.hasUserNetwork], [65_537, true]);
  });
});
