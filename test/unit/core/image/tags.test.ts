import assert from 'node:assert/strict';
import { type ImageNaming, imagesOf, taggedReference } from '../../../../src/core/image/tags.ts';

const references = (naming: ImageNaming): readonly string[] => {
  const images = imagesOf(naming);
  assert.ok(images.ok, JSON.stringify(images));
  return images.value.map(taggedReference);
};

const problems = (naming: ImageNaming): readonly string[] => {
  const images = imagesOf(naming);
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

  it('says that rules come with a later version, commas and all', () => {
    const [found = '', ...more] = problems({ repository: ['a.io/x'], tags: ['type=ref,event=pr'] });
    assert.match(found, /type=ref,event=pr/);
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
