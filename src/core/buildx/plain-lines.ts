import { formatBytes, formatSeconds, shorten } from '../text/measures.ts';
import { cacheTrouble } from './cache-trouble.ts';
import { LogLines } from './log-lines.ts';
import type { ProgressEvent, StatusUpdate } from './rawjson.ts';
import { type Vertex, type VertexTable, wasCanceled, workedMs } from './vertex-table.ts';

const nameLimit = 240;
/** Shorter work, smaller transfers: not worth a line. */
const tellFromMs = 1000;
const tellFromBytes = 1_000_000;
const ofNoInterest =
  /^(\[internal\] load (build definition|\.dockerignore)|resolving provenance|\[auth\])/;

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

  accept(event: ProgressEvent): readonly string[] {
    const logs = event.logs.flatMap((chunk) => this.#logLines(chunk));
    const statuses = event.statuses.flatMap((status) => this.#statusLines(status));
    const digests = new Set(event.vertexes.map(({ digest }) => digest));
    const vertices = [...digests].flatMap((digest) => {
      const vertex = this.#vertices.find(digest);
      return vertex === undefined ? [] : this.#vertexLines(vertex);
    });
    return [...vertices, ...statuses, ...logs];
  }

  #logLines(chunk: Parameters<LogLines['accept']>[0]): readonly string[] {
    const vertex = this.#vertices.find(chunk.vertex);
    if (vertex === undefined) return [];
    const start = [...vertex.intervals.keys()].at(-1) ?? chunk.timestamp;
    return this.log.accept(chunk).map(({ text, timestampMs }) => {
      const seconds = ((timestampMs - start) / 1000).toFixed(2);
      return `${this.#prefix(vertex)} ${seconds} ${text}`.trimEnd();
    });
  }

  #statusLines(status: StatusUpdate): readonly string[] {
    const vertex = this.#vertices.find(status.vertex);
    const { id, started, completed, current } = status;
    if (vertex === undefined || started === undefined || completed === undefined) return [];
    const isPush = id.startsWith('pushing manifest for ');
    const tells = isPush || completed - started >= tellFromMs || current >= tellFromBytes;
    if (!tells || !this.#isNew(`${status.vertex} ${id}`)) return [];
    const bytes = current > 0 ? ` ${formatBytes(current)}` : '';
    return [`${this.#prefix(vertex)} ${id}${bytes} ${formatSeconds(completed - started)}`];
  }

  #vertexLines(vertex: Vertex): readonly string[] {
    if (vertex.number === undefined) return [];
    if (vertex.error === '' && ofNoInterest.test(vertex.name)) return [];
    const isFirst = this.#isNew(vertex.digest);
    const head = `#${vertex.number} ${shorten(withShortDigest(vertex.name), nameLimit)}`;
    if (isFirst && vertex.cached && vertex.error === '') return [`${head} CACHED`];
    const end = vertex.isRunning ? [] : this.#endLines(vertex);
    return [...(isFirst ? [head] : []), ...end];
  }

  #endLines(vertex: Vertex): readonly string[] {
    const prefix = this.#prefix(vertex);
    const rest = this.log.flush(vertex.digest).map(({ text }) => `${prefix} ${text}`);
    if (vertex.error !== '') return [...rest, `${prefix} ${troubleText(vertex)}`];
    const worked = workedMs(vertex);
    const tells = !vertex.cached && (vertex.step !== undefined || worked >= tellFromMs);
    const done = `DONE ${formatSeconds(worked)}`;
    return tells && this.#isNew(`${vertex.digest} ${done}`) ? [...rest, `${prefix} ${done}`] : rest;
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

/** Base images are resolved to digests, of which the first digits are enough to tell two apart. */
function withShortDigest(name: string): string {
  return name.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}/, '$1…');
}

function troubleText(vertex: Vertex): string {
  if (wasCanceled(vertex)) return 'CANCELED';
  if (cacheTrouble(vertex)?.kind === 'first-run') return 'no cache there yet: first run';
  return `ERROR ${vertex.error}`;
}
