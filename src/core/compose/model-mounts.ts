export type Protocol = 'tcp' | 'udp' | 'sctp';

/** One port of the container, made reachable from the host. */
export interface PortMapping {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** The host's address, without brackets. */
  readonly hostIp?: string;
  /** The host's port, or any free one of a range (inclusive). */
  readonly published?: PortRange;
  /** What the file calls it. */
  readonly name?: string;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

interface Target {
  readonly target: string;
  readonly readOnly: boolean;
}

export type Mount =
  | (Readonly<{
      kind: 'bind';
      source: string;
      propagation?: string;
      selinux?: string;
      createHostPath: boolean;
    }> &
      Target)
  | (Readonly<{ kind: 'volume'; source: string; noCopy: boolean; subpath?: string }> & Target)
  | (Readonly<{ kind: 'anonymous'; noCopy: boolean }> & Target)
  | (Readonly<{ kind: 'tmpfs'; size?: number; mode?: number }> & Target)
  | (Readonly<{ kind: 'image'; source: string; subpath?: string }> & Target);

/** A secret or config in a container. */
export interface FileMount {
  readonly kind: 'secret' | 'config';
  /** Its name in the file. */
  readonly source: string;
  /** Absolute. */
  readonly target: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: number;
  readonly content: FileContent;
}

/** Where the bytes come from. */
export type FileContent = Readonly<{ file: string }> | Readonly<{ text: string }>;
