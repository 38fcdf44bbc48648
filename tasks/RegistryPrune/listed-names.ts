import * as v from 'valibot';

const names = v.fallback(v.nullish(v.array(v.string()), []), []);
const page = v.pipe(v.string(), v.parseJson(), v.object({ repositories: names, tags: names }));

/** The names on a page of a list; distribution says `"tags": null` of an emptied repository. */
export function namesIn(body: string, field: 'repositories' | 'tags'): readonly string[] {
  const result = v.safeParse(page, body);
  return result.success ? result.output[field] : [];
}
