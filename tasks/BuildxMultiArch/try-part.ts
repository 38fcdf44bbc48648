import { succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { BuildPart } from './planned-parts.ts';
import type { OutcomeFailure, RelayedPart } from './relay-part.ts';

/** How one call of buildx ended. */
export interface TryResult {
  /** `stopped`: by us, because another build of the step failed. */
  readonly result: 'succeeded' | 'failed' | 'canceled' | 'stopped';
  readonly ms: number;
  readonly failure?: OutcomeFailure;
}

/** One try of a part, and where it ran. */
export interface Attempt extends TryResult {
  readonly platform?: string;
  /** As SetupBuildkitBuilder names them; endpoints for a builder made otherwise. */
  readonly replicas: readonly string[];
}

export interface TryLimits {
  /** Without any event for so long buildx is ended; 0: never. */
  readonly stallMs: number;
  /** Ends it from outside. */
  readonly stop: AbortSignal;
}

type Ports = Pick<TaskPorts, 'commands' | 'clock' | 'cancellation'>;

/** Runs buildx once for a part of the plan, and relays it; a failed build is a result, not an exception. */
export async function tryPart(
  part: BuildPart,
  settings: BuildxSettings,
  relayed: RelayedPart,
  { stallMs, stop }: TryLimits,
  ports: Ports,
): Promise<TryResult> {
  const { clock, commands } = ports;
  const startedAt = clock.now();
  const watch = new StallWatch(relayed, stallMs, ports);
  const command = commandOf(part, settings, AbortSignal.any([stop, watch.stalled]));
  void watch.run();
  const ran = await commands.stream(command, (line) => {
    relayed.accept(line);
  });
  watch.end();
  relayed.end();
  const ms = clock.now() - startedAt;
  if (watch.failure !== undefined) return { result: 'failed', ms, failure: watch.failure };
  const result = resultOf(ran);
  return { result, ms, ...(result === 'failed' ? { failure: relayed.failureOf(ran) } : {}) };
}

function commandOf(
  { command: { args, env, cwd } }: BuildPart,
  { buildx, environment }: BuildxSettings,
  stop: AbortSignal,
): Command {
  // A build has no limit of its own: the step and the job have theirs.
  const command = { file: buildx.file, args, env: { ...environment, ...env }, timeoutMs: 0, stop };
  return cwd === undefined ? command : { ...command, cwd };
}

function resultOf(result: CommandResult): TryResult['result'] {
  if (result.ending.kind === 'cancelled') return 'canceled';
  if (result.ending.kind === 'stopped') return 'stopped';
  return succeeded(result) ? 'succeeded' : 'failed';
}

/** Ends a build of which nothing was heard for too long. */
class StallWatch {
  /** What it was at, once it is ended. */
  failure: OutcomeFailure | undefined;
  readonly #relayed: RelayedPart;
  readonly #limitMs: number;
  readonly #ports: Ports;
  readonly #stalled = new AbortController();
  #isOver = false;

  constructor(relayed: RelayedPart, limitMs: number, ports: Ports) {
    this.#relayed = relayed;
    this.#limitMs = limitMs;
    this.#ports = ports;
  }

  get stalled(): AbortSignal {
    return this.#stalled.signal;
  }

  end(): void {
    this.#isOver = true;
  }

  async run(): Promise<void> {
    const { clock, cancellation } = this.#ports;
    if (this.#limitMs === 0) return;
    for (;;) {
      const leftMs = this.#relayed.heardAt + this.#limitMs - clock.now();
      if (leftMs <= 0) break;
      await clock.sleep(leftMs);
      if (this.#isOver || cancellation.aborted) return;
    }
    this.failure = stallFailure(this.#limitMs, this.#relayed.lastActivity);
    this.#stalled.abort();
  }
}

function stallFailure(limitMs: number, activity: string): OutcomeFailure {
  return {
    kind: 'stalled',
    message: '',
    what: `Nothing was heard of the build for ${formatSeconds(limitMs)}, so it was ended; it was at ${activity}.`,
    change:
      'Look at the BuildKit daemon; if that step is silent for so long by nature, raise "stallTimeout" (0: no limit).',
    lastLines: [],
    lastWords: undefined,
  };
}
