import type { Log } from '../progress.ts';

/** User name and password of a registry with basic authentication. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface BuilderOptions {
  /** Unique within the playground; letters, digits and dashes. */
  readonly name: string;
  /** Mutual TLS with the playground's certificate authority instead of plain TCP. */
  readonly tls?: boolean;
  /** BuildKit's state folder, kept after stop; otherwise private and removed. */
  readonly root?: string;
}

export interface RegistryOptions {
  /** Unique within the playground; letters, digits and dashes. */
  readonly name: string;
  readonly credentials?: Credentials;
  readonly tls?: boolean;
  /** False: refuses to delete. */
  readonly deletes?: boolean;
  /** Where blobs and manifests live, kept after stop; otherwise private and removed. */
  readonly storageDir?: string;
}

export interface PlaygroundOptions {
  /** Private folder for everything of this playground (made 0700); at most one runs in it at a time. */
  readonly stateDir: string;
  readonly builders: readonly BuilderOptions[];
  readonly registries: readonly RegistryOptions[];
  readonly log?: Log;
}

/** Paths of PEM files for a client of a builder with mutual TLS. Keys are 0600. */
export interface ClientCertificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** An authority that signed nothing of ours: a client that trusts only it must refuse the server. */
  readonly otherCa: string;
  /** A client certificate signed by `otherCa`: the server must refuse it. */
  readonly otherCert: string;
  readonly otherKey: string;
}

export interface Builder {
  /** `tcp://127.0.0.1:PORT`, the same after a stop and a start. */
  readonly address: string;
  readonly certificates?: ClientCertificates;
  /** The id of buildkitd's own process; changes with each start. */
  readonly pid: number;
  /** Stops buildkitd and all that runs in it; a second call does nothing. */
  stop(): Promise<void>;
  /** Starts it again on the same address with the same state; does nothing while it runs. */
  start(): Promise<void>;
}

export interface Registry {
  /** `localhost:PORT`, as it stands in an image reference. */
  readonly host: string;
  readonly storageDir: string;
  /** PEM file of the authority to trust; present with TLS only. */
  readonly caFile?: string;
}

export interface Playground {
  /** @throws Error for a name that was not asked for. */
  builder(name: string): Builder;
  /** @throws Error for a name that was not asked for. */
  registry(name: string): Registry;
  /** `127.0.0.1:PORT` of the mirror of docker.io. Files of users never name it. */
  readonly mirrorHost: string;
  /** Environment for an agent on this machine: PATH, Podman's configuration and storage, trust. */
  readonly environment: Record<string, string>;
  /** Ends every process, unmounts, removes what is not kept; bounded; a second call does nothing. */
  stop(): Promise<void>;
}
