import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { agentNodes } from '../../scripts/lib/agent-nodes.ts';
import { largeCompose } from '../../scripts/lib/bench/large-compose.ts';
import { builtTasks } from '../support/built-tasks.ts';

/** Node itself takes about 50 MB beside its heap; a step shall stay below 150. */
const heapMb = 64;
const services = 200;

describe(`a compose file of ${services} services`, () => {
  let temp: string;

  before(async () => {
    await builtTasks();
    temp = await mkdtemp(join(tmpdir(), 'large-'));
    await writeFile(join(temp, 'compose.yaml'), largeCompose(services));
  });

  after(() => rm(temp, { recursive: true, force: true }));

  for (const { name, path } of agentNodes()) {
    it(`is loaded and planned within a heap of ${heapMb} MB, on ${name}`, async () => {
      const env = {
        ...{ AGENT_TEMPDIRECTORY: temp, AGENT_VERSION: '4.265.1', INPUT_COMMAND: 'up' },
        ...{ INPUT_COMPOSEFILE: join(temp, 'compose.yaml'), INPUT_DRYRUN: 'true' },
        ...{ INPUT_PULL: 'missing', INPUT_PORTS: 'random', INPUT_MAXPARALLEL: '2' },
        ...{ INPUT_WAITTIMEOUT: '60', INPUT_OVERALLTIMEOUT: '60', INPUT_STOPTIMEOUT: '2' },
        ...{ INPUT_LOGS: 'never', INPUT_PODMANARGUMENTS: `--root ${temp}/a --runroot ${temp}/b` },
      };
      const args = [`--max-old-space-size=${heapMb}`, 'tasks/PodmanServices/dist/main.cjs'];
      const { stdout } = await execa(path, args, { env, reject: false });
      assert.match(stdout, /task\.complete result=Succeeded/, stdout.slice(-2_000));
      assert.equal(stdout.match(/ run --detach /g)?.length, services);
    });
  }
});
