import { createHash } from 'node:crypto';

/** Names and addresses of one cluster. They follow from its state folder, so that two can run side by side. */
export interface ClusterNames {
  /** Of its cgroups, in each hierarchy. */
  readonly cgroup: string;
  /** The host's end of the node's cable; at most 15 characters. */
  readonly link: string;
  readonly hostAddress: string;
  readonly nodeAddress: string;
}

/** Inside the cluster, seen by nobody else. */
export const serviceRange = '10.96.0.0/16';
export const podRange = '10.244.0.0/16';
export const dnsAddress = '10.96.0.10';
export const nodeName = 'node0';

/** A network of four addresses below 10.213.0.0/16 holds both ends of the cable. */
export function clusterNames(stateDir: string): ClusterNames {
  const digest = createHash('sha256').update(stateDir).digest();
  const id = digest.toString('hex').slice(0, 8);
  const [third = 0, fourth = 0] = digest.subarray(8);
  const address = (last: number): string => `10.213.${third}.${(fourth & 252) + last}`;
  return {
    cgroup: `daemonless-cluster-${id}`,
    link: `dlc${id}`,
    hostAddress: address(1),
    nodeAddress: address(2),
  };
}
