import type { SourcePlace } from '../errors.ts';
import { cacheTrouble } from './cache-trouble.ts';
import { type FailureCause, failureCause } from './failure-cause.ts';
import { type Vertex, type VertexTable, wasCanceled } from './vertex-table.ts';

/** Why a build failed, from its events and the plain text at its end. */
export interface BuildFailure extends FailureCause {
  /** File name as BuildKit knows it, e.g. Dockerfile, and line. */
  readonly place?: SourcePlace;
  /** The vertex that failed, whose last lines tell more. */
  readonly vertex?: Vertex;
  readonly platform?: string;
  /** Of a bake, where buildx names it. */
  readonly target?: string;
}

/**
 * @param texts the lines that were no events
 * @param part the platform of the one of several builds that failed
 */
export function buildFailure(
  table: VertexTable,
  texts: readonly string[],
  part?: string,
): BuildFailure {
  const vertex = failedVertex(table.ofPart(part));
  const platform = vertex === undefined ? undefined : table.platformOf(vertex);
  const place = dockerfilePlace(texts);
  const { target, message = vertex?.error ?? 'buildx told no reason' } = lastError(texts);
  return {
    ...failureCause(message, vertex?.step, platform),
    ...(place === undefined ? {} : { place }),
    ...(vertex === undefined ? {} : { vertex }),
    ...(platform === undefined ? {} : { platform }),
    ...(target === undefined ? {} : { target }),
  };
}

/** The first to fail; the others were cancelled because of it. */
function failedVertex(vertices: readonly Vertex[]): Vertex | undefined {
  const failed = vertices.filter(
    (vertex) => vertex.error !== '' && !wasCanceled(vertex) && cacheTrouble(vertex) === undefined,
  );
  return failed.find(({ step }) => step !== undefined) ?? failed.at(-1);
}

/** buildx shows the lines of the Dockerfile under `NAME:LINE`, the first of them being the instruction's. */
function dockerfilePlace(texts: readonly string[]): SourcePlace | undefined {
  const at = texts.findIndex((line, n) => /:\d+$/.test(line) && /^-{8,}$/.test(texts[n + 1] ?? ''));
  const [, path, line] = /^(.+):(\d+)$/.exec(texts[at] ?? '') ?? [];
  return path === undefined ? undefined : { path, line: Number(line) };
}

function lastError(texts: readonly string[]): {
  readonly target?: string;
  readonly message?: string;
} {
  const line = texts.findLast((text) => text.startsWith('ERROR: '));
  const [, target, message] =
    /^ERROR: (?:failed to build: )?(?:target (\S+): )?(?:failed to solve: )?(.*)$/s.exec(
      line ?? '',
    ) ?? [];
  return {
    ...(target === undefined ? {} : { target }),
    ...(message === undefined ? {} : { message }),
  };
}
