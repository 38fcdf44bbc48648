import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from '../../scripts/lib/playground/daemon.ts';
import { processesNaming } from '../support/traces.ts';

/** So many that the kernel takes a moment to end them. */
const children = 150;

describe('A daemon of a playground', () => {
  let stateDir: string;

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'daemon-'));
  });

  after(() => rm(stateDir, { recursive: true, force: true }));

  it('is stopped once nothing of it runs, though it listens to no signal', async () => {
    const endless = `77${process.pid}`;
    const script = `trap "" TERM; for at in $(seq ${children}); do sleep ${endless} & done; echo ready; wait`;
    const daemon = await startDaemon({
      ...{ title: 'stubborn', logName: 'stubborn', argv: ['sh', '-c', script] },
      ...{ environment: {}, stateDir, isolated: true, ready: /ready/ },
    });
    assert.ok(processesNaming(`sleep\x00${endless}`).length > 0);
    await daemon.stop();
    assert.deepEqual(processesNaming(`sleep\x00${endless}`), []);
  });
});
