import type { Trouble } from './host-troubles.ts';

/** Podman's words about a host (services-anchors, section 4) that only its owner can mend. */
export const lasting: readonly Trouble[] = [
  {
    words: /fuse-overlayfs.*cannot mount|fuse: (device not found|mount failed)|\/dev\/fuse/s,
    problem: {
      what: 'fuse-overlayfs cannot mount, because /dev/fuse is not usable here.',
      change:
        'Mount /dev/fuse into the pod, or remove mount_program from storage.conf (Linux 5.13 can do without), or set driver = "vfs" there.',
    },
  },
  {
    words: /newuidmap.*(executable file not found|no such file)/,
    problem: {
      what: 'Podman as a plain user needs newuidmap.',
      change: 'apt-get install uidmap.',
    },
  },
  {
    words: /newuidmap: write to uid_map failed: Invalid argument/,
    problem: {
      what: "The user's range in /etc/subuid lies outside the ids of this pod.",
      change:
        'Shrink it into the pod\'s 65536 ids, e.g. "agent:1001:64534" in /etc/subuid and /etc/subgid, then podman system migrate.',
    },
  },
  {
    words: /newuidmap: write to uid_map failed|newuidmap: open of uid_map failed/,
    problem: {
      what: 'newuidmap may not map user ids: privilege escalation is switched off for this agent.',
      change:
        'Leave allowPrivilegeEscalation unset in the pod, and keep the capabilities SETUID and SETGID.',
    },
  },
  {
    words:
      /cannot set user namespace|unshare.*not permitted|clone.*not permitted|user namespaces are not enabled/i,
    problem: {
      what: 'This agent may not make user namespaces.',
      change:
        'Allow them (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, AppArmor), or use a privileged pod.',
    },
  },
  {
    words: /no subuid ranges found|potentially insufficient UIDs|lchown .*invalid argument/,
    problem: {
      what: "The agent's user has too few user ids for this image.",
      change:
        'As root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER, then podman system migrate as that user.',
    },
  },
  {
    words: /OCI runtime "\S+" not found/,
    problem: {
      what: 'The container runtime is not installed.',
      change: 'apt-get install crun or runc.',
    },
  },
  {
    words: /no space left on device/i,
    problem: {
      what: "The disk of Podman's storage is full.",
      change: 'Free some with podman system prune, or give the agent a larger volume.',
    },
  },
];
