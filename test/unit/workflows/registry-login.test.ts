import assert from 'node:assert/strict';
import type { ServiceConnection } from '../../../src/ports/task-host.ts';
import { registryLogins, saveLogins } from '../../../src/workflows/registry-login.ts';
import { FakeFiles } from '../../support/fake-files.ts';
import { FakeHost } from '../../support/fake-host.ts';

const connection = (
  id: string,
  parameters: Readonly<Record<string, string>>,
  scheme = 'UsernamePassword',
): ServiceConnection => ({
  id,
  url: 'https://hub.docker.com/',
  scheme,
  parameter: (name) => parameters[name.toLowerCase()],
  data: () => undefined,
});

const acr = connection('c1', {
  registry: 'https://my.azurecr.io',
  username: 'ci',
  password: 'pw1',
});

describe('registry logins', () => {
  it('masks the password and the form it has in the file', () => {
    const host = new FakeHost({ connections: [acr] });
    const logins = registryLogins(['c1'], host);
    assert.ok(logins.ok);
    assert.deepEqual(host.masked, ['pw1', Buffer.from('ci:pw1').toString('base64')]);
  });

  it('names every connection that cannot be used, at once', () => {
    const principal = connection('c2', {}, 'ServicePrincipal');
    const nowhere = connection('c3', { registry: 'my registry' });
    const host = new FakeHost({ connections: [acr, principal, nowhere] });
    const logins = registryLogins(['c1', 'c2', 'c3', 'gone'], host);
    assert.ok(!logins.ok);
    const [scheme, registry, unknown] = logins.problems;
    assert.match(scheme?.what ?? '', /c2 logs in by "ServicePrincipal"/);
    assert.match(registry?.what ?? '', /c3 is "my registry"/);
    assert.match(unknown?.what ?? '', /found "gone"/);
    assert.ok(logins.problems.every(({ where }) => where === 'registries'));
  });

  it('refuses two logins to one registry, for one of them would be lost', () => {
    const again = connection('c2', { registry: 'my.azurecr.io', username: 'b', password: 'pw2' });
    const logins = registryLogins(['c1', 'c2'], new FakeHost({ connections: [acr, again] }));
    assert.ok(!logins.ok);
    assert.match(logins.problems[0]?.what ?? '', /Two connections log in to my.azurecr.io/);
  });

  it('writes a file only its owner reads, over the logins of the agent itself', async () => {
    const host = new FakeHost({
      connections: [acr],
      variables: { DOCKER_CONFIG: '/agent/docker' },
    });
    const files = new FakeFiles({ '/agent/docker/config.json': '{"auths":{"b.io":{"auth":"x"}}}' });
    const logins = registryLogins(['c1'], host);
    assert.ok(logins.ok);
    const access = await saveLogins(logins.value, '/agent/_temp/private', { host, files });
    assert.equal(access.file, '/agent/_temp/private/config.json');
    assert.equal(files.entries.get(access.file)?.mode, 0o600);
    const text = files.entries.get(access.file)?.text ?? '';
    assert.deepEqual(Object.keys((JSON.parse(text) as { auths: object }).auths), [
      'b.io',
      'my.azurecr.io',
    ]);
  });
});
