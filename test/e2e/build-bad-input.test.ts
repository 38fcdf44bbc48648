import assert from 'node:assert/strict';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type BuildJob, type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';

const files = {
  Dockerfile: 'FROM busybox:1\nRUN true\n',
  'no-base.Dockerfile': 'FROM busybox:never\n',
  'secret.Dockerfile':
    'FROM busybox:1\nRUN --mount=type=secret,id=a wc -l < /run/secrets/a && tail -n 1 /run/secrets/a\n',
  'large.pem': 'x'.repeat(600_000),
};

describe('Bad input of BuildxMultiArch', function () {
  this.timeout(240_000);
  let playground: Playground;
  let remove: Ground['remove'];
  let host: string;
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ playground, remove } = await startGround({
      builders: [{ name: 'main' }],
      registries: [{ name: 'plain' }],
    }));
    ({ host } = playground.registry('plain'));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  async function build(inputs: BuildJob['inputs'], more: Partial<BuildJob> = {}) {
    const job = await runBuildJob({
      attach: { endpoints: playground.builder('main').address },
      inputs: { repository: `${host}/image`, tags: '1', ...inputs },
      files,
      environment: playground.environment,
      ...more,
    });
    runs.push(job);
    return job;
  }

  /** What is told of each; none of them starts a build. */
  const refusals = [
    ['a repository in upper case', { repository: 'a.io/Shop/Orders' }, /^repository: .*lower case/],
    ['what is no tag', { tags: '-1' }, /^tags: /],
    ['a platform that does not exist', { platforms: 'linux/amd46' }, /^platforms: .*linux\/amd64/],
    [
      'a platform that no node has',
      { platforms: 'linux/s390x' },
      /^platforms: Builder .* cannot build for linux\/s390x; it can for .*linux\/amd64/,
    ],
    [
      'a Dockerfile of another name',
      { dockerfile: 'Dockerfil' },
      /^dockerfile: .*Did you mean Dockerfile/,
    ],
    ['a context that holds the logins', { context: '/' }, /^context: /],
    ['a context that is not there', { context: 'nowhere' }, /^context: .*nowhere/],
    ['a word that an input does not know', { provenance: 'maxi' }, /^provenance: .*max/],
    ['a secret that does not exist', { secrets: 'a=$nothing' }, /^secrets: .*nothing/],
    [
      'a secret beyond what the daemon takes',
      { secrets: 'a=file:large.pem' },
      /^secrets: .*600000 bytes; BuildKit takes 512000/,
    ],
  ] as const;
  for (const [what, inputs, told] of refusals) {
    it(`is answered before anything is built: ${what}`, async () => {
      const { run, step } = await build(inputs);
      assert.equal(step.result, 'Failed');
      const errors = step.issues.filter(({ type }) => type === 'error');
      const [message = '', ...others] = errors.map((issue) => issue['message'] ?? '');
      assert.deepEqual(others, []);
      assert.match(message, told);
      assert.doesNotMatch(run.output, /--progress=rawjson/);
    });
  }

  it('is answered at its line: a base image that does not exist', async () => {
    const { step } = await build({ dockerfile: 'no-base.Dockerfile' });
    const [issue] = step.issues.filter(({ type }) => type === 'error');
    assert.equal(issue?.['sourcepath'], 'no-base.Dockerfile');
    assert.match(issue['message'] ?? '', /busybox:never.* Check its name and tag/);
  });

  it('is forgiven where its meaning is clear: a tag twice, and no platform between commas', async () => {
    const { run, step } = await build({ tags: '1\n1, 2', platforms: ' , ' });
    assert.equal(run.exitCode, 0, run.output);
    const { tags, digest } = step.outputVariables;
    assert.equal(tags, `${host}/image:1\n${host}/image:2`);
    assert.equal((await pushedIndex(playground.registry('plain'), 'image:2')).digest, digest);
  });

  it('is none: a secret of several lines, each of which is masked', async () => {
    const a = 'first-line-of-it\nsecond line of "it"\nthird\\line\n';
    const { run } = await build(
      { dockerfile: 'secret.Dockerfile', secrets: 'a=$multi', push: false },
      { secrets: { multi: a } },
    );
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, / 3$/m);
    for (const line of a.trim().split('\n')) assert.ok(!run.output.includes(line), line);
  });
});
