/** What Podman 4.3.1 (and crun, runc, netavark, slirp4netns of Debian 12) said on hosts with one trouble each. */
export const hostSamples = {
  'cgroups v1 and v2 side by side':
    'Error: OCI runtime error: crun: cgroups in hybrid mode not supported, drop all controllers from cgroupv2',
  'an old crun on cgroups v2 without CAP_SYS_RESOURCE':
    'Error: crun: setrlimit (RLIM_MEMLOCK): Operation not permitted: OCI permission denied',
  'the systemd manager without systemd':
    'Error: OCI runtime error: runc: runc create failed: systemd not running on this host, cannot use systemd cgroups manager',
  'cgroups that a pod cannot hand on':
    'Error: OCI runtime error: crun: controller `pids` is not available under /sys/fs/cgroup/libpod_parent/libpod-ff39/cgroup.controllers',
  'cgroups that a pod cannot hand on, by runc':
    'Error: runc: runc create failed: unable to start container process: error during container init: error setting cgroup config for procHooks process: openat2 /sys/fs/cgroup/libpod_parent/libpod-e9f4/pids.max: no such file or directory: OCI runtime attempted to invoke a command that was not found',
  'read-only cgroups':
    'Error: OCI runtime error: runc: runc create failed: unable to start container process: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/cpuset/libpod_parent/libpod-a809: read-only file system',
  'limits that may not be raised':
    'Error: crun: setrlimit `RLIMIT_NOFILE`: Operation not permitted: OCI permission denied',
  'limits that runc may not raise':
    'Error: runc: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: OCI permission denied',
  'no CAP_NET_ADMIN': 'Error: netavark: Netlink error: Operation not permitted (os error 1)',
  'no /dev/net/tun':
    'Error: /usr/bin/slirp4netns failed: "open(\\"/dev/net/tun\\"): No such file or directory\\nchild failed(1)\\n"',
  'no way out of the network of a plain user':
    'Error: setting up Pasta: pasta failed with exit code 1:\nNo external routable interface for IPv4',
  'a masked /proc':
    'Error: runc: runc create failed: unable to start container process: error during container init: error mounting "proc" to rootfs at "/proc": mount proc:/proc (via /proc/self/fd/6), flags: 0xe: operation not permitted: OCI permission denied',
  'a read-only /proc/sys':
    'Error: OCI runtime error: runc: runc create failed: unable to start container process: error during container init: open /proc/sys/net/ipv4/ping_group_range: read-only file system',
  'no /dev/fuse':
    'Error: mounting storage for container 3f: creating overlay mount to /home/a/merged, mount_data="": using mount program /usr/bin/fuse-overlayfs: unknown argument ignored: \nfuse: mount failed: Invalid argument\nfuse-overlayfs: cannot mount: Invalid argument\n: exit status 1',
  'no newuidmap':
    'level=error msg="command required for rootless mode with multiple IDs: exec: \\"newuidmap\\": executable file not found in $PATH"',
  'no privilege escalation':
    'level=error msg="running `/usr/bin/newuidmap 1190 0 1001 1 1 100000 65536`: newuidmap: write to uid_map failed: Operation not permitted\\n"',
  'a range of ids outside the pod': 'newuidmap: write to uid_map failed: Invalid argument',
  'no ids at all':
    'level=error msg="cannot find UID/GID for user a: no subuid ranges found for user \\"a\\" in /etc/subuid - check rootless mode in man pages."',
  'no user namespaces': 'Error: cannot set user namespace',
  'no runtime': 'Error: default OCI runtime "crun" not found: invalid argument',
  'a full disk':
    'Error: processing tar file(write /bin/busybox: no space left on device): exit status 1',
} as const;

/** What Podman said when an image, a port or a program was the trouble. */
export const podmanSamples = {
  'a port that is taken':
    'Error: rootlessport listen tcp 127.0.0.1:8080: bind: address already in use',
  'a port below 1024':
    "Error: rootlessport cannot expose privileged port 81, you can add 'net.ipv4.ip_unprivileged_port_start=81' to /etc/sysctl.conf (currently 1024), or choose a larger port number (>= 1024): listen tcp 127.0.0.1:81: bind: permission denied",
  'a registry that wants a login':
    'Error: initializing source docker://my.azurecr.io/a:1: reading manifest 1 in my.azurecr.io/a: unauthorized: authentication required',
  'an image that is not there':
    'Error: initializing source docker://nosuch/a:1: reading manifest 1 in docker.io/nosuch/a: manifest unknown',
  'a registry out of reach':
    'Error: initializing source docker://my.azurecr.io/a:1: pinging container registry my.azurecr.io: Get "https://my.azurecr.io/v2/": dial tcp: lookup my.azurecr.io: no such host',
  'a certificate nobody trusts':
    'Error: pinging container registry localhost:5000: Get "https://localhost:5000/v2/": x509: certificate signed by unknown authority',
  'a command that the image lacks':
    'Error: crun: executable file `migrate` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found',
  'an image for another processor': 'exec /usr/bin/app: exec format error',
} as const;
