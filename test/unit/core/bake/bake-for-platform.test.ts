import assert from 'node:assert/strict';
import { bakeForPlatform } from '../../../../src/core/bake/bake-for-platform.ts';
import { parseDefinition } from '../../../../src/core/bake/bake-definition.ts';
import { bakedTargets } from '../../../../src/core/bake/baked-targets.ts';

const arm = { os: 'linux', architecture: 'arm64', variant: '' };

describe('the part of a bake for one platform', () => {
  const text = JSON.stringify({
    group: { default: { targets: ['tools', 'web'] } },
    target: {
      tools: { platforms: ['linux/amd64'], tags: ['r.io/tools:1'] },
      web: {
        contexts: { tools: 'target:tools', base: 'target:base' },
        ...{ platforms: ['linux/amd64', 'linux/arm64'], tags: ['r.io/web:1'] },
      },
      base: {},
    },
  });
  const definition = parseDefinition(text);
  assert.ok(definition);
  const bake = bakedTargets(definition, { isPushed: true, platforms: [] });
  assert.ok(bake.ok);
  const part = bakeForPlatform(bake.value, arm);

  it('builds the targets that have it, for it alone', () => {
    assert.deepEqual(
      part.targets.map(({ name, platforms }) => [name, platforms]),
      [['web', [arm]]],
    );
    assert.deepEqual(part.linked['base']?.platforms, ['linux/arm64']);
  });

  it('still has the targets of other platforms that its own are made from, but publishes nothing of them', () => {
    const tools = part.linked['tools'];
    assert.deepEqual(tools?.platforms, ['linux/amd64']);
    assert.deepEqual([tools.tags, tools.output], [[], [{ type: 'cacheonly' }]]);
  });
});
