import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDefinition } from '../../../../src/core/bake/bake-definition.ts';
import { type Bake, bakedTargets } from '../../../../src/core/bake/baked-targets.ts';
import { isMixed, withOwnPlatform } from '../../../../src/core/bake/own-platform.ts';
import { formatPlatform } from '../../../../src/core/platform/platform.ts';

const both = ['linux/amd64', 'linux/arm64'];
const web = { tags: ['r.io/web:1'], platforms: both };
const own = { os: 'linux', architecture: 's390x', variant: '' };

function bakeOf(target: Readonly<Record<string, object>>, targets = Object.keys(target)): Bake {
  const definition = parseDefinition(JSON.stringify({ group: { default: { targets } }, target }));
  assert.ok(definition);
  const bake = bakedTargets(definition, { isPushed: true, platforms: [] });
  assert.ok(bake.ok);
  return bake.value;
}

describe('A target that names no platforms', () => {
  it('leaves something to say beside targets that name some, and alone not', () => {
    const tool = { tags: ['r.io/tool:1'] };
    const mixed = [{ web, tool }, { web }, { tool }].map((targets) => isMixed(bakeOf(targets)));
    assert.deepEqual(mixed, [true, false, false]);
  });

  it('is built for the builder’s own, with what it is made from; the others keep theirs', () => {
    const tool = { contexts: { base: 'target:base' } };
    const { targets, linked } = withOwnPlatform(
      bakeOf({ web, tool, base: {} }, ['web', 'tool']),
      own,
    );
    assert.deepEqual(
      targets.map(({ name, platforms }) => [name, ...platforms.map(formatPlatform)]),
      [
        ['web', ...both],
        ['tool', 'linux/s390x'],
      ],
    );
    assert.deepEqual(linked['base']?.platforms, ['linux/s390x']);
  });
});
