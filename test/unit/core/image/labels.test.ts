import assert from 'node:assert/strict';
import {
  annotationOptions,
  annotationsOf,
  isOfIndex,
} from '../../../../src/core/image/labels/annotations.ts';
import { parseLabels, withOwn } from '../../../../src/core/image/labels/label-lines.ts';
import { ociLabels, pipelineLabels } from '../../../../src/core/image/labels/run-labels.ts';
import { branchRun, factsOf } from '../../../support/tag-runs.ts';

const variables: Readonly<Record<string, string>> = {
  ...branchRun('main'),
  'Build.Repository.Name': 'shop/orders',
  'Build.Repository.Uri': 'https://shop:pat@dev.azure.com/shop/p/_git/orders',
  'Build.SourceBranchName': 'main',
  'Build.DefinitionName': 'CI',
  'Build.BuildNumber': '20260101.1',
  'Build.BuildUri': 'vstfs:///Build/Build/7',
  'System.TeamFoundationCollectionUri': 'https://dev.azure.com/shop/',
  'System.TeamProject': 'p',
  'System.HostType': 'build',
};
const variable = (name: string): string | undefined => variables[name];
const facts = factsOf(variables);
const url = 'https://dev.azure.com/shop/p/_build/results?buildId=7';

describe('the labels made from a run', () => {
  it('are those of the OCI image-spec, without the credentials in a repository’s URL', () => {
    assert.deepEqual(ociLabels(variable, { facts, version: '1.2', url }), {
      'org.opencontainers.image.title': 'orders',
      'org.opencontainers.image.url': url,
      'org.opencontainers.image.source': 'https://dev.azure.com/shop/p/_git/orders',
      'org.opencontainers.image.version': '1.2',
      'org.opencontainers.image.revision': '860c1904a1ce19322e91ac35af1ab07466440c37',
      'org.opencontainers.image.created': '2020-01-10T00:30:00.000Z',
    });
  });

  it('are those of Docker@2 with its pipeline data', () => {
    assert.deepEqual(pipelineLabels(variable), {
      'com.azure.dev.image.system.teamfoundationcollectionuri': 'https://dev.azure.com/shop/',
      'com.azure.dev.image.system.teamproject': 'p',
      'com.azure.dev.image.build.repository.name': 'shop/orders',
      'com.azure.dev.image.build.sourceversion': '860c1904a1ce19322e91ac35af1ab07466440c37',
      'com.azure.dev.image.build.repository.uri': 'https://dev.azure.com/shop/p/_git/orders',
      'com.azure.dev.image.build.sourcebranchname': 'main',
      'com.azure.dev.image.build.definitionname': 'CI',
      'com.azure.dev.image.build.buildnumber': '20260101.1',
      'com.azure.dev.image.build.builduri': 'vstfs:///Build/Build/7',
    });
  });

  it('name the release in a release', () => {
    const release: Readonly<Record<string, string>> = {
      'System.TeamFoundationCollectionUri': 'https://vsrm.dev.azure.com/shop/',
      'System.HostType': 'release',
      'Release.ReleaseId': '9',
      'Release.DefinitionName': 'Deploy',
      'Build.BuildNumber': '20260101.1',
    };
    assert.deepEqual(
      pipelineLabels((name) => release[name]),
      {
        'com.azure.dev.vsrm.image.system.teamfoundationcollectionuri':
          'https://vsrm.dev.azure.com/shop/',
        'com.azure.dev.vsrm.image.release.releaseid': '9',
        'com.azure.dev.vsrm.image.release.definitionname': 'Deploy',
      },
    );
  });

  it('yield to the user’s own, and go where the user’s is empty', () => {
    assert.deepEqual(withOwn({ a: 'made', b: 'made', c: 'made' }, { b: 'own', c: '', d: '' }), {
      ...{ a: 'made', b: 'own', d: '' },
    });
  });
});

describe('a line of labels', () => {
  const parse = (...lines: readonly string[]) =>
    parseLabels('labels', lines, { facts, holdsSecret: (text) => text.includes('s3cret') });

  it('is KEY=value with expressions, and the value may hold anything else', () => {
    const labels = parse('a=b=c, d', "at={{date 'YYYY-MM-DDTHH:mm:ss.SSS[Z]'}}", 'of={{branch}}');
    assert.deepEqual(labels.ok && labels.value, {
      ...{ a: 'b=c, d', at: '2020-01-10T00:30:00.000Z', of: 'main' },
    });
  });

  it('is refused when it is none, or holds a secret, which is not repeated', () => {
    const labels = parse('alone', 'k=s3cret', 'x={{nope}}', 'y=$(nope)');
    assert.ok(!labels.ok);
    assert.equal(labels.problems.length, 4);
    assert.ok(labels.problems.every(({ where }) => where === 'labels'));
    assert.ok(!JSON.stringify(labels.problems).includes('s3cret'));
  });
});

describe('an annotation', () => {
  const options = (key: string): readonly string[] =>
    annotationOptions(annotationsOf({ [key]: 'v' }), () => true);

  it('is written to the manifests and the index unless its levels are given', () => {
    assert.deepEqual(options('k'), ['--annotation', 'manifest,index:k=v']);
    assert.deepEqual(options('index:k'), ['--annotation', 'index:k=v']);
    const both = 'manifest[linux/amd64],index-descriptor:a.b';
    assert.deepEqual(options(both), ['--annotation', `${both}=v`]);
  });

  it('of an index is left out where none is made', () => {
    const noIndex = annotationOptions(annotationsOf({ k: 'v', 'index:i': 'v' }), (level) => {
      return !isOfIndex(level);
    });
    assert.deepEqual(noIndex, ['--annotation', 'manifest:k=v']);
  });
});
