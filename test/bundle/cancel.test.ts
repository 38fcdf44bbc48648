import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentNodes } from '../../scripts/lib/agent-nodes.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { runBundle } from '../support/run-bundle.ts';
import { tripwires } from '../support/tripwires.ts';

/** SIGTERM follows 7.5 s after SIGINT (agent contract 5.3). */
const limitSeconds = 7;

const cancelAfterMs = 1500;

describe('a cancelled step', () => {
  before(builtTasks);

  for (const { name, path } of agentNodes()) {
    it(`ends by itself on ${name}, even when the program it waits for takes no notice`, async () => {
      const temp = await mkdtemp(join(tmpdir(), 'cancel-'));
      const wires = await tripwires(temp, "trap '' INT TERM; exec /bin/sleep 30");
      const result = await runBundle({
        task: 'SetupBuildkitBuilder',
        entry: 'main',
        temp,
        node: path,
        inputs: { endpoints: 'tcp://127.0.0.1:1' },
        environment: { PATH: wires.path },
        cancelAt: cancelAfterMs,
      });
      const started = await wires.started();
      await rm(temp, { recursive: true });
      assert.equal(started.length, 1, result.output);
      assert.equal(result.exitCode, 0, result.output);
      assert.ok(result.seconds < cancelAfterMs / 1000 + limitSeconds, String(result.seconds));
      assert.doesNotMatch(result.output, /type=error/);
    });
  }
});
