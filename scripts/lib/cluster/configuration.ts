import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type ClusterNames, dnsAddress, nodeName, podRange } from './addresses.ts';
import type { ClusterRegistry } from './cluster.ts';
import { kubeconfigIn } from './credentials.ts';

/** The name of an image that only this cluster knows. */
export function localImage(name: string): string {
  return `local.test/${name}`;
}

/** Writes the configuration files of the node's programs. */
export async function writeConfiguration(
  stateDir: string,
  names: ClusterNames,
  registries: readonly ClusterRegistry[],
): Promise<void> {
  const files: Record<string, string> = {
    'containerd.toml': containerd,
    'cni/10-bridge.conflist': JSON.stringify(bridge),
    'kubelet.yaml': stringify(kubelet(names)),
    'proxy.yaml': stringify(proxy),
    'resolv.conf': resolverOfPods(['default.svc.cluster.local']),
    // For pods that ask no DNS of the cluster, such as the DNS server itself.
    'outside-resolv.conf': '',
    ...Object.fromEntries(registries.flatMap((registry) => Object.entries(hostFiles(registry)))),
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(stateDir, dirname(name)), { recursive: true });
    await writeFile(join(stateDir, name), text);
  }
  for (const folder of ['volumes', 'pod-logs', 'images'])
    await mkdir(join(stateDir, folder), { recursive: true });
}

/** What kubelet writes into pods (resolv.conf(5)), with more domains in front. */
function resolverOfPods(domains: readonly string[]): string {
  const search = [...domains, 'svc.cluster.local', 'cluster.local'].join(' ');
  return `nameserver ${dnsAddress}\nsearch ${search}\noptions ndots:5\n`;
}

// No CAP_SYS_RESOURCE, AppArmor or systemd is asked for: containers of CI machines have none.
const containerd = `version = 2
root = "/run/cluster/containerd"
state = "/run/containerd"
disabled_plugins = [${['aufs', 'btrfs', 'devmapper', 'zfs']
  .map((name) => `"io.containerd.snapshotter.v1.${name}"`)
  .join(', ')}, "io.containerd.internal.v1.opt"]
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${localImage('pause:1')}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "/run/cluster/hosts"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/run/debian/usr/lib/cni"
    conf_dir = "/run/cluster/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`;

/** How containerd reaches a registry (its docs/hosts.md). */
function hostFiles({ host, authority }: ClusterRegistry): Readonly<Record<string, string>> {
  const folder = `hosts/${host}`;
  const lines = [`server = "https://${host}"`, `[host."https://${host}"]`];
  return {
    [`${folder}/ca.pem`]: authority,
    [`${folder}/hosts.toml`]: [...lines, `  ca = "/run/cluster/${folder}/ca.pem"`, ''].join('\n'),
  };
}

const addresses = {
  type: 'host-local',
  ranges: [[{ subnet: podRange.replace('.0.0/16', '.0.0/24') }]],
  routes: [{ dst: '0.0.0.0/0' }],
};

const bridge = {
  ...{ cniVersion: '1.0.0', name: 'bridge' },
  plugins: [
    {
      ...{ type: 'bridge', bridge: 'cni0', isGateway: true, ipMasq: true, hairpinMode: true },
      ipam: addresses,
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

function kubelet({ cgroup }: ClusterNames) {
  return {
    ...{ apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' },
    // Kubernetes 1.37 is the last known to take version 1 when told so.
    ...{ failCgroupV1: false, cgroupDriver: 'cgroupfs', cgroupRoot: `/${cgroup}` },
    ...{ failSwapOn: false, oomScoreAdj: 0, syncFrequency: '10s', address: '0.0.0.0' },
    // Nobody else is on the node's network.
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    ...{ clusterDomain: 'cluster.local', clusterDNS: [dnsAddress] },
    ...{ resolvConf: '/run/cluster/outside-resolv.conf', podLogsDir: '/run/cluster/pod-logs' },
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '1%',
      'imagefs.available': '1%',
    },
  };
}

const proxy = {
  ...{ apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration' },
  ...{ mode: 'iptables', clusterCIDR: podRange, hostnameOverride: nodeName },
  clientConnection: { kubeconfig: kubeconfigIn('/run/cluster', 'proxy') },
  // The machine's table of connections is not the node's to resize.
  conntrack: { maxPerCore: 0, min: 0 },
};
