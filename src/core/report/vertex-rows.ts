import type { StatusUpdate } from '../buildx/rawjson.ts';
import { outcomeOf } from '../buildx/progress.ts';
import type { Vertex, VertexTable } from '../buildx/vertex-table.ts';
import type { Interval } from './intervals.ts';
import { phaseOf } from './phase.ts';
import type { ReportedVertex } from './report-steps.ts';

const digits = 16;

/** A vertex for the report, with what only its phases need. */
export interface VertexRow {
  readonly vertex: ReportedVertex;
  /** When it pushed. */
  readonly pushes: readonly Interval[];
}

/** The vertices that showed a sign of life or are instructions, in the order of the first sign. */
export function vertexRows(table: VertexTable): readonly VertexRow[] {
  const vertices = orderedVertices(table);
  const places = new Map(vertices.map(({ digest }, at) => [digest, at]));
  const starts = vertices.flatMap(({ intervals }) => [...intervals.keys()]);
  const origin = Math.min(...starts);
  return vertices.map((vertex) => {
    const statuses = table.statusesOf(vertex.digest);
    return { vertex: row(vertex, table, places, origin), pushes: pushes(statuses, origin) };
  });
}

/** The place of each vertex in the report, by its digest in the table. */
export function vertexPlaces(table: VertexTable): ReadonlyMap<string, number> {
  return new Map(orderedVertices(table).map(({ digest }, at) => [digest, at]));
}

function orderedVertices(table: VertexTable): readonly Vertex[] {
  return table.all
    .filter(({ number, step }) => number !== undefined || step !== undefined)
    .sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
}

function row(
  vertex: Vertex,
  table: VertexTable,
  places: ReadonlyMap<string, number>,
  origin: number,
): ReportedVertex {
  const { digest, name, inputs, intervals, error } = vertex;
  const platform = table.platformOf(vertex) ?? partOf(digest);
  const bytes = receivedBytes(table.statusesOf(digest));
  return {
    name,
    digest: digest.slice(digest.lastIndexOf(':') + 1).slice(0, digits),
    ...(platform === undefined ? {} : { platform }),
    phase: phaseOf(vertex),
    inputs: inputs.flatMap((input) => places.get(input) ?? []),
    outcome: outcomeOf(vertex),
    intervals: [...intervals].map(([from, to = from]) => [from - origin, to - origin]),
    ...(bytes === 0 ? {} : { bytes }),
    ...(error === '' ? {} : { error }),
  };
}

/** The one of several builds that a vertex belongs to (`eventOfPlatform`). */
function partOf(digest: string): string | undefined {
  return /^(\S+) /.exec(digest)?.[1];
}

/** Of layers and of the context; what is extracted was counted as it came. */
function receivedBytes(statuses: readonly StatusUpdate[]): number {
  return statuses
    .filter(({ id }) => /^(sha256:|transferring )/.test(id))
    .reduce((total, { current }) => total + current, 0);
}

function pushes(statuses: readonly StatusUpdate[], origin: number): readonly Interval[] {
  return statuses.flatMap(({ id, started, completed }): readonly Interval[] =>
    started !== undefined && completed !== undefined && id.startsWith('pushing ')
      ? [[started - origin, completed - origin]]
      : [],
  );
}
