import { nodeName, podRange, serviceRange } from './addresses.ts';
import { kubeconfigIn } from './credentials.ts';

/** A program of the node: what starts it, and what its log says once others can use it. */
export interface Program {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly ready: RegExp;
}

const kubernetes = '/run/kubernetes/kubernetes';
const folder = '/run/cluster';
const etcdAddress = 'http://127.0.0.1:2379';

function part(name: string, flags: readonly string[], ready: RegExp): Program {
  return { name, argv: [kubernetes, name, ...flags], ready };
}

export function etcd(): Program {
  const flags = [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=${etcdAddress}`,
    `--advertise-client-urls=${etcdAddress}`,
    '--listen-peer-urls=http://127.0.0.1:2380',
    '--unsafe-no-fsync',
  ];
  return part('etcd', flags, /ready to serve client requests/);
}

export function apiServer(nodeAddress: string): Program {
  const flags = [
    `--etcd-servers=${etcdAddress}`,
    `--service-cluster-ip-range=${serviceRange}`,
    '--bind-address=0.0.0.0',
    `--advertise-address=${nodeAddress}`,
    `--cert-dir=${folder}/certificates`,
    `--token-auth-file=${folder}/tokens.csv`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${folder}/accounts.pub`,
    `--service-account-signing-key-file=${folder}/accounts.key`,
    '--kubelet-preferred-address-types=InternalIP',
  ];
  return part('kube-apiserver', flags, /Serving securely on/);
}

/** Those that need the API server and its certificate; without them they end at once. */
export function controlPlane(): readonly Program[] {
  return [
    part(
      'kube-controller-manager',
      [
        `--kubeconfig=${kubeconfigIn(folder, 'manager')}`,
        '--leader-elect=false',
        '--use-service-account-credentials=true',
        `--service-account-private-key-file=${folder}/accounts.key`,
        `--root-ca-file=${folder}/certificates/apiserver.crt`,
        `--cluster-cidr=${podRange}`,
        '--enable-hostpath-provisioner=true',
      ],
      /Serving securely on/,
    ),
    part(
      'kube-scheduler',
      [`--kubeconfig=${kubeconfigIn(folder, 'scheduler')}`, '--leader-elect=false'],
      /Serving securely on/,
    ),
  ];
}

export function containerd(): Program {
  const argv = ['/run/debian/usr/bin/containerd', '--config', `${folder}/containerd.toml`] as const;
  return { name: 'containerd', argv, ready: /containerd successfully booted/ };
}

export function nodeDaemons(nodeAddress: string): readonly Program[] {
  return [
    part(
      'kubelet',
      [
        `--config=${folder}/kubelet.yaml`,
        `--kubeconfig=${kubeconfigIn(folder, 'kubelet')}`,
        `--hostname-override=${nodeName}`,
        `--node-ip=${nodeAddress}`,
        `--root-dir=${folder}/kubelet`,
        `--cert-dir=${folder}/kubelet/pki`,
      ],
      /Started kubelet/,
    ),
    part(
      'kube-proxy',
      [`--config=${folder}/proxy.yaml`],
      /Using iptables Proxier|Caches are synced/,
    ),
  ];
}
