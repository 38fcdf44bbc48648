import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import getPort from 'get-port';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { startBuildkitd } from '../../scripts/lib/playground/start-buildkitd.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { type SetupRun, setUp } from '../support/setup-runs.ts';

/** With 100 bytes a line, 100 MB on both streams together. */
const linesOfEachStream = 500_000;
const mostMegabytes = 150;
const filler = 'x'.repeat(88);

const noisy = `FROM busybox:1
RUN (yes ${filler} | head -n ${linesOfEachStream} | nl -w 7 -s ' out ') & (yes ${filler} | head -n ${linesOfEachStream} | nl -w 7 -s ' err ' >&2) & wait
RUN echo "##vso[task.setvariable variable=stolen]yes"
`;

describe('BuildxMultiArch with a very long log', function () {
  this.timeout(600_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let daemon: Daemon;
  let attached: SetupRun;

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [],
      registries: [],
    }));
    const url = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
    // BuildKit clips what a step prints unless told otherwise (util/progress/logs/logs.go).
    const unclipped = { BUILDKIT_STEP_LOG_MAX_SIZE: '-1', BUILDKIT_STEP_LOG_MAX_SPEED: '-1' };
    const { mirrorHost } = playground;
    daemon = await startBuildkitd('log', folder, ['--addr', url], {
      environment: unclipped,
      mirrorHost,
    });
    attached = await setUp({ folder, inputs: { endpoints: url } });
    assert.equal(attached.exitCode, 0, attached.output);
  });

  after(async () => {
    await daemon.stop();
    await remove();
  });

  it('relays 100 MB in bounded memory, loses no line, keeps the order of each stream, and runs no command in it', async () => {
    const sources = join(folder, 'sources');
    const temp = await mkdtemp(join(folder, 'temp-'));
    await mkdir(sources);
    await writeFile(join(sources, 'Dockerfile'), noisy);
    const child = spawn(process.execPath, ['tasks/BuildxMultiArch/dist/main.cjs'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...attached.environment,
        ...{ INPUT_PUSH: 'false', INPUT_DOCKERFILE: 'Dockerfile', INPUT_RETRIES: '0' },
        ...{ INPUT_STALLTIMEOUT: '0', BUILD_SOURCESDIRECTORY: sources, INPUT_TAGS: '1' },
        ...{ AGENT_TEMPDIRECTORY: temp, AGENT_VERSION: '4.265.1' },
      },
    });
    const ended = once(child, 'exit');
    const seen = { out: 0, err: 0 };
    let peak = 0;
    let stolen = false;
    const others: string[] = [];
    const watch = setInterval(() => {
      peak = Math.max(peak, peakMegabytes(child.pid ?? 0));
    }, 100);
    for await (const line of createInterface({ input: child.stdout })) {
      stolen ||= line.startsWith('##vso[task.setvariable variable=stolen');
      const [, number, stream] = / (\d+) (out|err) x{88}$/.exec(line) ?? [];
      if (stream !== 'out' && stream !== 'err') {
        if (others.length < 200) others.push(line);
        continue;
      }
      seen[stream] += 1;
      assert.equal(Number(number), seen[stream], `${stream}, after ${seen[stream] - 1}`);
    }
    clearInterval(watch);
    await ended;
    assert.deepEqual(seen, { out: linesOfEachStream, err: linesOfEachStream }, others.join('\n'));
    assert.ok(!stolen);
    assert.ok(others.some((line) => line.includes('##_vso[task.setvariable variable=stolen]')));
    assert.ok(peak > 0 && peak < mostMegabytes, `${peak} MB at its peak`);
    process.stdout.write(`      peak of the task's process: ${peak} MB\n`);
  });
});

/** The largest resident size that a process ever had (proc(5), VmHWM); 0 once it is gone. */
function peakMegabytes(pid: number): number {
  try {
    const [, kilobytes] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
