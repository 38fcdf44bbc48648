import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type BuildJob, type BuildJobRun, runBuildJob } from '../support/build-job.ts';
import type { RecordedStep } from '../support/agent-run.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { pushedIndex } from '../support/registry-index.ts';
import { filesHolding } from '../support/search-files.ts';

const credentials = { username: 'pusher', password: 'corr3ct-h0rse/battery+staple' };
const token = 's3cret/t0ken+with=signs';

/** Two images over one base, which is a target itself. */
const bakeFile = `
variable "BUILD_BUILDID" {}
variable "REGISTRY" {}
group "default" {
  targets = ["api", "web"]
}
target "base" {
  dockerfile-inline = "FROM busybox:1\\nRUN echo base > /base"
}
target "api" {
  context = "api"
  contexts = { base = "target:base" }
  tags = ["\${REGISTRY}/shop/api:\${BUILD_BUILDID}", "\${REGISTRY}/shop/api:latest"]
}
target "web" {
  context = "web"
  dockerfile = "Web.dockerfile"
  contexts = { base = "target:base" }
  tags = ["\${REGISTRY}/shop/web:\${BUILD_BUILDID}"]
}
`;

const files = {
  'docker-bake.hcl': bakeFile,
  'api/Dockerfile':
    'FROM base AS build\nARG GREETING\nRUN --mount=type=secret,id=token,required=true wc -c < /run/secrets/token > /n\nFROM busybox:1\nCOPY --from=build /n /n\nRUN cat /n\n',
  'web/Web.dockerfile': 'FROM base\nCOPY page.html /\nRUN echo web\n',
  'web/page.html': '<p>web</p>',
};

describe('BuildxMultiArch with a bake file', function () {
  this.timeout(300_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let host: string;
  const runs: BuildJobRun[] = [];

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'first' }, { name: 'fresh' }],
      registries: [{ name: 'guarded', credentials }],
    }));
    ({ host } = playground.registry('guarded'));
  });

  after(async () => {
    await Promise.all(runs.map(({ run }) => run.remove()));
    await remove();
  });

  async function attached({ attachments }: RecordedStep, type: string): Promise<string> {
    const found = attachments.find((one) => one.type === type);
    assert.ok(found);
    return readFile(found.stored, 'utf8');
  }

  async function bake(
    builder: string,
    inputs: BuildJob['inputs'],
    more: Partial<BuildJob> = {},
  ): Promise<BuildJobRun> {
    const done = await runBuildJob({
      attach: { endpoints: playground.builder(builder).address },
      inputs: { bakeFile: 'docker-bake.hcl', registries: 'registry', ...inputs },
      files,
      environment: { ...playground.environment, REGISTRY: host },
      secrets: { token },
      login: { ...credentials, host },
      ...more,
    });
    runs.push(done);
    return done;
  }

  /** Of a run that the next one is compared with. */
  const kept = (): Partial<BuildJob> => ({
    definition: 7,
    args: ['--history', join(folder, 'runs')],
  });

  const usual = (): BuildJob['inputs'] => ({
    secrets: 'token=$token',
    cacheRepository: `${host}/cache`,
  });

  it('pushes both images by the logins of the step, and tells the digest of each', async () => {
    const { run, step } = await bake('first', usual(), kept());
    assert.equal(run.exitCode, 0, run.output);
    const outputs = step.outputVariables;
    const digests = JSON.parse(outputs['targetDigests'] ?? '') as Record<string, string>;
    const refs = JSON.parse(outputs['imageRefs'] ?? '') as Record<string, string>;
    for (const target of ['api', 'web']) {
      const { digest } = await pushedIndex(
        playground.registry('guarded'),
        `shop/${target}:${outputs['version'] ?? ''}`,
        credentials,
      );
      assert.equal(digests[target], digest);
      assert.ok(refs[target]?.endsWith(`/shop/${target}@${digest}`));
    }
    assert.equal(outputs['digest'], digests['api']);
    assert.equal(outputs['imageRef'], refs['api']);
    assert.match(run.output, /^base 2\/2 +RUN echo base/m);
    assert.match(run.output, /^api:build 1\/2 +RUN /m);
    for (const text of [token, credentials.password]) assert.ok(!run.output.includes(text));
    const own = join(run.workFolder, '1', 's', 'resources.yml');
    assert.deepEqual(await filesHolding(run.workFolder, [token, credentials.password]), [own]);
  });

  it('finds the steps of every target in the cache on a daemon that has never built them', async () => {
    const { run, step } = await bake('fresh', usual());
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(step.outputVariables['cacheShare'], '100', run.output);
  });

  it('tells of each target which step ran first and why, with the files of its context that changed', async () => {
    const changed = { 'web/page.html': '<p>new</p>', 'web/unused': 'x', 'api/unused': 'x' };
    const inputs = { ...usual(), buildArgs: 'GREETING=hello' };
    const { run, step } = await bake('first', inputs, {
      files: { ...files, ...changed },
      ...kept(),
    });
    assert.equal(run.exitCode, 0, run.output);
    const told = /^\*\*Where the cache broke\*\*\n\n((?:- .*\n)+)\nCompared with run /m;
    const summary = await attached(step, 'DistributedTask.Core.Summary');
    const setting = 'a build argument, variable or mount changed that its text does not show';
    assert.deepEqual(told.exec(summary)?.[1]?.trim().split('\n').sort(), [
      `- api:build 1/2 "RUN wc -c \\< /run/secrets/token \\> /n": ${setting}`,
      '- web 1/3 "COPY page.html /": files changed: page.html',
    ]);
  });

  it('builds each platform by itself and merges each target into one image', async () => {
    const inputs = { ...usual(), platforms: 'linux/amd64, linux/arm64', bakeTargets: 'web' };
    const dockerfile = `${files['web/Web.dockerfile']}RUN od -An -tx1 -j18 -N2 /bin/busybox\n`;
    const { run, step } = await bake('first', inputs, {
      files: { ...files, 'web/Web.dockerfile': dockerfile },
    });
    assert.equal(run.exitCode, 0, run.output);
    const tag: `${string}:${string}` = `shop/web:${step.outputVariables['version'] ?? ''}`;
    const index = await pushedIndex(playground.registry('guarded'), tag, credentials);
    assert.deepEqual(Object.keys(index.platforms).sort(), ['linux/amd64', 'linux/arm64']);
    const digests = JSON.parse(step.outputVariables['targetDigests'] ?? '') as object;
    assert.deepEqual(digests, { web: index.digest });
    assert.match(run.output, /^base 2\/2 +RUN echo base > \/base +\S+.*$/m);
    assert.match(run.output, /imagetools create .*--tag \S+\/shop\/web:/);
    // The machine of a program in the base (ELF, e_machine): of the image's platform, not of the builder.
    assert.match(run.output, /^#\d+ amd64 [\d.]+ +3e 00$/m);
    assert.match(run.output, /^#\d+ arm64 [\d.]+ +b7 00$/m);
  });

  it('builds for its own platforms each target, for the builder’s own the one that names none', async () => {
    const bakeSet = 'web.platform=linux/amd64,linux/arm64';
    const { run, step } = await bake('first', { ...usual(), bakeSet });
    assert.equal(run.exitCode, 0, run.output);
    const version = step.outputVariables['version'] ?? '';
    const platformsOf = async (name: string): Promise<readonly string[]> => {
      const tag: `${string}:${string}` = `shop/${name}:${version}`;
      const index = await pushedIndex(playground.registry('guarded'), tag, credentials);
      return Object.keys(index.platforms).sort();
    };
    assert.deepEqual(await platformsOf('web'), ['linux/amd64', 'linux/arm64']);
    assert.equal((await platformsOf('api')).length, 1);
    const bakes = [...run.output.matchAll(/buildx bake --builder .*? ((?:api )?web)$/gm)];
    assert.deepEqual(bakes.map(([, targets]) => targets).sort(), ['api web', 'web']);
    const cached = await bake('fresh', { ...usual(), bakeSet });
    assert.equal(cached.step.outputVariables['cacheShare'], '100', cached.run.output);
  });

  it('shows what it would build, and touches nothing', async () => {
    const { run } = await bake('first', { ...usual(), dryRun: true, bakeSet: 'web.args.A=of-set' });
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /^Target web +\S+\/shop\/web:/m);
    assert.match(run.output, /"A": "of-set"/);
    assert.match(run.output, /buildx bake --builder .* api web$/m);
    assert.doesNotMatch(run.output, /Built/);
  });

  it('fails before the first step when the registry does not take a push of one target', async () => {
    const login = { ...credentials, password: 'wr0ng-horse-battery', host };
    const { run, step } = await bake('first', usual(), { login });
    assert.equal(run.exitCode, 1);
    assert.match(step.issues.map(({ message }) => message).join('\n'), /registries/);
    assert.doesNotMatch(run.output, /RUN/);
  });

  it('points at the line of the Dockerfile of the target that fails', async () => {
    const { step } = await bake(
      'first',
      { ...usual(), bakeTargets: 'web', push: false },
      {
        files: { ...files, 'web/Web.dockerfile': 'FROM base\n\nRUN echo no && exit 3\n' },
      },
    );
    const [issue] = step.issues.filter(({ type }) => type === 'error');
    assert.match(JSON.stringify(issue), /Web\.dockerfile/);
  });

  /** Three Dockerfiles of one name, of which `base` is what the others are made from. */
  const sameNames = {
    'docker-bake.hcl': `
group "default" {
  targets = ["api", "web"]
}
target "base" {
  context = "base"
}
target "api" {
  context = "api"
  contexts = { base = "target:base" }
}
target "web" {
  context = "web"
  contexts = { base = "target:base" }
}
`,
    'base/Dockerfile': 'FROM busybox:1\n',
    'api/Dockerfile': 'FROM base\n',
    'web/Dockerfile': 'FROM base\n',
  };

  for (const [what, line] of [
    ['a command', 'RUN echo no && exit 3'],
    ['a file that is missing', 'COPY nowhere /'],
    ['a mistake', 'RNU true'],
  ] as const) {
    it(`points at the Dockerfile of the target that others are made from, for ${what} in it`, async () => {
      const files = { ...sameNames, 'base/Dockerfile': `FROM busybox:1\n\n${line}\n` };
      const { step } = await bake('first', { push: false }, { files });
      const [issue] = step.issues.filter(({ type }) => type === 'error');
      assert.deepEqual([issue?.['sourcepath'], String(issue?.['line'])], ['base/Dockerfile', '3']);
    });
  }

  it('names no Dockerfile for a mistake in one that stands in the bake file', async () => {
    const inline = 'target "base" {\n  dockerfile-inline = "FROM busybox:1\\nRUN exit 3\\n"\n}';
    const hcl = sameNames['docker-bake.hcl'].replace(/target "base" \{[^}]*\}/, inline);
    const files = { ...sameNames, 'docker-bake.hcl': hcl };
    const { step } = await bake('first', { push: false }, { files });
    const [issue] = step.issues.filter(({ type }) => type === 'error');
    assert.match(issue?.['message'] ?? '', /exit code 3/);
    assert.equal(issue?.['sourcepath'], undefined);
  });

  it('warns of each Dockerfile by its own path', async () => {
    const finding = (from: string) => `FROM ${from}\nMAINTAINER x\n`;
    const files = {
      ...sameNames,
      'base/Dockerfile': finding('busybox:1'),
      'web/Dockerfile': finding('base'),
    };
    const { step } = await bake('first', { push: false }, { files });
    const places = step.issues
      .filter(({ message }) => /Maintainer/.test(message ?? ''))
      .map((issue) => `${issue['sourcepath'] ?? ''}:${issue['line'] ?? ''}`);
    assert.deepEqual(places.sort(), ['base/Dockerfile:2', 'web/Dockerfile:2']);
  });
});
