import type { Log } from '../progress.ts';

export interface ClusterRegistry {
  /** `HOST:PORT` with a name of the cluster, as it stands in an image reference. */
  readonly host: string;
  /** PEM of the authority that signed its certificate. */
  readonly authority: string;
}

export interface ClusterOptions {
  /** A folder that is not there yet; it is the cluster's own and removed with it. */
  readonly stateDir: string;
  /** Registries inside the cluster, which containerd shall trust. */
  readonly registries?: readonly ClusterRegistry[];
  readonly log?: Log;
}

/** A real Kubernetes of one node. */
export interface Cluster {
  /** Where pods reach this machine. */
  readonly hostAddress: string;
  /** Before an argv: the program then runs on the node's network and asks the cluster's DNS, as a pod does. */
  readonly launcher: readonly string[];
  /** For kubectl, helm and buildx on this machine. */
  readonly kubeconfig: string;
  /**
   * Runs kubectl as administrator and returns its standard output.
   * @param limitSeconds 60 without it
   * @throws Error with what it said
   */
  kubectl(args: readonly string[], limitSeconds?: number): Promise<string>;
  /** Ends and removes all of it, on the whole machine; a second call does nothing. */
  stop(): Promise<void>;
}
