/** A program with its arguments as a list; no shell ever sees it. */
export interface Command {
  /** Name found on PATH, or an absolute path. */
  readonly file: string;
  /** Never holds a secret: process lists show it to every user. */
  readonly args: readonly string[];
  /** Added to the task's own environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Written to standard input, which is then closed. Default: empty. */
  readonly stdin?: string;
  /** Milliseconds until the program is ended (SIGTERM, then SIGKILL). 0: no limit. */
  readonly timeoutMs: number;
  /** Done when that time is over, before the program is ended: ends what would outlive it. Must not reject. */
  readonly beforeTimeout?: () => Promise<void>;
  /**
   * What a cancelled step does to this program: `interrupt` passes SIGINT on at once,
   * `finish` lets it end by itself (Podman half-way leaks, services-anchors fact 6). Default: interrupt.
   */
  readonly onCancel?: 'interrupt' | 'finish';
  /** Ends this program alone, by SIGINT, while the step goes on. */
  readonly stop?: AbortSignal;
  /**
   * Streamed programs only: ended, as by its time limit, when no line has matched within so many
   * milliseconds. For programs that wait without end for somebody who is silent.
   */
  readonly answer?: { readonly pattern: RegExp; readonly withinMs: number };
}

/** How the program ended. Only `exited` with code 0 is success. */
export type Ending =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'cancelled' }
  /** By its own `stop`. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'not-found' };

export interface CommandResult {
  readonly command: Command;
  readonly ending: Ending;
  /** At most the last 4 MiB of each stream; empty when the lines were streamed away. */
  readonly stdout: string;
  readonly stderr: string;
}
