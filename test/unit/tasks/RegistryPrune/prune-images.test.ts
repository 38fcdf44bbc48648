import assert from 'node:assert/strict';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import { pruneImages } from '../../../../tasks/RegistryPrune/prune-images.ts';
import type { Inputs } from '../../../../tasks/RegistryPrune/inputs.ts';
import { taskInputs } from '../../../../tasks/RegistryPrune/inputs.generated.ts';
import { readInputs } from '../../../../src/core/task/read-inputs.ts';
import { FakeFiles } from '../../../support/fake-files.ts';
import { FakeHost } from '../../../support/fake-host.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { FakeRegistry } from '../../../support/fake-registry.ts';
import { fakeRunner } from '../../../support/fake-runner.ts';
import { connection } from '../../../support/registry-connections.ts';

const name = 'shop/orders';
const start = Date.parse('2026-06-01T00:00:00Z');
const ago = (days: number): Date => new Date(start - days * 86_400_000);

const account = connection('c1', 'UsernamePassword', {
  ...{ registry: 'https://registry.test', username: 'ci', password: 'pw-of-ci' },
});

interface Pruned {
  readonly host: FakeHost;
  /** What it ended in. */
  readonly error: unknown;
  readonly said: string;
}

describe('RegistryPrune', () => {
  let controller: AbortController;

  beforeEach(() => {
    controller = new AbortController();
  });

  /** A registry of an old image, a young one and a protected one. */
  function filled(settings: ConstructorParameters<typeof FakeRegistry>[0] = {}): FakeRegistry {
    const registry = new FakeRegistry(settings);
    registry.pushImage(name, 'old', ago(40));
    registry.pushImage(name, 'new', ago(1));
    registry.pushImage(name, 'main', ago(90));
    return registry;
  }

  async function prune(
    registry: FakeRegistry,
    given: Readonly<Record<string, string>> = {},
    files = new FakeFiles(),
  ): Promise<Pruned> {
    const host = new FakeHost({ connections: [account] });
    const texts: Readonly<Record<string, string>> = {
      ...{ registry: 'c1', repositories: name, rules: '- deleteOlderThan: 30d', dryRun: 'false' },
      ...given,
    };
    const read = readInputs(taskInputs, (input) => texts[input]);
    if (!read.ok) throw new UserError(read.problems);
    const inputs: Inputs = read.value;
    const cancellation = controller.signal;
    const ports = { host, files, http: registry, clock: fakeClock(start), cancellation };
    const error: unknown = await pruneImages(inputs, {
      ...ports,
      commands: fakeRunner(() => undefined),
    }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const said = error instanceof Error ? error.message : '';
    return { host, error, said };
  }

  it('deletes the tag, then the image, and tells both in its outputs', async () => {
    const registry = filled({ actions: ['pull', 'delete'] });
    const { host, error } = await prune(registry);
    assert.equal(error, undefined);
    assert.deepEqual(registry.tags(name), ['main', 'new']);
    assert.equal(host.outputs.get('deleted'), '1');
    assert.equal(host.outputs.get('kept'), '2');
    const deletions = registry.requests.filter((one) => one.startsWith('DELETE'));
    assert.match(deletions[0] ?? '', /sha256:0{64}$/);
    assert.match(deletions.at(-2) ?? '', /manifests\/old$/);
    assert.match(deletions.at(-1) ?? '', /manifests\/sha256:/);
    assert.ok(host.masked.includes('pw-of-ci'));
  });

  it('only reads in a dry run, and needs no right to delete for it', async () => {
    const registry = filled({ actions: ['pull'] });
    const { host, error } = await prune(registry, { dryRun: 'true' });
    assert.equal(error, undefined);
    assert.ok(registry.requests.every((one) => /^(GET|HEAD) /.test(one)));
    assert.equal(host.outputs.get('deleted'), '1');
    assert.ok(
      host.lines.includes(
        'Dry run: nothing was deleted. With dryRun: false this plan is carried out.',
      ),
    );
  });

  it('reads lists of several pages, and repositories that were emptied', async () => {
    const registry = filled({ pageSize: 1 });
    registry.pushImage('shop/emptied', 'x', ago(40));
    await prune(registry, { repositories: 'shop/*', maxDeletePercent: '100' });
    assert.deepEqual(registry.tags('shop/emptied'), []);
    const { host, error } = await prune(registry, { repositories: 'shop/*' });
    assert.equal(error, undefined);
    assert.ok(host.lines.includes('shop/emptied: nothing there'));
  });

  it('names who may not delete, before any tag is gone', async () => {
    const registry = filled({ actions: ['pull'] });
    const { said } = await prune(registry);
    assert.match(
      said,
      /^registry: Connection c1 may not delete in shop\/orders on registry\.test: it answers HTTP 401/,
    );
    assert.match(said, /AcrDelete/);
    assert.equal(registry.tags(name).length, 3);
  });

  it('says what a registry needs that deletes nothing, before any tag is gone', async () => {
    const registry = filled({ deletes: false });
    const { said } = await prune(registry);
    assert.match(said, /storage\.delete\.enabled/);
    assert.equal(registry.tags(name).length, 3);
  });

  it('says which names to write where the list of repositories is closed', async () => {
    const { said } = await prune(filled({ hasCatalog: false }), { repositories: 'shop/*' });
    assert.match(
      said,
      /^repositories: .*Where only the list is closed, write the names of repositories/,
    );
  });

  it('lets a tag be that has moved since it was judged, and its new image with all in it', async () => {
    const registry = filled();
    registry.before = (request) => {
      if (request.startsWith('DELETE') && request.includes('sha256:000')) {
        registry.pushImage(name, 'old', ago(0));
      }
    };
    const { host } = await prune(registry);
    assert.deepEqual(registry.tags(name), ['main', 'new', 'old']);
    assert.ok(host.lines.some((line) => /skipped: it leads to another image by now/.test(line)));
  });

  it('keeps an image that got another tag meanwhile', async () => {
    const registry = filled();
    let digest = '';
    registry.before = (request) => {
      if (request !== `DELETE /v2/${name}/manifests/old`) return;
      digest = registry.pushImage(name, 'old', ago(40));
      registry.pushImage(name, 'again', ago(40));
      registry.push(name, 'again', { schemaVersion: 2, manifests: [{ digest, size: 1 }] });
    };
    await prune(registry);
    assert.deepEqual(registry.tags(name), ['again', 'main', 'new']);
    assert.ok(registry.has(name, digest));
  });

  it('deletes tags with their images where they cannot be removed alone', async () => {
    const registry = filled({ untags: false });
    const digest = registry.pushImage(name, 'old-2', ago(50));
    const { error, host } = await prune(registry);
    assert.equal(error, undefined);
    assert.deepEqual(registry.tags(name), ['main', 'new']);
    assert.equal(registry.has(name, digest), false);
    assert.equal(host.outputs.get('deleted'), '2');
  });

  it('leaves a tag there whose image stays', async () => {
    const registry = filled({ untags: false });
    const again = { schemaVersion: 2, manifests: [] };
    registry.push(name, 'latest', again);
    registry.push(name, 'copy', again);
    const { host } = await prune(registry, { rules: '- { tags: copy, keepLast: 0 }' });
    assert.ok(registry.tags(name).includes('copy'));
    assert.ok(
      host.lines.some((line) => /copy .* skipped: this registry removes no tag alone/.test(line)),
    );
  });

  it('stops at once when a registry deletes an image with one of its tags', async () => {
    const registry = filled({ takesAlong: true });
    registry.push(name, 'latest', { schemaVersion: 2, manifests: [] });
    registry.push(name, 'copy', { schemaVersion: 2, manifests: [] });
    const { said } = await prune(registry, { rules: '- { tags: [copy, old], keepLast: 0 }' });
    assert.match(said, /does not remove a tag alone: .*it deleted the image/);
    assert.ok(registry.tags(name).includes('old'));
  });

  it('deletes what only the list of referrers tells, before the image it speaks of', async () => {
    const registry = filled({ hasReferrers: true });
    const old = registry.pushImage(name, 'old', ago(40));
    const proof = registry.pushImage(name, undefined, ago(40), old);
    const proofOfProof = registry.pushImage(name, undefined, ago(40), proof);
    await prune(registry);
    for (const digest of [old, proof, proofOfProof]) assert.ok(!registry.has(name, digest));
    const order = registry.requests.filter((one) => /^DELETE .*sha256:/.test(one)).slice(1);
    assert.deepEqual(
      order,
      [proofOfProof, proof, old].map((one) => `DELETE /v2/${name}/manifests/${one}`),
    );
  });

  it('only removes tags when it is told to', async () => {
    const registry = filled();
    const digest = registry.pushImage(name, 'old', ago(40));
    const { host } = await prune(registry, { untagOnly: 'true' });
    assert.deepEqual(registry.tags(name), ['main', 'new']);
    assert.ok(registry.has(name, digest));
    assert.equal(host.outputs.get('freedBytes'), '0');
  });

  it('ends between two deletions when it is cancelled, and reports what is gone', async () => {
    const registry = filled();
    registry.pushImage(name, 'older', ago(41));
    registry.before = (request) => {
      if (request === `DELETE /v2/${name}/manifests/old`) controller.abort();
    };
    const files = new FakeFiles();
    const { error, host } = await prune(registry, { maxDeletePercent: '100' }, files);
    assert.ok(error instanceof CancelledError);
    assert.deepEqual(registry.tags(name), ['main', 'new', 'older']);
    const report = files.entries.get(host.outputs.get('report') ?? '')?.text ?? '';
    assert.match(report, /"result":"canceled"/);
    assert.match(
      report,
      /"tag":"older"[^}]*"outcome":"skipped","reason":"older than 30 d; the step was cancelled"/,
    );
    assert.match(report, /"tag":"old"[^}]*"outcome":"deleted"/);
  });

  it('begins no deletion after the cancel, and reports that all is still there', async () => {
    const registry = filled();
    registry.before = (request) => {
      const isProven = registry.requests.some((one) => one.startsWith('DELETE'));
      if (isProven && request === `HEAD /v2/${name}/manifests/old`) controller.abort();
    };
    const { error, host } = await prune(registry);
    assert.ok(error instanceof CancelledError);
    assert.equal(registry.tags(name).length, 3);
    assert.equal(host.outputs.get('deleted'), '0');
  });

  it('fails before anything when the list of what runs is missing', async () => {
    const registry = filled();
    const { said } = await prune(registry, { protectedImagesFile: '/list.txt' });
    assert.match(said, /^protectedImagesFile: \/list\.txt is not there, or holds no image/);
    assert.deepEqual(registry.requests, []);
  });

  it('keeps what runs', async () => {
    const registry = filled();
    const files = new FakeFiles({ '/list.txt': `\nlocalhost:30500/${name}:old\nother/image:1\n` });
    await prune(registry, { protectedImagesFile: '/list.txt' }, files);
    assert.equal(registry.tags(name).length, 3);
  });

  it('tells all that is wrong at once', async () => {
    const { said } = await prune(filled(), {
      ...{
        registry: '',
        repositories: 'other.io/shop/x',
        rules: '- tags: x',
        maxDeletePercent: '101',
      },
      ...{ registryHost: 'registry.test', protectedTags: '(', protectedImages: '!!' },
    });
    const named = said.split('\n').map((line) => /^\w+/.exec(line)?.[0]);
    assert.deepEqual(named, [
      'repositories',
      'rules',
      'protectedTags',
      'protectedImages',
      'maxDeletePercent',
    ]);
  });

  it('says what is wrong with the registry it is given', async () => {
    const told = async (given: Readonly<Record<string, string>>) =>
      (await prune(filled(), given)).said;
    assert.match(
      await told({ registry: '' }),
      /^registry: Expected a Docker registry service connection, found none/,
    );
    assert.match(
      await told({ registry: 'nobody' }),
      /^registry: Expected the name of a Docker registry/,
    );
    assert.match(
      await told({ registryHost: 'x.io' }),
      /^registryHost: It names x\.io, and the service connection/,
    );
    assert.match(
      await told({ registry: '', registryHost: 'docker.io' }),
      /^registry: Docker Hub does not delete/,
    );
    assert.match(await told({ registry: '', registryHost: 'a b' }), /^registryHost: Expected host/);
  });
});
