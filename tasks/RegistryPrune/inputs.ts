import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, allOf, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import type { Limits } from '../../src/core/prune/guard.ts';
import {
  type Matches,
  type Selection,
  readExpression,
  readSelection,
} from '../../src/core/prune/patterns.ts';
import type { ProtectedImages } from '../../src/core/prune/policy.ts';
import { readProtectedImages } from '../../src/core/prune/protected-images.ts';
import { readRules } from '../../src/core/prune/read-rules.ts';
import type { Rule } from '../../src/core/prune/rule.ts';
import type { InputValues } from '../../src/core/task/input-spec.ts';
import { undefinedVariable } from '../../src/core/task/undefined-variable.ts';
import type { taskInputs } from './inputs.generated.ts';
import { type RegistryPlace, readPlace } from './registry-place.ts';

export type Inputs = InputValues<typeof taskInputs>;

/** What the inputs say, read. */
export interface PruneRequest {
  readonly place: RegistryPlace;
  readonly repositories: Selection;
  readonly rules: readonly Rule[];
  readonly protectedTags: readonly Matches[];
  readonly protectedImages: ProtectedImages;
  readonly limits: Limits;
}

/** @param connected host of the service connection's registry; undefined without one */
export function parseInputs(inputs: Inputs, connected: string | undefined): Parsed<PruneRequest> {
  const place = readPlace(inputs.registryHost, connected);
  return allOf<PruneRequest>({
    place,
    repositories: readRepositories(inputs.repositories, place.ok ? place.value.host : undefined),
    rules: rulesOf(inputs.rules),
    protectedTags: expressions('protectedTags', inputs.protectedTags),
    protectedImages: readProtectedImages('protectedImages', inputs.protectedImages),
    limits: limitsOf(inputs),
  });
}

function rulesOf(text: string): Parsed<readonly Rule[]> {
  const undefinedOne = undefinedVariable('rules', text);
  return undefinedOne === undefined ? readRules(text) : rejected(undefinedOne);
}

/** People paste names with the registry in front, as in `docker pull`. */
function readRepositories(lines: readonly string[], host = ''): Parsed<Selection> {
  const where = 'repositories';
  const undefinedOnes = lines.flatMap((line) => undefinedVariable(where, line) ?? []);
  if (undefinedOnes.length > 0) return rejected(...undefinedOnes);
  const texts = lines.map((line) => line.replace(`${host}/`, ''));
  const elsewhere = texts.filter((text) => /^!?[^/]+[.:][^/]*\//.test(text));
  if (elsewhere.length > 0 && host !== '') {
    return rejected(...elsewhere.map((text) => otherRegistry(where, text, host)));
  }
  return readSelection(where, texts);
}

function otherRegistry(where: string, text: string, host: string): Problem {
  const what = `"${text}" seems to be in another registry than ${host}, which is the one to prune.`;
  return { where, what, change: 'Write the path alone, e.g. shop/orders.' };
}

function expressions(where: string, lines: readonly string[]): Parsed<readonly Matches[]> {
  const results = lines.map((line) => readExpression(where, line));
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  return parsed(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function limitsOf({ maxDeletePercent, maxDeletes, concurrency }: Inputs): Parsed<Limits> {
  const problems: Problem[] = [];
  if (maxDeletePercent > 100) {
    const what = `Expected a percentage, found ${maxDeletePercent}.`;
    problems.push({ where: 'maxDeletePercent', what, change: 'Write 0 to 100.' });
  }
  if (concurrency < 1 || concurrency > 64) {
    const what = `Expected 1 to 64, found ${concurrency}.`;
    problems.push({ where: 'concurrency', what, change: 'The default is 8.' });
  }
  return problems.length > 0 ? rejected(...problems) : parsed({ maxDeletePercent, maxDeletes });
}
