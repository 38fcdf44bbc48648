import type { ProgressEvent, StatusUpdate, VertexUpdate } from './rawjson.ts';
import { forgetKeys, partPrefix } from './platform-events.ts';
import { Statuses } from './statuses.ts';
import { type StepName, parseStepName } from './step-name.ts';

/** One step of the build graph, as known so far. */
export interface Vertex {
  readonly digest: string;
  /** On one line. */
  readonly name: string;
  /** Undefined for what is no instruction of the Dockerfile. */
  readonly step: StepName | undefined;
  readonly inputs: readonly string[];
  /** From 1, in the order of first signs of life; undefined before. */
  readonly number: number | undefined;
  /** When it worked, in epoch ms by its start; it may start again, e.g. to extract after fetching. */
  readonly intervals: ReadonlyMap<number, number | undefined>;
  readonly cached: boolean;
  readonly error: string;
  readonly isRunning: boolean;
}

/** The vertices of a build by digest, fed by its events in order. */
export class VertexTable {
  readonly #vertices = new Map<string, Vertex>();
  readonly #statuses = new Statuses();
  #started = 0;
  #namesPlatforms = false;

  accept({ vertexes, statuses }: ProgressEvent): void {
    for (const update of vertexes) this.#update(update);
    for (const status of statuses) this.#statuses.accept(status);
  }

  get all(): readonly Vertex[] {
    return [...this.#vertices.values()];
  }

  /** The vertices of one of several builds (`eventOfPlatform`), or all of them. */
  ofPart(platform: string | undefined): readonly Vertex[] {
    const prefix = partPrefix(platform);
    return this.all.filter(({ digest }) => digest.startsWith(prefix));
  }

  /** Before a build is tried again; numbers go on. */
  forget(prefix: string): void {
    forgetKeys(this.#vertices, prefix);
    this.#statuses.forget(prefix);
  }

  find(digest: string): Vertex | undefined {
    return this.#vertices.get(digest);
  }

  /** What a running vertex is busy with, e.g. `pushing layers`. */
  activityOf(digest: string): StatusUpdate | undefined {
    return this.#statuses.openOf(digest);
  }

  /** The parts of its work, running or ended. */
  statusesOf(digest: string): readonly StatusUpdate[] {
    return this.#statuses.of(digest);
  }

  /** The platform in its name, or the one that all it is made from have. */
  platformOf(vertex: Vertex): string | undefined {
    if (!this.#namesPlatforms) return undefined;
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (one: Vertex): void => {
      seen.add(one.digest);
      if (one.step?.platform !== undefined) found.add(one.step.platform);
      else
        this.#inputsOf(one)
          .filter((input) => !seen.has(input.digest))
          .forEach(visit);
    };
    visit(vertex);
    return found.size === 1 ? [...found][0] : undefined;
  }

  #inputsOf({ inputs }: Vertex): readonly Vertex[] {
    return inputs.flatMap((digest) => this.#vertices.get(digest) ?? []);
  }

  #update(update: VertexUpdate): void {
    const known = this.#vertices.get(update.digest);
    const name = update.name.replace(/\s+/g, ' ').trim();
    const step = parseStepName(name);
    this.#namesPlatforms ||= step?.platform !== undefined;
    this.#vertices.set(update.digest, {
      digest: update.digest,
      name,
      step,
      inputs: update.inputs,
      number: known?.number ?? this.#numberOf(update),
      intervals: intervalsWith(update, known),
      cached: update.cached || (known?.cached ?? false),
      error: update.error,
      isRunning: update.started !== undefined && update.completed === undefined,
    });
  }

  #numberOf({ started }: VertexUpdate): number | undefined {
    return started === undefined ? undefined : ++this.#started;
  }
}

/** Stopped because another one failed, or the whole build was cancelled. */
export function wasCanceled({ error }: Pick<Vertex, 'error'>): boolean {
  return error.includes('context canceled');
}

function intervalsWith(
  { started, completed }: VertexUpdate,
  known: Vertex | undefined,
): ReadonlyMap<number, number | undefined> {
  const intervals = new Map(known?.intervals);
  if (started !== undefined) intervals.set(started, completed ?? intervals.get(started));
  return intervals;
}

/** Milliseconds of work, overlaps counted once; unfinished work counts nothing. */
export function workedMs({ intervals }: Vertex): number {
  const sorted = [...intervals].sort(([a], [b]) => a - b);
  let total = 0;
  let end = -Infinity;
  for (const [from, to = from] of sorted) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return total;
}
