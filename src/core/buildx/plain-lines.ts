import { formatBytes, formatSeconds, shorten } from '../text/measures.ts';
import { cacheTrouble } from './cache-trouble.ts';
import { LogLines } from './log-lines.ts';
import { forgetKeys } from './platform-events.ts';
import type { ProgressEvent, StatusUpdate } from './rawjson.ts';
import { isUserStep } from './step-name.ts';
import { type Vertex, type VertexTable, wasCanceled, workedMs } from './vertex-table.ts';

const nameLimit = 160;
/** Shorter work, smaller transfers: not worth a line. */
const tellFromMs = 1000;
const tellFromBytes = 1_000_000;
/** Platform and target may stand first in the brackets. */
const ofNoInterest = new RegExp(
  [
    String.raw`^\[(\S+ )*internal\] load (build definition|\.dockerignore|local bake definitions)`,
    String.raw`^\[(\S+ )?context \S+\] load \.dockerignore`,
    String.raw`^(\[[^\]]*\] )?resolving provenance`,
    String.raw`^\[(\S+ )*auth\]`,
  ].join('|'),
);

/**
 * A build as lines for people, in the manner of docker's plain progress: `#7 [build 3/6] RUN …`, then
 * `#7 0.31 what it prints` and `#7 DONE 1.2 s`. With several platforms each line says which one.
 */
export class PlainLines {
  readonly log = new LogLines();
  readonly #vertices: VertexTable;
  readonly #told = new Set<string>();

  /** The table is fed before this. */
  constructor(vertices: VertexTable) {
    this.#vertices = vertices;
  }

  /** Beginnings come before and ends after what the same event tells of the work between. */
  accept(event: ProgressEvent): readonly string[] {
    const digests = new Set(event.vertexes.map(({ digest }) => digest));
    const vertices = [...digests].flatMap((digest) => this.#vertices.find(digest) ?? []);
    const told = vertices.filter(isOfInterest);
    return [
      ...told.flatMap((vertex) => this.#head(vertex)),
      ...event.statuses.flatMap((status) => this.#statusLines(status)),
      ...event.logs.flatMap((chunk) => this.#logLines(chunk)),
      ...told.filter(({ isRunning }) => !isRunning).flatMap((vertex) => this.#endLines(vertex)),
    ];
  }

  /** Before a build is tried again: all is told anew. */
  forget(prefix: string): void {
    forgetKeys(this.#told, prefix);
    this.log.forget(prefix);
  }

  /**
   * Once nothing more comes: lines that were left without an end. Not at the end of their vertex, because BuildKit may
   * send the rest of its output after that.
   */
  end(prefix: string): readonly string[] {
    const vertices = this.#vertices.all.filter(({ digest }) => digest.startsWith(prefix));
    return vertices.flatMap((vertex) =>
      this.log.flush(vertex.digest).map(({ text }) => `${this.#prefix(vertex)} ${text}`),
    );
  }

  #logLines(chunk: Parameters<LogLines['accept']>[0]): readonly string[] {
    const vertex = this.#vertices.find(chunk.vertex);
    if (vertex === undefined) return [];
    const start = [...vertex.intervals.keys()].at(-1) ?? chunk.timestamp;
    // Once for all lines of the piece: there may be ten thousand.
    const seconds = ((chunk.timestamp - start) / 1000).toFixed(2);
    const head = `${this.#prefix(vertex)} ${seconds}`;
    return this.log.accept(chunk).map(({ text }) => `${head} ${text}`.trimEnd());
  }

  #statusLines(status: StatusUpdate): readonly string[] {
    const vertex = this.#vertices.find(status.vertex);
    const { id, started, completed, current } = status;
    if (vertex === undefined || started === undefined || completed === undefined) return [];
    const isPush = id.startsWith('pushing manifest for ');
    const tells = isPush || completed - started >= tellFromMs || current >= tellFromBytes;
    if (!tells || !this.#isNew(`${status.vertex} ${id}`)) return [];
    const bytes = current > 0 ? ` ${formatBytes(current)}` : '';
    const what = isPush ? id : withShortDigest(id);
    return [`${this.#prefix(vertex)} ${what}${bytes} ${formatSeconds(completed - started)}`];
  }

  #head(vertex: Vertex): readonly string[] {
    if (!this.#isNew(vertex.digest)) return [];
    const head = `#${vertex.number ?? 0} ${shorten(withShortDigest(vertex.name), nameLimit)}`;
    return [vertex.cached && vertex.error === '' ? `${head} CACHED` : head];
  }

  #endLines(vertex: Vertex): readonly string[] {
    const prefix = this.#prefix(vertex);
    if (vertex.error !== '') return [`${prefix} ${troubleText(vertex)}`];
    const worked = workedMs(vertex);
    const isUsers = vertex.step !== undefined && isUserStep(vertex.step);
    const tells = !vertex.cached && (isUsers || worked >= tellFromMs);
    const done = `DONE ${formatSeconds(worked)}`;
    return tells && this.#isNew(`${vertex.digest} ${done}`) ? [`${prefix} ${done}`] : [];
  }

  #prefix(vertex: Vertex): string {
    const platform = this.#vertices.platformOf(vertex)?.replace(/^linux\//, '');
    return `#${vertex.number ?? 0}${platform === undefined ? '' : ` ${platform}`}`;
  }

  #isNew(key: string): boolean {
    const isNew = !this.#told.has(key);
    this.#told.add(key);
    return isNew;
  }
}

function isOfInterest({ number, name, error }: Vertex): boolean {
  return number !== undefined && (error !== '' || !ofNoInterest.test(name));
}

/** Base images are resolved to digests, of which the first digits are enough to tell two apart. */
function withShortDigest(name: string): string {
  return name.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/, '$1…');
}

function troubleText(vertex: Vertex): string {
  if (wasCanceled(vertex)) return 'CANCELED';
  if (cacheTrouble(vertex)?.kind === 'first-run') return 'no cache there yet: first run';
  return `ERROR ${vertex.error}`;
}
