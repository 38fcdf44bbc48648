import assert from 'node:assert/strict';
import { diagnose } from '../../../../src/core/podman/diagnose.ts';
import {
  type MachineFacts,
  type PodmanFacts,
  machineFacts,
  podmanFacts,
} from '../../../../src/core/podman/host-facts.ts';

const podman: PodmanFacts = {
  version: '4.3.1',
  rootless: false,
  runtime: 'crun',
  networkBackend: 'netavark',
  logDriver: 'k8s-file',
  storageDriver: 'overlay',
  runRoot: '/run/containers/storage',
};
const machine: MachineFacts = {
  openFiles: 1_048_576,
  processes: undefined,
  pidMax: 4_194_304,
  canRaiseLimits: true,
  hybridControllers: [],
  hasInit: true,
};
const limited = { ...machine, canRaiseLimits: false, openFiles: 20_000, processes: 96_365 };

describe('what a host needs to be told', () => {
  it('is nothing on a healthy one, and needs no proof there', () => {
    assert.deepEqual(diagnose(podman, machine), {
      globalArgs: [],
      runArgs: [],
      findings: [],
      problems: [],
      wantsProof: false,
    });
  });

  it('is runc when cgroup v2 has controllers beside v1, which crun refuses', () => {
    const mixed = { ...machine, hybridControllers: ['hugetlb'] };
    const { globalArgs, findings, wantsProof } = diagnose(podman, mixed);
    assert.deepEqual(globalArgs, ['--runtime', 'runc']);
    assert.match(findings.join(), /because crun refuses .*\(v2: hugetlb\)/);
    assert.equal(wantsProof, true);
    assert.deepEqual(diagnose({ ...podman, runtime: 'runc' }, mixed).globalArgs, []);
  });

  it('is its own limits when it may not raise them, as many processes as there are process ids', () => {
    const { runArgs } = diagnose(podman, { ...limited, pidMax: 32_768 });
    assert.deepEqual(runArgs, ['--ulimit', 'nofile=20000:20000', '--ulimit', 'nproc=32768:32768']);
    const untold = diagnose(podman, { ...limited, pidMax: undefined });
    assert.equal(untold.runArgs.at(-1), 'nproc=96365:96365');
    assert.deepEqual(diagnose({ ...podman, rootless: true }, limited).runArgs, []);
    assert.deepEqual(diagnose(podman, { ...limited, canRaiseLimits: true }).runArgs, []);
  });

  it('is a log driver whose logs can be read', () => {
    const { runArgs } = diagnose({ ...podman, logDriver: 'journald' }, machine);
    assert.deepEqual(runArgs, ['--log-driver', 'k8s-file']);
  });

  it('is a word about what makes it slow or deaf', () => {
    const runRoot = `/tmp/${'x'.repeat(50)}`;
    const odd = { ...podman, storageDriver: 'vfs', networkBackend: 'cni', runRoot };
    const { findings, wantsProof } = diagnose(odd, machine);
    assert.match(findings.join('\n'), /backend is cni.*\n.*vfs.*\n.*longer than 50 characters/);
    assert.equal(wantsProof, false);
    assert.match(diagnose({ ...podman, networkBackend: '' }, machine).findings.join(), /unknown/);
  });

  it('is a newer Podman when it is older than 4.3', () => {
    for (const version of ['3.4.4', '4.2.9']) {
      const [problem] = diagnose({ ...podman, version }, machine).problems;
      assert.match(problem?.what ?? '', new RegExp(`4\\.3 or newer, found ${version}`));
    }
    for (const version of ['4.3.0', '4.9.3', '5.0.0', '6.1.2-dev']) {
      assert.deepEqual(diagnose({ ...podman, version }, machine).problems, []);
    }
  });
});

describe('facts about a machine', () => {
  const limits = [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             96365                unlimited            processes ',
    'Max open files            1024                 20000                files     ',
  ].join('\n');

  it('are its hard limits, what it may do, and the cgroups it mixes', () => {
    const files = {
      limits,
      status: 'Name:\tnode\nCapEff:\t000001fffeffffff\nSeccomp:\t0\n',
      pidMax: '32768\n',
      unifiedControllers: 'hugetlb misc\n',
      hasInit: true,
    };
    assert.deepEqual(machineFacts(files), {
      openFiles: 20_000,
      processes: undefined,
      pidMax: 32_768,
      canRaiseLimits: false,
      hybridControllers: ['hugetlb', 'misc'],
      hasInit: true,
    });
    const all = { ...files, status: 'CapEff:\t000001ffffffffff' };
    assert.equal(machineFacts(all).canRaiseLimits, true);
  });

  it('are unknown where there is no /proc', () => {
    const nothing = { limits: '', status: '', pidMax: '', unifiedControllers: '', hasInit: false };
    assert.deepEqual(machineFacts(nothing), {
      ...{ openFiles: undefined, processes: undefined, pidMax: undefined },
      ...{ canRaiseLimits: false, hybridControllers: [], hasInit: false },
    });
  });

  it('are what podman info says', () => {
    const json = {
      host: {
        networkBackend: 'netavark',
        logDriver: 'k8s-file',
        ociRuntime: { name: 'crun', path: '/usr/bin/crun' },
        security: { rootless: false },
      },
      store: { graphDriverName: 'overlay', runRoot: '/run/containers/storage' },
      version: { Version: '4.3.1' },
    };
    assert.deepEqual(podmanFacts(JSON.stringify(json)), podman);
  });
});
