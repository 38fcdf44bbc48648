import type { BuildServer } from '../server/build-server.ts';
import { type ServerTrouble, troubleOf } from '../server/server-error.ts';
import { hasEnded } from './build.ts';
import { readRun } from './read-run.ts';
import type { RunState } from './run-state.ts';

/** What a run is shown on. */
export interface RunView {
  show(state: RunState): void;
  /** @param isFinal nothing more is asked by itself */
  tellTrouble(trouble: ServerTrouble, isFinal: boolean): void;
}

export interface FollowPorts {
  readonly server: BuildServer;
  readonly view: RunView;
  /** Resolves after that many ms, and not while nobody looks. */
  readonly pause: (ms: number) => Promise<void>;
}

const firstPauseMs = 5_000;
const longestPauseMs = 60_000;
const growth = 1.5;
/** One after the other. */
const mostFailures = 5;

/** Shows a run, again and again until it has ended, or the server has failed too often. */
export async function followRun(id: number, { server, view, pause }: FollowPorts): Promise<void> {
  let state: RunState | undefined;
  let failures = 0;
  for (let wait = firstPauseMs; ; wait = Math.min(wait * growth, longestPauseMs)) {
    try {
      state = await readRun(id, server, state?.reports ?? []);
      failures = 0;
      view.show(state);
      if (hasEnded(state.build)) return;
    } catch (error) {
      failures += 1;
      const trouble = troubleOf(error);
      const isFinal = state === undefined || failures === mostFailures || !mayPass(trouble);
      view.tellTrouble(trouble, isFinal);
      if (isFinal) return;
    }
    await pause(wait);
  }
}

function mayPass({ kind }: ServerTrouble): boolean {
  return kind === 'unreachable' || kind === 'unexpected';
}
