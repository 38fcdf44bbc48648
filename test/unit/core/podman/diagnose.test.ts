import assert from 'node:assert/strict';
import { diagnose } from '../../../../src/core/podman/diagnose.ts';
import { globalArgs, runArgs } from '../../../../src/core/podman/host-settings.ts';
import { healthyMachine as machine, rootPodman as podman } from '../../../support/podman-hosts.ts';

const limited = { ...machine, canRaiseLimits: false, openFiles: 20_000, processes: 96_365 };
const plain = { ...podman, rootless: true, userIds: 65_537, hasUserNetwork: true };

describe('what a host needs to be told', () => {
  it('is nothing on a healthy one, and needs no proof there', () => {
    const nothing = { settings: {}, findings: [], problems: [], wantsProof: false };
    assert.deepEqual(diagnose(podman, { ...machine, hasSystemd: true }), nothing);
    assert.deepEqual(diagnose({ ...podman, cgroupVersion: 'v1' }, machine), nothing);
    assert.deepEqual(globalArgs({}), []);
    assert.deepEqual(runArgs({}), ['--log-opt', 'max-size=50mb']);
  });

  it('is proven on cgroups v2 without systemd, as in a pod, whose limits no fact can promise', () => {
    assert.equal(diagnose(podman, machine).wantsProof, true);
  });

  it('is no limit that the cgroup of the agent cannot give, the one of processes that Podman gives by itself before all', () => {
    const none = diagnose({ ...podman, cgroupControllers: [] }, machine);
    assert.deepEqual(none.settings.missingControllers, ['memory', 'cpu', 'cpuset', 'pids']);
    assert.deepEqual(runArgs(none.settings).slice(0, 2), ['--pids-limit', '0']);
    const some = diagnose({ ...podman, cgroupControllers: ['memory', 'pids'] }, machine);
    assert.deepEqual(some.settings, { missingControllers: ['cpu', 'cpuset'] });
    assert.match(some.findings.join(), /^No limits of cpu, cpuset for containers/);
  });

  it('is proven for a plain user, whose networks no fact can promise', () => {
    assert.equal(diagnose(plain, machine).wantsProof, true);
  });

  it('is runc when cgroup v2 has controllers beside v1, which crun refuses', () => {
    const mixed = { ...machine, hybridControllers: ['hugetlb'] };
    const { settings, findings, wantsProof } = diagnose(podman, mixed);
    assert.deepEqual(globalArgs(settings), ['--runtime', 'runc']);
    assert.match(findings.join(), /because crun refuses .*\(v2: hugetlb\)/);
    assert.equal(wantsProof, true);
    assert.deepEqual(diagnose({ ...podman, runtime: 'runc' }, mixed).settings, {});
    const [problem] = diagnose(podman, { ...mixed, programs: ['crun'] }).problems;
    assert.match(problem?.change ?? '', /install runc/);
  });

  it('is its own limits when it may not raise them, as many processes as there are process ids', () => {
    const { settings } = diagnose(podman, { ...limited, pidMax: 32_768 });
    assert.deepEqual(settings.ulimits, ['nofile=20000:20000', 'nproc=32768:32768']);
    const untold = diagnose(podman, { ...limited, pidMax: undefined });
    assert.equal(untold.settings.ulimits?.at(-1), 'nproc=96365:96365');
    assert.deepEqual(diagnose(plain, limited).settings, {});
    assert.deepEqual(diagnose(podman, { ...limited, canRaiseLimits: true }).settings, {});
  });

  it('is a log driver whose logs can be read', () => {
    const { settings } = diagnose({ ...podman, logDriver: 'journald' }, machine);
    assert.deepEqual(runArgs(settings).slice(0, 2), ['--log-driver', 'k8s-file']);
  });

  it('is to do without systemd where it does not run', () => {
    const withSystemd = { ...podman, cgroupManager: 'systemd', eventLogger: 'journald' };
    assert.deepEqual(globalArgs(diagnose(withSystemd, machine).settings), [
      ...['--cgroup-manager', 'cgroupfs', '--events-backend', 'file'],
    ]);
    assert.deepEqual(diagnose(withSystemd, { ...machine, hasSystemd: true }).settings, {});
  });

  it('is crun without cgroups where these are read-only, but for plain users', () => {
    const readOnly = { ...machine, cgroupsAreReadOnly: true };
    const { settings } = diagnose({ ...podman, runtime: 'runc' }, readOnly);
    assert.deepEqual(globalArgs(settings), ['--runtime', 'crun']);
    assert.ok(runArgs(settings).join(' ').startsWith('--cgroups disabled'));
    assert.deepEqual(diagnose(plain, readOnly).settings, {});
  });

  it('is which limits a plain user cannot set: all on cgroups v1, on v2 those that are not delegated', () => {
    const old = diagnose({ ...plain, cgroupVersion: 'v1', cgroupControllers: [] }, machine);
    assert.deepEqual(old.settings.missingControllers, ['memory', 'cpu', 'cpuset', 'pids']);
    assert.match(old.findings.join(), /a plain user has none on cgroups v1/);
    const some = diagnose({ ...plain, cgroupControllers: ['memory', 'pids'] }, machine);
    assert.deepEqual(some.settings.missingControllers, ['cpu', 'cpuset']);
    assert.match(some.findings.join(), /No limits of cpu, cpuset .*Delegate=/);
    assert.deepEqual(diagnose(plain, machine).settings, {});
    const root = { ...podman, cgroupVersion: 'v1', cgroupControllers: [] };
    assert.deepEqual(diagnose(root, machine).settings, {});
  });

  it("is the agent's own network where no other can be made", () => {
    const hosts = [
      [podman, { ...machine, canMakeNetworks: false }, /no CAP_NET_ADMIN/],
      [plain, { ...machine, hasTun: false }, /\/dev\/net\/tun/],
      [{ ...plain, hasUserNetwork: false }, machine, /neither slirp4netns nor pasta/],
    ] as const;
    for (const [facts, on, reason] of hosts) {
      const { settings, findings } = diagnose(facts, on);
      assert.equal(settings.network, 'host');
      assert.match(findings.join(), reason);
    }
  });

  it('is a word about what makes it slow', () => {
    const runRoot = `/tmp/${'x'.repeat(50)}`;
    const { findings, wantsProof } = diagnose(
      { ...podman, storageDriver: 'vfs', runRoot },
      { ...machine, hasSystemd: true },
    );
    assert.match(findings.join('\n'), /vfs.*\n.*longer than 50 characters/);
    assert.equal(wantsProof, false);
  });
});

describe('what no setting can mend', () => {
  const cureOf = (...facts: Parameters<typeof diagnose>): string =>
    diagnose(...facts)
      .problems.map(({ what, change }) => `${what} ${change}`)
      .join('\n');

  it('is a Podman older than 4.3', () => {
    for (const version of ['3.4.4', '4.2.9']) {
      assert.match(
        cureOf({ ...podman, version }, machine),
        RegExp(`4\\.3 or newer, found ${version}`),
      );
    }
    for (const version of ['4.3.0', '4.9.3', '5.0.0', '6.1.2-dev']) {
      assert.equal(cureOf({ ...podman, version }, machine), '');
    }
  });

  it('is a plain user with one user id', () => {
    const single = { ...plain, userIds: 1 };
    assert.match(cureOf(single, machine), /usermod --add-subuids/);
    assert.match(cureOf(single, { ...machine, programs: [] }), /apt-get install uidmap/);
  });

  it('is a host whose containers cannot find each other by name', () => {
    assert.match(cureOf(podman, { ...machine, hasNames: false }), /apt-get install aardvark-dns/);
    const cni = { ...podman, networkBackend: 'cni' };
    assert.match(cureOf(cni, { ...machine, hasNames: false }), /dnsname is not installed/);
  });
});
