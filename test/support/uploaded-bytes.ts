import * as v from 'valibot';

const lineSchema = v.object({
  statuses: v.array(
    v.object({ id: v.string(), current: v.optional(v.number(), 0), total: v.optional(v.number()) }),
  ),
});

/** Bytes of the build context that buildx sent, from the lines of `--progress=rawjson`. */
export function uploadedBytes(rawjson: string): number {
  const most = rawjson
    .split('\n')
    .flatMap(statusesIn)
    .filter(({ id }) => /^transferring context/.test(id))
    .map(({ current }) => current);
  return Math.max(0, ...most);
}

function statusesIn(line: string) {
  try {
    const result = v.safeParse(lineSchema, JSON.parse(line));
    return result.success ? result.output.statuses : [];
  } catch {
    return [];
  }
}
