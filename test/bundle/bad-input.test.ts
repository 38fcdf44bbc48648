import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentNodes } from '../../scripts/lib/agent-nodes.ts';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';
import type { TaskInput } from '../../scripts/lib/task-json/task-json.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { type BundleRun, runBundle } from '../support/run-bundle.ts';
import { tripwires } from '../support/tripwires.ts';

const tasks = await readTasks('.');
const nodes = agentNodes();

/** The names that the error issues of a run begin with. */
function blamed({ output }: BundleRun): readonly string[] {
  const issues = output.matchAll(/^##vso\[task\.logissue type=error;[^\]]*\](\w+): /gm);
  return [...issues].map(([, name = '']) => name);
}

const isTyped = ({ type }: TaskInput): boolean => ['boolean', 'int', 'pickList'].includes(type);

describe('the Nodes of the agent', () => {
  it('are both here, so that what follows says something about both', function () {
    const found = nodes.map(({ name }) => name);
    if (found.length < 2) {
      process.stdout.write(`    only ${found.join()} is packaged for ${process.arch}\n`);
      this.skip();
    }
    assert.deepEqual(found, ['Node 20', 'Node 24']);
  });
});

for (const { name: node, path } of nodes) {
  for (const { name: task, json } of tasks) {
    describe(`${task} on ${node}`, () => {
      let temp = '';
      let wires: Awaited<ReturnType<typeof tripwires>>;

      before(builtTasks);

      beforeEach(async () => {
        temp = await mkdtemp(join(tmpdir(), 'bundle-'));
        wires = await tripwires(temp);
      });

      afterEach(() => rm(temp, { recursive: true }));

      const run = (entry: 'main' | 'cleanup', inputs: Record<string, string> = {}) =>
        runBundle({ task, entry, temp, inputs, node: path, environment: { PATH: wires.path } });

      const assertFailed = async (result: BundleRun): Promise<void> => {
        assert.equal(result.exitCode, 0, result.output);
        assert.match(result.output, /^##vso\[task\.complete result=Failed;\]/m);
        assert.deepEqual(await wires.started(), []);
      };

      it('names every malformed input at once and starts nothing', async () => {
        const typed = json.inputs.filter(isTyped).map(({ name }) => name);
        const result = await run('main', Object.fromEntries(typed.map((name) => [name, 'x!'])));
        // What is missing besides is told as well.
        const named = blamed(result).filter((name) => typed.includes(name));
        assert.deepEqual(named.sort(), [...typed].sort(), result.output);
        await assertFailed(result);
      });

      const required = json.inputs.filter((input) => input.required === true);
      if (required.length > 0) {
        it('names every required input that is missing and starts nothing', async () => {
          const result = await run('main');
          const names = required.map((input) => input.name);
          assert.deepEqual(
            blamed(result).filter((name) => names.includes(name)),
            names,
          );
          await assertFailed(result);
        });
      }

      if (json.postjobexecution !== undefined) {
        it('ends its post-job step well when the main step was skipped', async () => {
          const result = await run('cleanup');
          assert.equal(result.exitCode, 0, result.output);
          assert.match(result.output, /^##vso\[task\.complete result=Succeeded;\]/m);
          assert.doesNotMatch(result.output, /logissue/);
          assert.deepEqual(await wires.started(), []);
        });
      }
    });
  }
}
