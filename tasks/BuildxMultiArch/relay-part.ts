import { type BuildFailure, buildFailure } from '../../src/core/buildx/build-failure.ts';
import { eventOfPlatform, partPrefix } from '../../src/core/buildx/platform-events.ts';
import { type ProgressEvent, parseProgressLine } from '../../src/core/buildx/rawjson.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { LastLines } from '../../src/core/text/last-lines.ts';
import type { RelayedBuild } from './relay-build.ts';

const keptTexts = 200;

/** Why a build failed, with what it printed. */
export interface OutcomeFailure extends BuildFailure {
  /** Of the vertex that failed. */
  readonly lastLines: readonly string[];
  /** The one that says most. */
  readonly lastWords: string | undefined;
}

/** One of the builds of a step, or its only one. */
export class RelayedPart {
  /** The last lines that were no events. */
  readonly #texts = new LastLines(keptTexts);
  /** Epoch ms of the last line. */
  heardAt: number;
  readonly #build: RelayedBuild;
  readonly #platform: string | undefined;

  /** @param platform of one of several builds, which become one image */
  constructor(build: RelayedBuild, platform?: string) {
    this.#build = build;
    this.#platform = platform;
    this.heardAt = build.now();
  }

  accept(line: string): void {
    this.heardAt = this.#build.now();
    const event = parseProgressLine(line);
    if (event === undefined) this.#acceptText(line);
    else this.#build.acceptEvent(event, (told) => this.#ofPart(told));
  }

  #ofPart(event: ProgressEvent): ProgressEvent {
    return this.#platform === undefined ? event : eventOfPlatform(event, this.#platform);
  }

  /** Nothing more comes. */
  end(): void {
    this.#build.end(partPrefix(this.#platform));
  }

  /** Before it is tried again. */
  startOver(): void {
    this.#texts.clear();
    this.#build.forget(partPrefix(this.#platform));
  }

  /** What it was at when it was last heard of. */
  get lastActivity(): string {
    return this.#build.busyWith(this.#platform);
  }

  failureOf({ ending }: CommandResult): OutcomeFailure {
    const { table, plain } = this.#build;
    const told =
      ending.kind === 'signalled'
        ? [...this.#texts.all, `ERROR: buildx ended by ${ending.signal}`]
        : this.#texts.all;
    const failure = buildFailure(table, told, this.#platform);
    const { place: named, ...known } = failure;
    const { vertex } = known;
    const place = named && this.#build.placeOf(failure);
    return {
      ...known,
      ...(place === undefined ? {} : { place }),
      lastLines: vertex === undefined ? [] : plain.log.tailOf(vertex.digest),
      lastWords: vertex === undefined ? undefined : plain.log.lastWordsOf(vertex.digest),
    };
  }

  /** The error itself is told at the end, with its cause. */
  #acceptText(line: string): void {
    this.#texts.push(line);
    if (line.trim() !== '' && !line.startsWith('ERROR: ')) this.#build.relay(line);
  }
}
