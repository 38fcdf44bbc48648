import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  AddressInUseError,
  startDaemon,
  type Daemon,
} from '../../../../../scripts/lib/playground/daemon.ts';
import { onFreePort } from '../../../../../scripts/lib/playground/free-port.ts';
import { inheritedEnvironment } from '../../../../../scripts/lib/playground/inherited-environment.ts';
import { processesWith, startTimeOf } from '../../../../../scripts/lib/playground/process-table.ts';

/** A shell, or `tail -f`, stands for the daemon: these rules hold for any program. */
describe('A daemon', () => {
  let stateDir: string;

  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'daemon-'));
  });

  afterEach(() => rm(stateDir, { recursive: true }));

  it('is started when it says that it listens, marked, and ended by its stop', async () => {
    const daemon = await startTail();
    assert.deepEqual(processesWith('DAEMONLESS_PLAYGROUND', stateDir), [daemon.pid]);
    await daemon.stop();
    await daemon.stop();
    assert.equal(startTimeOf(daemon.pid), undefined);
  });

  it('that ends before it listens is told with its last words', async () => {
    await assert.rejects(start('echo no such option >&2; exit 2'), (error: Error) => {
      assert.match(error.message, /^registry "x" ended before it listened\./);
      assert.match(error.message, /Last lines of .*logs\/x\.log:\n {2}no such option/);
      return true;
    });
  });

  it('that finds the disk full is told with the folder and what is free', async () => {
    const starting = start('echo "write: no space left on device"; exit 1');
    await assert.rejects(starting, /disk is full: \/.*daemon-.* has \d+ MB free/);
  });

  it('gets another port when somebody took the first in between', async () => {
    const ports: number[] = [];
    const daemon = await onFreePort((port) => {
      ports.push(port);
      return ports.length < 3 ? start('echo address already in use; exit 1') : startTail();
    });
    await daemon.stop();
    assert.equal(new Set(ports).size, 3);
  });

  it('does not start when every port is taken, and says what it found', async () => {
    const starting = onFreePort(() => start('echo bind: address already in use; exit 1'));
    await assert.rejects(starting, (error: Error) => {
      assert.ok(error instanceof AddressInUseError);
      assert.match(error.message, /bind: address already in use/);
      return true;
    });
  });

  it('writes a log that only its owner reads, and sees only what it needs', async () => {
    assert.deepEqual(inheritedEnvironment({ PATH: '/bin', REGISTRY_HTTP_ADDR: ':1', TOKEN: 's' }), {
      PATH: '/bin',
    });
    const daemon = await startTail();
    const environment = await readFile(`/proc/${daemon.pid}/environ`, 'utf8');
    assert.doesNotMatch(environment, /\0(npm_|MOCHA|PWD)/);
    assert.equal((await stat(join(stateDir, 'logs', 'x.log'))).mode & 0o777, 0o600);
    await daemon.stop();
  });

  async function startTail(): Promise<Daemon> {
    const file = join(stateDir, 'words');
    await writeFile(file, 'listening\n');
    return run(['tail', '-f', file]);
  }

  function start(script: string): Promise<Daemon> {
    return run(['sh', '-c', script]);
  }

  function run(argv: [string, ...string[]]): Promise<Daemon> {
    return startDaemon({
      title: 'registry "x"',
      argv,
      environment: {},
      stateDir,
      logName: 'x',
      isolated: false,
      ready: /listening/,
    });
  }
});
