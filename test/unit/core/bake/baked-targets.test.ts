import assert from 'node:assert/strict';
import { parseDefinition } from '../../../../src/core/bake/bake-definition.ts';
import { bakedTargets, definitionsOf } from '../../../../src/core/bake/baked-targets.ts';
import type { Platform } from '../../../../src/core/platform/platform.ts';

const definitionOf = (target: object, group: object = {}) => {
  const text = JSON.stringify({ group, target });
  const definition = parseDefinition(text);
  assert.ok(definition);
  return definition;
};

const groupOf = (...targets: readonly string[]) => ({ default: { targets } });

const problemsOf = (target: object, isPushed = true) => {
  const definition = definitionOf(target, groupOf(...Object.keys(target)));
  const result = bakedTargets(definition, { isPushed, platforms: [] });
  return result.ok ? [] : result.problems.map(({ what }) => what);
};

describe('what a bake file comes to', () => {
  it('is the targets of nested groups, each once, and what they are made from beside', () => {
    const target = { a: {}, b: {}, base: { output: [{ type: 'cacheonly' }] } };
    const group = { ...groupOf('all', 'a'), all: { targets: ['a', 'b', 'all'] } };
    const bake = bakedTargets(definitionOf(target, group), { isPushed: false, platforms: [] });
    assert.ok(bake.ok);
    assert.deepEqual(
      bake.value.targets.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.deepEqual(Object.keys(bake.value.linked), ['base']);
  });

  it('comes in the order of the input, which buildx does not keep', () => {
    const group = { ...groupOf('api', 'rest'), rest: { targets: ['web', 'worker'] } };
    const text = JSON.stringify({ group, target: { api: {}, web: {}, worker: {} } });
    assert.deepEqual(parseDefinition(text, ['worker', 'rest', 'api'])?.requested, [
      ...['worker', 'web', 'api'],
    ]);
    assert.deepEqual(parseDefinition(text)?.requested, ['api', 'web', 'worker']);
  });

  it('is pushed where it has tags; the latest one is meant where none is written', () => {
    const target = { a: { tags: ['r.io/a'] }, b: {} };
    const definition = definitionOf(target, groupOf('a', 'b'));
    const bake = bakedTargets(definition, { isPushed: true, platforms: [] });
    assert.ok(bake.ok);
    const [a, b] = bake.value.targets;
    assert.deepEqual(a?.references, [{ name: 'r.io/a', tag: 'latest' }]);
    assert.ok(a.isPushed && b?.isPushed === false);
  });

  it('has every mistake told at once', () => {
    const what = problemsOf({
      a: { tags: ['R.io/Upper:1'], platforms: ['linux/amd46'] },
      b: { tags: ['r.io/x:1'] },
      c: { tags: ['r.io/x:1'] },
    });
    assert.equal(what.length, 3, what.join('\n'));
    assert.match(what.join('\n'), /"R\.io\/Upper:1", which is no image reference/);
    assert.match(what.join('\n'), /"b" and "c" have the same tag, r\.io\/x:1/);
  });

  it('may not be without anything to push, but for targets with an output of their own', () => {
    assert.match(problemsOf({ a: {} })[0] ?? '', /None of the targets a has "tags"/);
    assert.deepEqual(problemsOf({ a: {} }, false), []);
    assert.deepEqual(problemsOf({ a: { output: [{ type: 'cacheonly' }] } }), []);
    assert.match(problemsOf({})[0] ?? '', /no target to build/);
  });
});

describe('the platforms of a bake', () => {
  const platformsOf = (
    target: Readonly<Record<string, object>>,
    platforms: readonly Platform[],
  ) => {
    const definition = definitionOf(target, groupOf('web'));
    const bake = bakedTargets(definition, { isPushed: false, platforms });
    assert.ok(bake.ok, JSON.stringify(bake));
    return Object.fromEntries(
      definitionsOf(bake.value).map(([name, own]) => [name, own.platforms]),
    );
  };
  const both = ['linux/amd64', 'linux/arm64'];
  const chain = {
    root: {},
    base: { contexts: { root: 'target:root' } },
    web: { contexts: { base: 'target:base', image: 'docker-image://root' }, platforms: both },
  };

  it('are those of what is made from them, so that no image stands on a base of another platform', () => {
    assert.deepEqual(platformsOf(chain, []), { web: both, base: both, root: both });
  });

  it('stay where a target names its own, or nobody names any', () => {
    const assets = { ...chain, base: { ...chain.base, platforms: ['linux/amd64'] } };
    const own = ['linux/amd64'];
    assert.deepEqual(platformsOf(assets, []), { web: both, base: own, root: own });
    const none = { ...chain, web: { contexts: chain.web.contexts } };
    assert.deepEqual(platformsOf(none, []), { web: undefined, base: undefined, root: undefined });
  });

  it('are the ones asked for in every target, whatever the file says', () => {
    const arm = ['linux/arm64'];
    assert.deepEqual(
      platformsOf({ ...chain, base: { ...chain.base, platforms: ['linux/amd64'] } }, [
        { os: 'linux', architecture: 'arm64', variant: '' },
      ]),
      { web: arm, base: arm, root: arm },
    );
  });
});
