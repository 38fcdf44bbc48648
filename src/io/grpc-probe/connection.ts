import type { Duplex } from 'node:stream';

/** Bytes to a daemon and back. */
export interface Connection {
  readonly stream: Duplex;
  /** Whether anything answered at the other end. */
  isOpen(): boolean;
  close(): void;
}
