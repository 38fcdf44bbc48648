import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { before, describe, it } from 'mocha';
import { clusterObstacle } from '../../scripts/lib/cluster/obstacle.ts';
import { waitFor } from '../../scripts/lib/cluster/wait-for.ts';
import { clusterTraces } from '../support/cluster-traces.ts';

const program = fileURLToPath(new URL('../support/cluster-parent.ts', import.meta.url));

describe('A cluster whose program ends without stopping it', function () {
  this.timeout(180_000);

  before(async function () {
    if ((await clusterObstacle()) !== undefined) this.skip();
  });

  it('leaves nothing after Ctrl+C and after SIGKILL, also of two side by side', async () => {
    await Promise.all([endedBy('SIGINT'), endedBy('SIGKILL')]);
    assert.deepEqual(clusterTraces(), []);
  });
});

/** Starts a cluster in a program of its own, which is ended half-way; returns once its folder is gone. */
async function endedBy(signal: NodeJS.Signals): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-ended-'));
  const stateDir = join(folder, 'state');
  const parent = spawn(process.execPath, ['--import', 'tsx', program, stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await lineOf(parent.stdout, /control plane runs/);
    assert.notDeepEqual(clusterTraces(), []);
    parent.kill(signal);
    await once(parent, 'exit');
    await waitFor('the end of the cluster', 30, () => !existsSync(stateDir));
  } finally {
    parent.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws Error when the output ends without it */
async function lineOf(output: NodeJS.ReadableStream, pattern: RegExp): Promise<void> {
  for await (const line of createInterface({ input: output })) if (pattern.test(line)) return;
  throw new Error(`The program ended without a line of ${String(pattern)}.`);
}
