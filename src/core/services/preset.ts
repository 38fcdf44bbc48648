import type { Wait } from '../health/wait.ts';

type Variables = Readonly<Record<string, string>>;

/** What is known of a common image: how to start it, when it is ready, and how programs connect to it. */
export interface Preset {
  /** Image and tag when the user names none. */
  readonly image: string;
  /** Last parts of the names of images that behave alike, e.g. `postgis`. */
  readonly alike: readonly string[];
  /** TCP ports of the container; the first is the one that connection strings lead to. */
  readonly ports: readonly number[];
  /** Absent: the image's own. */
  readonly command?: readonly string[];
  /**
   * Variables that make it start without a question; the password is made for one step. Images that are
   * alike may have other names for them.
   */
  environment(password: string, image: string): Variables;
  /** When it is ready, unless a healthcheck says so. */
  wait(environment: Variables): Wait;
  /** Undefined: what is said does not tell how to connect, e.g. because the password is in a file. */
  connection(server: Server): Connection | undefined;
}

/** One running service, as its clients see it. */
export interface Server {
  /** The variables of its container. */
  readonly environment: Variables;
  /** Its words; empty: the image's own. */
  readonly command: readonly string[];
  readonly host: string;
  /** Whether the client is a container of its network, to which the host is its name. */
  readonly isPeer: boolean;
  /** The port under which a port of the container is reached from there. */
  readonly portOf: (containerPort: number) => number;
}

export interface Connection {
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** By the name of their output: `connectionString` first, then what only some kinds have. */
  readonly strings: Readonly<Record<string, string>>;
}
