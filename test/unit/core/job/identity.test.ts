import assert from 'node:assert/strict';
import { jobIdentity, jobSlug } from '../../../../src/core/job/identity.ts';

const build = {
  'System.CollectionUri': 'https://dev.azure.com/shop/',
  'System.TeamProjectId': 'a7c1',
  'System.DefinitionId': '12',
  'Build.BuildId': '4711',
  'System.JobId': '12f1170f',
  'System.JobAttempt': '1',
};

const slugOf = (variables: Readonly<Record<string, string>>): string =>
  jobSlug(jobIdentity((name) => variables[name]));

describe('job identity', () => {
  it('begins with run and attempt so that a person can find the run', () => {
    assert.match(slugOf(build), /^4711-1-[0-9a-f]{12}$/);
  });

  it('differs between two jobs of one run and between two attempts of one job', () => {
    const slugs = [
      slugOf(build),
      slugOf({ ...build, 'System.JobId': 'another' }),
      slugOf({ ...build, 'System.JobAttempt': '2' }),
    ];
    assert.equal(new Set(slugs).size, 3);
  });

  it('does not mix up parts that would be equal when joined', () => {
    const one = slugOf({ ...build, 'System.TeamProjectId': 'a', 'System.DefinitionId': 'b12' });
    const two = slugOf({ ...build, 'System.TeamProjectId': 'ab', 'System.DefinitionId': '12' });
    assert.notEqual(one, two);
  });

  it('takes the release number in a release, where Build.BuildId is only the artifact', () => {
    assert.match(slugOf({ ...build, 'Release.ReleaseId': '88' }), /^88-1-/);
  });

  it('stays a short, lower-case name whatever the server calls the run', () => {
    const slug = slugOf({ ...build, 'Build.BuildId': 'Ü berlänge/'.repeat(20) });
    assert.match(slug, /^[a-z0-9][a-z0-9-]{0,39}$/);
  });
});
