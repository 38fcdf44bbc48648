import * as v from 'valibot';
import type { Loading } from './loading.ts';
import { type MapNode, plain } from './node.ts';
import { project } from './schema/project.ts';
import { schemaProblems } from './schema-problems.ts';

/** The shape of a model; the result is thrown away, what is wrong is told. */
export function validate(model: MapNode, loading: Loading): void {
  const result = v.safeParse(project, plain(model));
  if (!result.success) loading.problems.push(...schemaProblems(result.issues, model));
}
