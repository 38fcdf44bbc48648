import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import * as v from 'valibot';
import { parse } from 'yaml';
import { chartFolder } from '../support/chart.ts';

const question = v.looseObject({ variable: v.string(), default: v.unknown() });
const questionsFile = v.object({
  questions: v.array(
    v.looseObject({ ...question.entries, subquestions: v.optional(v.array(question), []) }),
  ),
});

describe("The questions of Rancher's form", () => {
  let questions: readonly v.InferOutput<typeof question>[];
  let values: unknown;

  before(async () => {
    const read = async (name: string): Promise<unknown> =>
      parse(await readFile(join(chartFolder, name), 'utf8'));
    const file = v.parse(questionsFile, await read('questions.yaml'));
    questions = file.questions.flatMap((one) => [one, ...one.subquestions]);
    values = await read('values.yaml');
  });

  it('ask for values that there are, with the defaults that they have', () => {
    for (const { variable, default: shown } of questions) {
      const value = variable.split('.').reduce<unknown>((held, key) => {
        const found = v.safeParse(v.looseObject({}), held);
        return found.success ? found.output[key] : undefined;
      }, values);
      assert.deepEqual(value, shown, variable);
    }
  });
});
