import assert from 'node:assert/strict';
import { withoutDefaultSysctls } from '../../../../src/core/podman/containers-conf.ts';
import { hintFor } from '../../../../src/core/podman/failure-hints.ts';
import type { HostSettings } from '../../../../src/core/podman/host-settings.ts';
import { hostTrouble, isTried } from '../../../../src/core/podman/host-trouble.ts';
import { healthyMachine } from '../../../support/podman-hosts.ts';

/** What Podman 4.3.1 (and crun, runc, netavark, slirp4netns of Debian 12) said on such hosts. */
const recorded: readonly (readonly [string, string, HostSettings | undefined, RegExp])[] = [
  [
    'cgroups v1 and v2 side by side',
    'Error: OCI runtime error: crun: cgroups in hybrid mode not supported, drop all controllers from cgroupv2',
    { runtime: 'runc' },
    /install runc/,
  ],
  [
    'the systemd manager without systemd',
    'Error: OCI runtime error: runc: runc create failed: systemd not running on this host, cannot use systemd cgroups manager',
    { cgroupManager: 'cgroupfs' },
    /cgroup_manager = "cgroupfs"/,
  ],
  [
    'read-only cgroups',
    'Error: OCI runtime error: runc: runc create failed: unable to start container process: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/cpuset/libpod_parent/libpod-a809: read-only file system',
    { withoutCgroups: true, runtime: 'crun' },
    /install crun/,
  ],
  [
    'limits that may not be raised',
    'Error: crun: setrlimit `RLIMIT_NOFILE`: Operation not permitted: OCI permission denied',
    { ulimits: ['nofile=1000:1000'] },
    /default_ulimits/,
  ],
  [
    'limits that runc may not raise',
    'Error: runc: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: OCI permission denied',
    { ulimits: ['nofile=1000:1000'] },
    /default_ulimits/,
  ],
  [
    'no CAP_NET_ADMIN',
    'Error: netavark: Netlink error: Operation not permitted (os error 1)',
    { network: 'host' },
    /NET_ADMIN/,
  ],
  [
    'no /dev/net/tun',
    'Error: /usr/bin/slirp4netns failed: "open(\\"/dev/net/tun\\"): No such file or directory\\nchild failed(1)\\n"',
    { network: 'host' },
    /Mount the device/,
  ],
  [
    'a masked /proc',
    'Error: runc: runc create failed: unable to start container process: error during container init: error mounting "proc" to rootfs at "/proc": mount proc:/proc (via /proc/self/fd/6), flags: 0xe: operation not permitted: OCI permission denied',
    { proc: 'host' },
    /procMount: Unmasked/,
  ],
  [
    'a read-only /proc/sys',
    'Error: OCI runtime error: runc: runc create failed: unable to start container process: error during container init: open /proc/sys/net/ipv4/ping_group_range: read-only file system',
    { withoutSysctls: true },
    /default_sysctls = \[\]/,
  ],
  [
    'no /dev/fuse',
    'Error: mounting storage for container 3f: creating overlay mount to /home/a/merged, mount_data="": using mount program /usr/bin/fuse-overlayfs: unknown argument ignored: \nfuse: mount failed: Invalid argument\nfuse-overlayfs: cannot mount: Invalid argument\n: exit status 1',
    undefined,
    /Mount \/dev\/fuse/,
  ],
  [
    'no newuidmap',
    'level=error msg="command required for rootless mode with multiple IDs: exec: \\"newuidmap\\": executable file not found in $PATH"',
    undefined,
    /apt-get install uidmap/,
  ],
  [
    'no privilege escalation',
    'level=error msg="running `/usr/bin/newuidmap 1190 0 1001 1 1 100000 65536`: newuidmap: write to uid_map failed: Operation not permitted\\n"',
    undefined,
    /allowPrivilegeEscalation/,
  ],
  [
    'a range of ids outside the pod',
    'newuidmap: write to uid_map failed: Invalid argument',
    undefined,
    /Shrink it/,
  ],
  [
    'no ids at all',
    'level=error msg="cannot find UID/GID for user a: no subuid ranges found for user \\"a\\" in /etc/subuid - check rootless mode in man pages."',
    undefined,
    /--add-subuids/,
  ],
  ['no user namespaces', 'Error: cannot set user namespace', undefined, /privileged pod/],
  [
    'no runtime',
    'Error: default OCI runtime "crun" not found: invalid argument',
    undefined,
    /crun or runc/,
  ],
  [
    'a full disk',
    'Error: processing tar file(write /bin/busybox: no space left on device): exit status 1',
    undefined,
    /larger volume/,
  ],
];

describe("Podman's words about a host", () => {
  const machine = { ...healthyMachine, canRaiseLimits: false, openFiles: 1000 };
  for (const [host, words, change, cure] of recorded) {
    it(`about ${host} say what to do`, () => {
      const trouble = hostTrouble(words);
      assert.match(trouble?.problem.change ?? '', cure);
      assert.deepEqual(trouble?.adapt?.(machine)?.change, change);
      assert.match(hintFor(words) ?? '', cure);
    });
  }

  it('ask for what is not installed, when only that would help', () => {
    const bare = { ...machine, programs: [] };
    for (const words of [recorded[0]?.[1], recorded[2]?.[1]]) {
      assert.equal(hostTrouble(words ?? '')?.adapt?.(bare), undefined);
    }
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
