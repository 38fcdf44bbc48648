import assert from 'node:assert/strict';
import { type ImageNaming, imagesOf } from '../../../../src/core/image/named-images.ts';
import { taggedReference } from '../../../../src/core/image/tags.ts';
import { branchRun, factsOf } from '../../../support/tag-runs.ts';

type Naming = Omit<ImageNaming, 'flavor'>;

const named = (naming: Naming) => imagesOf({ ...naming, flavor: [] }, factsOf(branchRun('main')));

const references = (naming: Naming): readonly string[] => {
  const images = named(naming);
  assert.ok(images.ok, JSON.stringify(images));
  return images.value.images.map(taggedReference);
};

const problems = (naming: Naming): readonly string[] => {
  const images = named(naming);
  assert.ok(!images.ok);
  return images.problems.map(({ where = '', what, change }) => `${where}: ${what} ${change}`);
};

describe('the images a build is pushed as', () => {
  it('are every repository with every plain tag', () => {
    const repository = ['a.io/orders', 'b.io/orders'];
    assert.deepEqual(references({ repository, tags: ['1', 'latest'] }), [
      'a.io/orders:1',
      'a.io/orders:latest',
      'b.io/orders:1',
      'b.io/orders:latest',
    ]);
  });

  it('take full references as they are', () => {
    assert.deepEqual(references({ repository: [], tags: ['a.io/x:1'] }), ['a.io/x:1']);
  });

  it('may be separated by commas, and count once', () => {
    assert.deepEqual(references({ repository: ['a.io/x'], tags: ['1, 2,1', 'a.io/x:2'] }), [
      'a.io/x:1',
      'a.io/x:2',
    ]);
  });

  it('may mix rules, plain tags, comments and full references', () => {
    const tags = ['# always', 'type=ref,event=branch', 'b, c', 'd.io/x:1', 'type=sha'];
    assert.deepEqual(references({ repository: ['a.io/x'], tags }), [
      ...['a.io/x:main', 'a.io/x:b', 'a.io/x:c', 'a.io/x:sha-860c190', 'd.io/x:1'],
    ]);
  });

  it('are none for a build that names none', () => {
    assert.deepEqual(references({ repository: [], tags: [] }), []);
  });
});

describe('a mistake in repository or tags', () => {
  it('is told together with all others, each under its input', () => {
    const found = problems({ repository: ['a.io/Orders', 'a.io/x:1'], tags: ['feature/x', 'ok'] });
    assert.deepEqual(
      found.map((text) => text.split(':')[0]),
      ['repository', 'repository', 'tags'],
    );
    assert.match(found[0] ?? '', /lower case/);
    assert.match(found[1] ?? '', /Move the tag to "tags"/);
    assert.match(found[2] ?? '', /found "feature\/x"/);
  });

  it('names the variable that does not exist', () => {
    const [found = ''] = problems({ repository: ['a.io/x'], tags: ['$(Build.Buildid2)'] });
    assert.match(found, /^tags: The variable "Build.Buildid2" is not defined/);
  });

  it('shows the way to a tag for any text', () => {
    const [found = ''] = problems({ repository: ['a.io/x'], tags: ['1.2+build 7'] });
    assert.match(found, /Write type=raw,value=1.2\+build 7/);
  });

  it('says of every rule why it makes no tag in this run, when none does', () => {
    const tags = ['type=semver,pattern={{version}}', 'type=ref,event=pr'];
    const [found = '', ...more] = problems({ repository: ['a.io/x'], tags });
    assert.match(found, /^tags: No rule makes a tag .*version}}": the run is not of a git tag/);
    assert.match(found, /event=pr": the run is not of a pull request/);
    assert.deepEqual(more, []);
  });

  it('tells a repository that no plain tag goes with', () => {
    const [found = ''] = problems({ repository: ['a.io/x'], tags: ['a.io/y:1'] });
    assert.match(found, /holds no plain tag/);
  });

  it('refuses a digest as a tag, because nobody can push to one', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    assert.equal(problems({ repository: [], tags: [`a.io/x:1@${digest}`] }).length, 1);
  });

  it('tells a URL from a name', () => {
    const [found = ''] = problems({ repository: ['https://a.io/x'], tags: ['1'] });
    assert.match(found, /Remove the https:/);
  });
});
