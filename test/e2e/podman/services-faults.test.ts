import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, until } from '../../support/run-tool.ts';
import { runBundledJob } from '../../support/services-bundle.ts';
import {
  type ServicesGround,
  leave,
  skipWithoutLimits,
  skipWithoutPlainUser,
  startServicesGround,
} from '../../support/services-ground.ts';

const idle = { image: 'busybox:1', command: 'sleep 1000' };
const shell = (script: string) => ({ image: 'busybox:1', command: ['sh', '-c', script] });
const healthy = { condition: 'service_healthy' };

/** A server that takes connections and never answers. */
async function listenInSilence(): Promise<{ port: number; close: () => void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = (): void => {
    server.close();
    // Nobody reads from them, so that they would not notice their end, and keep this process alive.
    sockets.forEach((socket) => socket.destroy());
  };
  return { port: address.port, close };
}

for (const as of ['root', 'plain user'] as const) {
  describe(`PodmanServices in trouble, as ${as}`, function () {
    this.timeout(180_000);
    let ground: ServicesGround;
    let job = 0;

    before(async function () {
      if (as === 'plain user') await skipWithoutPlainUser(this);
      const credentials = { username: 'ci', password: 'hunter2' };
      ground = await startServicesGround(as, [{ name: 'private', credentials }]);
    });

    after(() => leave(ground));

    async function run(services: object, inputs: Readonly<Record<string, string>> = {}) {
      job += 1;
      return runBundledJob(ground, { id: `job ${job}`, compose: { services }, inputs });
    }

    async function clear(step: Awaited<ReturnType<typeof run>>, status: 'Succeeded' | 'Failed') {
      const post = await step.post(status);
      assert.equal(post.exitCode, 0, post.output);
      assert.deepEqual(await ground.left(), [], post.output);
      return post.output;
    }

    // Whose Podman it is makes no difference to a registry that is waited for, or to logs; only root can mount a small disk.
    if (as === 'root') {
      it('names the registry that wants a login, and the one that never answers', async () => {
        const { port, close } = await listenInSilence();
        const { host } = ground.playground.registry('private');
        const step = await run({
          a: { image: `${host}/a:1` },
          b: { image: `127.0.0.1:${port}/b:1` },
        });
        close();
        assert.match(
          step.main.output,
          /type=error[^\n]*compose\.yaml:2: The image \S+\/a:1 could not be pulled.*"registries"/,
        );
        assert.match(
          step.main.output,
          /compose\.yaml:4: The image 127\S+\/b:1 could not be pulled: its registry did not answer within 20 s/,
        );
        await clear(step, 'Failed');
      });

      it('keeps lines of 10 MB whole, both streams apart, and a flood within bounds', async () => {
        const long = 'head -c 10000000 /dev/zero | tr "\\0" x; echo; sleep 1; echo oops >&2';
        const flood = 'yes "$$(head -c 500 /dev/zero | tr "\\0" y)" | head -c 500000000';
        const done = { healthcheck: { test: 'test -f /tmp/done', interval: '1s', retries: 600 } };
        const step = await run(
          {
            long: { ...shell(`${long}; touch /tmp/done; sleep 1000`), ...done },
            flood: {
              ...shell(`${flood}; echo; sleep 1; echo the last line; touch /tmp/done; sleep 1000`),
              ...done,
            },
          },
          { logs: 'always', logFolder: join(ground.folder, `agent/logs`), waitTimeout: '150' },
        );
        assert.doesNotMatch(step.main.output, /type=error/);
        const output = await clear(step, 'Succeeded');
        const file = (name: string): string => join(ground.folder, 'agent/logs', name);
        assert.equal((await readFile(file('long.stdout.log'), 'utf8')).trim().length, 10_000_000);
        assert.equal(await readFile(file('long.stderr.log'), 'utf8'), 'oops\n');
        assert.ok((await stat(file('flood.stdout.log'))).size < 60_000_000);
        assert.match(output, /^the last line$/m);
        assert.match(output, /^##\[group\]Log of long .*\n(.*\n)*Standard error:\noops$/m);
        assert.match(output, /^##vso\[task\.uploadfile\].*flood\.stdout\.log$/m);
        assert.ok(output.length < 1_000_000);
      });

      it('says that the disk of Podman is full', async () => {
        const disk = join(ground.folder, 'small');
        await mkdir(disk);
        await mustRun(
          ['mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk],
          ground.playground.environment,
        );
        try {
          const step = await run({ a: idle }, { podmanArguments: `--root ${disk}/root` });
          assert.match(
            step.main.output,
            /type=error[^\n]*compose\.yaml:2: The image \S+ could not be pulled.*no space left on device.*Free some with podman system prune/,
          );
          await clear(step, 'Failed');
        } finally {
          await mustRun(['umount', '--lazy', disk], ground.playground.environment);
        }
      });
    }

    it('names the port that is taken', async () => {
      const { port, close } = await listenInSilence();
      const step = await run(
        { web: { ...idle, ports: [`127.0.0.1:${port}:80`] } },
        { ports: 'asDeclared' },
      );
      close();
      assert.match(
        step.main.output,
        /type=error.*address already in use[^]*Another process has the port/,
      );
      await clear(step, 'Failed');
    });

    it('tells that a service was killed, as it is when memory runs out', async () => {
      const step = await run({
        db: {
          ...shell('sleep 1; echo so full; kill -9 $$$$'),
          healthcheck: { test: 'false' },
        },
        api: { ...idle, depends_on: { db: healthy } },
      });
      const story =
        /Service db ended before it was healthy\. Its container: exited with exit code 137 \(killed by SIGKILL, as the kernel does when memory runs out\)\. .*Waiting for it: api\./;
      assert.match(step.main.output, story);
      assert.match(step.main.output, /^ {2}so full$/m);
      await clear(step, 'Failed');
    });

    const limited = (script: string) => ({ ...shell(script), mem_limit: '32m' });

    if (as === 'root') {
      it('says that a service was killed at its limit of memory, and what to do', async function () {
        await skipWithoutLimits(this, ground);
        const step = await run({
          db: { ...limited('echo filling up; tail /dev/zero'), healthcheck: { test: 'false' } },
          api: { ...idle, depends_on: { db: healthy } },
        });
        assert.match(
          step.main.output,
          /Service db ended before it was healthy\. Its container: exited with exit code 137 \(out of memory: it met its limit of 32 MiB\)\..*Waiting for it: api\. Raise its mem_limit/,
        );
        assert.match(step.main.output, /^ {2}filling up$/m);
        // conmon writes this file where Podman was called.
        await assert.rejects(stat('oom'), { code: 'ENOENT' });
        await clear(step, 'Failed');
      });

      it('says it of the tests, and of a service that is killed while they run', async function () {
        await skipWithoutLimits(this, ground);
        const greedy = 'sleep 2; tail /dev/zero';
        const step = await run(
          {
            db: limited(greedy),
            tests: { ...limited('sleep 3; tail /dev/zero'), depends_on: ['db'] },
          },
          { testService: 'tests' },
        );
        const ends =
          /Service db ended at \S+ UTC, after it was ready: exited with exit code 137 \(out of memory: it met its limit of 32 MiB\)\. Raise its mem_limit/;
        assert.match(
          step.main.output,
          /type=error.*The test service tests ended with exit code 137\. Its container: exited with exit code 137 \(out of memory: it met its limit of 32 MiB\)\. Raise its mem_limit/,
        );
        assert.match(step.main.output, ends);
        assert.match(await clear(step, 'Failed'), ends);
      });
    } else {
      it('says that a limit has no effect where a plain user has none', async function () {
        const step = await run({ db: { ...limited('sleep 1000'), cpus: 0.5 } });
        assert.equal(step.main.exitCode, 0, step.main.output);
        if (!step.main.output.includes('cgroups v1')) this.skip();
        assert.match(
          step.main.output,
          /type=warning.*compose\.yaml:2: services\.db has limits that this agent cannot hold: --memory 33554432b, --cpus 0\.5\./,
        );
        assert.match(
          step.main.output,
          /No limits of memory, cpu, cpuset, pids for containers, because a plain user has none on cgroups v1\./,
        );
        assert.doesNotMatch(step.main.output, /--memory 33554432b --/);
        await clear(step, 'Succeeded');
      });
    }

    it('removes a service that ignores every signal', async () => {
      const stubborn = shell('trap "" TERM INT HUP; while true; do sleep 1; done');
      const step = await run({ stubborn: { ...stubborn, init: false } }, { stopTimeout: '1' });
      assert.doesNotMatch(step.main.output, /type=error/);
      await clear(step, 'Succeeded');
    });

    it('says at the end that a service died while the job still counted on it', async () => {
      const step = await run({ db: shell('sleep 2; echo out of luck; exit 3'), web: idle });
      const name = /--name (\S+-db) /.exec(step.main.output)?.[1] ?? '';
      const environment = { ...(ground.user?.environment ?? ground.playground.environment) };
      const launcher = ground.user?.launcher ?? [];
      await mustRun(['env', ...launcher, 'podman', 'wait', name], environment);
      const output = await clear(step, 'Succeeded');
      assert.match(
        output,
        /type=warning[^\n]*Service db ended at \d\d:\d\d:\d\d UTC, after it was ready: exited with exit code 3/,
      );
      assert.doesNotMatch(output, /Service web/);
    });

    it('keeps services after a failure when asked to, until the next job of the agent', async () => {
      const kept = await run({ db: { ...idle, volumes: ['/data'] } }, { keepOnFailure: 'true' });
      const post = await kept.post('Failed');
      assert.match(post.output, /still up[^]*^db: podman exec -it \S+-db sh; podman logs /m);
      assert.ok((await ground.left()).some((name) => name.endsWith('-db')));
      const next = await run({ other: idle });
      assert.match(next.main.output, /^Removing what earlier jobs of this agent left: /m);
      await clear(next, 'Succeeded');
    });

    it('sweeps what a job left whose agent was killed without warning', async () => {
      const services = { db: { ...idle, ports: ['80'] }, web: { ...idle, depends_on: ['db'] } };
      const killed = await runBundledJob(ground, {
        ...{ id: 'killed', compose: { services, volumes: { data: {} } } },
        ...{ cancelAt: /^podman .*--name \S+-web /, cancelBy: 'SIGKILL' as const },
      });
      assert.notEqual(killed.main.exitCode, 0);
      // The call of Podman that was under way comes to its end without the agent.
      await until(async () => (await ground.left()).some((name) => name.endsWith('-db')), 'db');
      const next = await run({ other: idle });
      assert.equal(next.main.exitCode, 0, next.main.output);
      await clear(next, 'Succeeded');
    });

    it('shows logs and takes everything down in the middle of a job', async () => {
      const up = await runBundledJob(ground, {
        ...{
          id: 'middle',
          compose: { services: { db: shell('echo up and running; sleep 1000') } },
        },
      });
      const inputs = { command: 'logs', logFolder: join(ground.folder, 'agent/middle') };
      const logs = await runBundledJob(ground, { id: 'middle', inputs });
      assert.match(logs.main.output, /^up and running$/m);
      const written = join(ground.folder, 'agent/middle/db.stdout.log');
      assert.equal(await readFile(written, 'utf8'), 'up and running\n');
      const down = await runBundledJob(ground, { id: 'middle', inputs: { command: 'down' } });
      assert.match(down.main.output, /^Removed db\.$/m);
      assert.deepEqual(await ground.left(), []);
      const post = await up.post('Succeeded');
      assert.doesNotMatch(post.output, /logissue/);
    });
  });
}
