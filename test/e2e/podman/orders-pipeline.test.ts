import assert from 'node:assert/strict';
import { fileLeftovers } from '../../../scripts/lib/demo/leftovers.ts';
import { type OrdersGround, startOrdersGround } from '../../support/orders-ground.ts';
import { podmanObjects } from '../../support/services-job.ts';
import { skipWithoutPlainUser } from '../../support/services-ground.ts';

describe("The example's pipeline, unchanged", function () {
  this.timeout(660_000);
  let ground: OrdersGround;

  before(async () => {
    ground = await startOrdersGround();
  });

  after(() => ground.remove());

  // Each user and each Node once: neither changes what the other one means.
  for (const [as, node] of [
    ['root', '20'],
    ['plain user', '24'],
  ] as const) {
    it(`builds and tests the orders service as ${as} on Node ${node}`, async function () {
      if (as === 'plain user') await skipWithoutPlainUser(this);
      const { exitCode, output, steps, workFolder } = await ground.run(as, node);
      assert.equal(exitCode, 0, output);
      const tasks = steps.filter(({ node }) => node !== null);
      assert.ok(tasks.length > 0);
      assert.deepEqual(
        tasks.filter((step) => step.node?.startsWith(`${node}.`) !== true),
        [],
      );
      assert.match(output, /^tests ended with exit code 0\.$/m);
      const results = steps
        .flatMap(({ events }) => events)
        .find(({ event }) => event === 'results.publish');
      assert.ok(Number(results?.properties['tests']) > 0, output);
      assert.equal(results?.properties['failures'], '0');
      assert.doesNotMatch(output, /##\[(?:error|warning)\]/);
      assert.deepEqual(
        ground.secrets.filter((secret) => output.includes(secret)),
        [],
      );
      assert.deepEqual(await fileLeftovers(workFolder), []);
      assert.deepEqual(await podmanObjects(ground.playground, await ground.userOf(as)), []);
    });
  }
});
