import assert from 'node:assert/strict';
import { parseDefinition } from '../../../../src/core/bake/bake-definition.ts';
import { bakedTargets } from '../../../../src/core/bake/baked-targets.ts';
import type { BuildRequest } from '../../../../src/core/buildx/build-request.ts';
import { plannedRows } from '../../../../tasks/BuildxMultiArch/explain-plan.ts';
import { planBake } from '../../../../tasks/BuildxMultiArch/plan-bake.ts';
import type { BuildPlan } from '../../../../tasks/BuildxMultiArch/planned-parts.ts';
import { plainRequest } from '../../../support/build-request.ts';

const both = ['linux/amd64', 'linux/arm64'];
const web = { tags: ['r.io/web:1'], platforms: both };
const builders = ['amd64', 'arm64'].map((architecture) => ({
  platform: { os: 'linux', architecture, variant: '' },
  node: architecture,
}));
const place = {
  ...{ builder: 'ci', metadataFile: '/t/m.json', privateFolder: '/t/private' },
  ...{ secretsFolder: '/t/secrets', secretPrefix: 'S_', folder: '/w/1/s', checksOf: {} },
};

/** All targets are asked for. */
function planOf(target: Readonly<Record<string, object>>): BuildPlan {
  const { isPushed } = plainRequest.image;
  const text = JSON.stringify({ group: { default: { targets: Object.keys(target) } }, target });
  const definition = parseDefinition(text);
  assert.ok(definition);
  const bake = bakedTargets(definition, { isPushed, platforms: [] });
  assert.ok(bake.ok);
  const request: BuildRequest = plainRequest;
  const plan = planBake(request, bake.value, builders, place);
  assert.ok(plan.ok);
  return plan.value;
}

describe('the plan of a bake on two nodes', () => {
  const platformsOf = (target: Readonly<Record<string, object>>) =>
    planOf(target).parts.map(({ platform }) => platform);

  it('is one bake for each platform, also with targets that are only run, as tests are', () => {
    assert.deepEqual(platformsOf({ web }), both);
    const { parts } = planOf({ web, test: { platforms: both } });
    assert.deepEqual(
      parts.map(({ platform, command }) => [platform, ...command.args.slice(-2)]),
      both.map((platform) => [platform, 'web', 'test']),
    );
  });

  it('is one bake where a target writes files, or has the platform of a builder that nobody asked', () => {
    assert.deepEqual(platformsOf({ web, test: {} }), [undefined]);
    const output = [{ type: 'local', dest: 'out' }];
    assert.deepEqual(platformsOf({ web, out: { platforms: both, output } }), [undefined]);
  });
});

describe('what a target of a bake makes', () => {
  it('is told with the files that it writes on the agent', () => {
    const output = [{ type: 'local', dest: 'out' }, { type: 'cacheonly' }];
    const { images } = planOf({ web, out: { output }, test: {} });
    assert.deepEqual(plannedRows(images), [
      ['Target web', 'r.io/web:1'],
      ['Target out', 'out (local)'],
      ['Target test', 'no tags'],
    ]);
  });
});
