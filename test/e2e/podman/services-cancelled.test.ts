import assert from 'node:assert/strict';
import { seededRandom } from '../../../scripts/lib/bench/seeded-random.ts';
import { type OwnNetwork, leftoversOfUser, ownNetwork } from '../../support/own-network.ts';
import { runBundledJob } from '../../support/services-bundle.ts';
import {
  type ServicesGround,
  leave,
  skipWithoutPlainUser,
  startServicesGround,
} from '../../support/services-ground.ts';

/** `SERVICES_CANCELS=50 SERVICES_SEED=7 npx mocha test/e2e/podman/services-cancelled.test.ts` for more, or for the same again. */
const count = Number(process.env['SERVICES_CANCELS'] ?? 5);
const seed = Number(process.env['SERVICES_SEED'] ?? Date.now() % 1_000_000);

const idle = { image: 'busybox:1', command: 'sleep 1000' };
const healthy = { condition: 'service_healthy' };
const compose = {
  services: {
    db: {
      ...idle,
      command: 'httpd -f -p 80',
      healthcheck: { test: 'sleep 0.5', interval: '5s' },
      ports: ['80'],
    },
    api: { ...idle, depends_on: { db: healthy }, volumes: ['data:/data'], ports: ['81'] },
    tests: { ...idle, command: 'sleep 2', depends_on: ['api'] },
  },
  volumes: { data: {} },
};

for (const as of ['root', 'plain user'] as const) {
  describe(`PodmanServices cancelled at random moments, as ${as} (seed ${seed})`, function () {
    this.timeout(120_000 * Math.max(count, 2));
    let ground: ServicesGround;
    let network: OwnNetwork | undefined;
    let longestMs = 0;
    const job = { compose, inputs: { testService: 'tests' } };

    before(async function () {
      if (as === 'plain user') await skipWithoutPlainUser(this);
      ground = await startServicesGround(as);
      // Whole runs: the first pulls the image, the second tells how long there is something to cancel.
      for (const id of ['first', 'second']) {
        const whole = await runBundledJob(ground, { ...job, id });
        assert.match(whole.main.output, /tests ended with exit code 0/);
        await whole.post('Succeeded');
        longestMs = whole.main.seconds * 1000;
      }
      if (as === 'root') network = await ownNetwork();
    });

    after(async () => {
      network?.remove();
      await leave(ground);
    });

    it(`leaves nothing, ${count} times`, async () => {
      const random = seededRandom(seed);
      for (let at = 1; at <= count; at += 1) {
        const cancelAt = Math.round(random() * longestMs);
        const within = network?.launcher ?? [];
        const cancelled = await runBundledJob(ground, { ...job, id: `j${at}`, cancelAt, within });
        const { main } = cancelled;
        const moment = `cancel ${at} of seed ${seed}, after ${cancelAt} of ${longestMs} ms\n${main.output}`;
        // 130: the signal met Node before the task could listen to it.
        assert.ok([0, 130, undefined].includes(main.exitCode), moment);
        assert.doesNotMatch(main.output, /logissue type=error|defect of the task/, moment);
        const post = await cancelled.post('Canceled');
        assert.equal(post.exitCode, 0, `${moment}\n${post.output}`);
        assert.doesNotMatch(post.output, /logissue|result=Failed/, `${moment}\n${post.output}`);
        assert.deepEqual(await ground.left(), [], moment);
        const runtime = ground.user?.environment['XDG_RUNTIME_DIR'];
        const left = await (runtime === undefined
          ? network?.leftovers()
          : leftoversOfUser(runtime));
        assert.deepEqual(left, [], moment);
      }
    });
  });
}
