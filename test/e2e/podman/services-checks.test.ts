import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mustRun, runTool } from '../../support/run-tool.ts';
import { type BundledStep, runBundledJob } from '../../support/services-bundle.ts';
import {
  type ServicesGround,
  leave,
  leaveOut,
  startServicesGround,
} from '../../support/services-ground.ts';
import { processesNaming } from '../../support/traces.ts';

/**
 * Everything that a check may see of its surroundings. Under the runtime alone it has the variable HOSTNAME, and its
 * group once more among its other groups, as the container's first process has.
 */
const facts = [
  'id -un; id -u; id -g; id -G | tr " " "\n" | grep -vx "$(id -g)" | sort',
  'pwd',
  'env | grep -v -e ^HOSTNAME= -e ^SHLVL= | sort',
  'grep -e Cap -e NoNewPrivs -e Seccomp: /proc/self/status',
  'ulimit -a',
  'cat /proc/self/cgroup /proc/self/oom_score_adj',
].join('; ');

/** What keeps a runtime from running containers here; undefined when nothing does. */
async function reasonAgainst(runtime: string): Promise<string | undefined> {
  const { exitCode } = await runTool([runtime, '--version'], { PATH: process.env['PATH'] ?? '' });
  if (exitCode !== 0) return `${runtime} is not installed`;
  const besideV1 = await readFile('/sys/fs/cgroup/unified/cgroup.controllers', 'utf8').catch(
    () => '',
  );
  return runtime === 'crun' && besideV1.trim() !== ''
    ? 'crun refuses cgroup v1 and v2 side by side'
    : undefined;
}

for (const runtime of ['runc', 'crun']) {
  describe(`PodmanServices checks health through ${runtime}`, function () {
    this.timeout(180_000);
    const byRuntime = new RegExp(
      `task\\.debug\\]\\S*${runtime} --root /run/${runtime} .* exec --pid-file`,
    );
    const byPodman = new RegExp(`podman --runtime ${runtime} exec `);
    let ground: ServicesGround;
    let job = 0;

    before(async function () {
      const reason = await reasonAgainst(runtime);
      if (reason !== undefined) leaveOut(this, reason);
      ground = await startServicesGround('root');
    });

    after(() => leave(ground));

    async function run(services: object): Promise<BundledStep> {
      job += 1;
      const inputs = { podmanArguments: `--runtime ${runtime}` };
      return runBundledJob(ground, { id: `check ${job}`, compose: { services }, inputs });
    }

    async function clear(step: BundledStep): Promise<void> {
      const post = await step.post('Failed');
      assert.equal(post.exitCode, 0, post.output);
      assert.deepEqual(await ground.left(), [], post.output);
    }

    for (const user of ['0', 'nobody', '1234:5678'] as const) {
      it(`with what podman exec gives a check, as user ${user}`, async () => {
        // Not the first time: that is Podman's where the runtime is crun.
        const script = `test -e /tmp/once || { touch /tmp/once; exit 1; }; (${facts}) > /tmp/facts`;
        const step = await run({
          one: {
            ...{ image: 'busybox:1', command: 'sleep 1000', user, working_dir: '/tmp' },
            ...{ environment: { WORDS: "two  words, a 'quote' and $$HOME", EMPTY: '' } },
            ...{ cap_add: ['NET_ADMIN'], cap_drop: ['CHOWN'], group_add: ['4321'] },
            healthcheck: { test: ['CMD-SHELL', script], interval: '1s' },
          },
        });
        assert.equal(step.main.exitCode, 0, step.main.output);
        assert.match(step.main.output, byRuntime);
        if (runtime === 'runc') assert.doesNotMatch(step.main.output, byPodman);
        const name = /variable=one\.container;[^\]]*\](\S+)/.exec(step.main.output)?.[1] ?? '';
        const exec = (...argv: string[]): Promise<string> =>
          mustRun(['podman', 'exec', name, ...argv], ground.playground.environment);
        const seen = await exec('cat', '/tmp/facts');
        assert.match(seen, /^WORDS=two {2}words, a 'quote' and \$HOME$/m);
        assert.equal(seen, await exec('/bin/sh', '-c', facts));
        await clear(step);
      });
    }

    it('believes the exit code of the check, and says what it printed, also beside a terminal', async () => {
      const step = await run({
        one: {
          ...{ image: 'busybox:1', command: 'sleep 1000', tty: true },
          healthcheck: { test: 'echo not yet; exit 255', interval: '1s', retries: 1 },
        },
      });
      assert.match(step.main.output, byRuntime);
      if (runtime === 'runc') assert.doesNotMatch(step.main.output, byPodman);
      assert.match(step.main.output, /is unhealthy after 1 failed.*check said: not yet\./);
      await clear(step);
    });

    it("tells in Podman's words that the command of a check does not exist", async () => {
      const step = await run({
        one: {
          ...{ image: 'busybox:1', command: 'sleep 1000' },
          healthcheck: { test: ['CMD', 'curly'], interval: '1s', retries: 1 },
        },
      });
      assert.match(step.main.output, /check said: .*executable file .*not found in \$PATH/);
      await clear(step);
    });

    it('kills a check that hangs with all its children, and leaves nothing of it', async () => {
      const hang = 'sleep 86123 & (sleep 86124 & sleep 86125; true) & trap "" TERM INT; wait; wait';
      const step = await run({
        one: {
          ...{ image: 'busybox:1', command: 'sleep 1000' },
          healthcheck: { test: ['CMD-SHELL', hang], interval: '1s', timeout: '1s', retries: 2 },
        },
      });
      assert.match(step.main.output, byRuntime);
      assert.match(step.main.output, /check said: no answer within 1 s, so it was killed/);
      assert.deepEqual(processesNaming('sleep\u00008612'), []);
      const record = [...step.main.taskVariables.values()][0] ?? '';
      const files = await readdir(dirname(record), { recursive: true });
      assert.ok(files.length > 0);
      assert.deepEqual(
        files.filter((path) => path.includes('check-')),
        [],
      );
      await clear(step);
    });
  });
}
