import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { type Ground, startGround } from '../support/ground.ts';
import { type MeasuredBuild, measuredBuild } from '../support/measured-build.ts';
import { RepositoryGround } from '../support/repository-ground.ts';

const largeBytes = 20_000_000;

/** Two images of one context with Dockerfiles of their own, one of another context, one that compares times. */
const bakeFile = `
group "default" {
  targets = ["api", "worker", "web", "make"]
}
target "api" {
  context = "server"
  dockerfile = "Api.dockerfile"
  contexts = { shared = "shared" }
}
target "worker" {
  context = "server"
  dockerfile = "Worker.dockerfile"
}
target "web" {
  context = "web"
}
target "make" {
  context = "make"
}
`;
const cat = 'ARG NONCE\nRUN echo $NONCE; cat';

describe('The contexts of a bake', function () {
  this.timeout(300_000);
  let folder: string;
  let playground: Playground;
  let remove: Ground['remove'];
  let ground: RepositoryGround;

  before(async () => {
    ({ folder, playground, remove } = await startGround({
      builders: [{ name: 'plain' }],
      registries: [],
    }));
    ground = new RepositoryGround(folder, playground.environment);
  });

  after(async () => {
    await remove();
  });

  const bake = (
    sources: string,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<MeasuredBuild> => {
    const nonce = `NONCE=${randomBytes(8).toString('hex')}`;
    const all = { bakeFile: 'docker-bake.hcl', push: 'false', buildArgs: nonce, ...inputs };
    return measuredBuild({ folder, playground }, sources, all);
  };

  async function commitAll(origin: string): Promise<void> {
    await ground.commit(origin, {
      'docker-bake.hcl': bakeFile,
      'server/Api.dockerfile': `FROM busybox:1\nCOPY api /api\nCOPY --from=shared . /shared\n${cat} /api/a /shared/s\n`,
      'server/Worker.dockerfile': `FROM busybox:1\nCOPY worker /worker\n${cat} /worker/w\n`,
      'server/api/a': 'api one\n',
      'server/api/large': randomBytes(largeBytes),
      'server/worker/w': 'worker one\n',
      'server/worker/large': randomBytes(largeBytes),
      'shared/s': 'shared one\n',
      'web/Dockerfile': `FROM busybox:1\nCOPY . /web\n${cat} /web/page\n`,
      'web/.dockerignore': 'Dockerfile\nignored\n',
      'web/page': 'page one\n',
      'web/ignored': 'x',
      'web/large': randomBytes(largeBytes),
      'make/Dockerfile': `FROM busybox:1\nCOPY . /make\nRUN --mount=type=cache,target=/make/out true\n`,
    });
  }

  it('cost a fresh clone next to nothing, though every target takes other files', async () => {
    const origin = join(folder, 'origin');
    await commitAll(origin);
    const first = await bake(await ground.clone(origin));
    assert.ok(first.uploaded >= largeBytes, `${first.uploaded} bytes`);
    await ground.commit(origin, { 'server/worker/w': 'worker two\n' });
    const again = await bake(await ground.clone(origin));
    assert.ok(again.uploaded < largeBytes * 0.02, `${again.uploaded} bytes`);
    for (const word of ['api one', 'shared one', 'worker two', 'page one']) {
      assert.match(again.output, new RegExp(` ${word}$`, 'm'));
    }
    assert.match(again.output, /^Context server \(api, worker\): 6 files, 40\.0 MB; /m);
    assert.match(
      again.output,
      /^Context make \(make\): sent as it was checked out, because .*\/make\/out/m,
    );
    assert.match(again.output, /^Context web \(web\): 3 files, /m);
  });

  it('are never stale, though size and time of every version are equal', async () => {
    const origin = join(folder, 'edited');
    await commitAll(origin);
    const sources = await ground.clone(origin);
    const edited = { 'server/api/a': 'api', 'shared/s': 'shared', 'web/page': 'page' };
    for (const version of ['two', 'six', 'ten']) {
      for (const [path, name] of Object.entries(edited)) {
        await writeFile(join(sources, path), `${name} ${version}\n`);
        await utimes(join(sources, path), 1_700_000_000, 1_700_000_000);
      }
      const { output } = await bake(sources, { bakeTargets: 'api\nweb' });
      for (const name of Object.values(edited)) {
        assert.match(output, new RegExp(` ${name} ${version}$`, 'm'));
      }
    }
  });
});
