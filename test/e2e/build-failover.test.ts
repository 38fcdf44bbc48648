import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Builder, Playground } from '../../scripts/lib/playground/options.ts';
import { type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { CommandLineWatch } from '../support/command-lines.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { filesHolding, formsOf } from '../support/search-files.ts';

const credentials = { username: 'pusher', password: 'corr3ct-h0rse/battery+staple' };
const token = 's3cret/t0ken+with=signs';
const texts = [token, credentials.password].flatMap(formsOf);

/** Ten steps of half a second, so that a daemon can be killed when so much of the build is done. */
const tenSteps = [
  'FROM busybox:1',
  'RUN --mount=type=secret,id=token,required=true wc -c < /run/secrets/token',
  ...Array.from({ length: 10 }, (_, at) => `RUN echo at ${at}; sleep 0.5`),
].join('\n');
/** Seconds that buildx itself waits for a daemon. */
const waitedFor = 20;

describe('BuildxMultiArch when the daemon is killed', function () {
  this.timeout(300_000);
  let playground: Playground;
  let remove: Ground['remove'];
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [
        { name: 'first', tls: true },
        { name: 'second', tls: true },
      ],
      registries: [{ name: 'guarded', credentials }],
    }));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  interface Killed extends BuildJobRun {
    /** From the kill to the first line that tells of it as an error. */
    readonly secondsToError: number;
    readonly exposed: readonly string[];
  }

  /** Builds on the first of these daemons, which is killed once a line matches. */
  async function buildKilled(names: readonly string[], killAt: RegExp): Promise<Killed> {
    const builders = names.map((name) => playground.builder(name));
    await Promise.all(builders.map((builder) => builder.start()));
    const [victim] = builders as [Builder];
    let killedAt = 0;
    let toldAt = 0;
    const watch = new CommandLineWatch(texts);
    const { host } = playground.registry('guarded');
    const { ca, cert, key } = victim.certificates ?? assert.fail('the builders have TLS');
    const job = await runBuildJob({
      attach: {
        endpoints: builders
          .map(({ address }, at) => `${address} name=${names[at] ?? ''}`)
          .join('\n'),
        ...{ routing: 'ordered', caCert: ca, clientCert: cert, clientKey: key },
      },
      inputs: {
        ...{ repository: `${host}/killed`, tags: '1', registries: 'registry' },
        ...{ secrets: 'token=$token', noCache: true },
      },
      files: { Dockerfile: tenSteps },
      environment: playground.environment,
      secrets: { token },
      login: { ...credentials, host },
      onLine: (line) => {
        if (killedAt === 0 && killAt.test(line)) {
          killedAt = Date.now();
          process.kill(victim.pid, 'SIGKILL');
        }
        if (toldAt === 0 && /##\[error\]/.test(line)) toldAt = Date.now();
      },
    });
    runs.push(job);
    assert.ok(killedAt > 0, job.run.output);
    await victim.stop();
    return { ...job, secondsToError: (toldAt - killedAt) / 1000, exposed: watch.stop() };
  }

  async function leavesNoSecret({ run, exposed }: Killed): Promise<void> {
    assert.deepEqual(exposed, []);
    assert.ok(!texts.some((text) => run.output.includes(text)));
    const own = join(run.workFolder, '1', 's', 'resources.yml');
    assert.deepEqual(await filesHolding(run.workFolder, texts), [own]);
  }

  for (const [share, step] of [
    ['10 %', 0],
    ['50 %', 5],
    ['90 %', 9],
  ] as const) {
    it(`after ${share} of the build, goes on with the second replica and says so`, async () => {
      const job = await buildKilled(['first', 'second'], new RegExp(` at ${step}$`));
      const { run, step: image } = job;
      assert.equal(run.exitCode, 0, run.output);
      assert.match(
        run.output,
        /##\[warning\]Replica first went away: the build starts again on second \(retry 1 of 2\)\./,
      );
      assert.equal(image.outputVariables['replica'], 'second');
      const index = await pushedIndex(playground.registry('guarded'), 'killed:1', credentials);
      assert.equal(image.outputVariables['digest'], index.digest);
      await leavesNoSecret(job);
    });

    it(`after ${share} of the build, tells at once that there is no other, and does not wait for it`, async () => {
      const job = await buildKilled(['first'], new RegExp(` at ${step}$`));
      const { run, secondsToError } = job;
      assert.equal(run.exitCode, 1);
      assert.match(
        run.output,
        // What was still on its way when the daemon died makes the kernel say the latter.
        /##\[error\].*error reading from server: (EOF|.*connection reset by peer)\. No other replica can take over: Nothing listens at tcp:/,
      );
      assert.ok(secondsToError >= 0 && secondsToError < waitedFor, `${secondsToError} s`);
      await leavesNoSecret(job);
    });
  }

  it('fills the cache mounts of the replica that takes over, as those of the first were', async () => {
    const [first, second] = ['first', 'second'].map((name) => playground.builder(name));
    assert.ok(first && second);
    await Promise.all([first.start(), second.start()]);
    const { host } = playground.registry('guarded');
    const { ca, cert, key } = first.certificates ?? assert.fail('the builders have TLS');
    const build = (nonce: number, addresses: readonly string[], onLine: (line: string) => void) =>
      runBuildJob({
        attach: {
          ...{
            endpoints: addresses
              .map((address, at) => `${address} name=${at === 0 ? 'first' : 'second'}`)
              .join('\n'),
            routing: 'ordered',
          },
          ...{ caCert: ca, clientCert: cert, clientKey: key },
        },
        inputs: {
          ...{ repository: `${host}/kept`, tags: '1', registries: 'registry' },
          ...{ cacheRepository: `${host}/cache`, cacheMounts: 'kept', buildArgs: `NONCE=${nonce}` },
        },
        files: {
          Dockerfile:
            'FROM busybox:1\nARG NONCE\nRUN --mount=type=cache,id=kept,target=/kept echo "seen: $(ls /kept)."; touch /kept/of-$NONCE; sleep 3\n',
        },
        environment: playground.environment,
        login: { ...credentials, host },
        onLine,
      });
    const saved = await build(1, [first.address], () => undefined);
    runs.push(saved);
    assert.match(saved.run.output, /Cache mounts: saved as /);
    let isKilled = false;
    const failedOver = await build(2, [first.address, second.address], (line) => {
      if (isKilled || !/ seen: /.test(line)) return;
      isKilled = true;
      process.kill(first.pid, 'SIGKILL');
    });
    runs.push(failedOver);
    await first.stop();
    const { output, exitCode } = failedOver.run;
    assert.equal(exitCode, 0, output);
    assert.match(output, /starts again on second/);
    assert.match(output, /Cache mounts: 1 of 1 were empty on .*; restored from /);
    const seen = [...output.matchAll(/ seen: (.*)\.$/gm)].map(([, files]) => files);
    assert.deepEqual(seen, ['of-1', 'of-1']);
  });

  it('goes to the second replica at once when the first was killed before the build', async () => {
    const job = await buildKilled(['first', 'second'], /Finishing: SetupBuildkitBuilder/);
    assert.equal(job.run.exitCode, 0, job.run.output);
    assert.match(
      job.run.output,
      /##\[warning\]Nothing listens at .* goes on with replica second\./,
    );
    assert.equal(job.step.outputVariables['replica'], 'second');
  });
});
