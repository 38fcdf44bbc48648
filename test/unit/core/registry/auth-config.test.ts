import assert from 'node:assert/strict';
import {
  type RegistryLogin,
  authConfig,
  registryHost,
} from '../../../../src/core/registry/auth-config.ts';

const acr: RegistryLogin = { registry: 'my.azurecr.io', username: 'ci', password: 'p:w' };
const hub: RegistryLogin = { registry: 'docker.io', username: 'ci', password: 'x' };
const basic = (text: string): string => Buffer.from(text).toString('base64');

const written = (logins: readonly RegistryLogin[], existing?: object): unknown =>
  JSON.parse(authConfig(logins, existing === undefined ? undefined : JSON.stringify(existing)));

describe('the docker config of a step', () => {
  it('holds a login under its host, and Docker Hub under its v1 address', () => {
    assert.deepEqual(written([acr, hub]), {
      auths: {
        'my.azurecr.io': { auth: basic('ci:p:w') },
        'https://index.docker.io/v1/': { auth: basic('ci:x') },
      },
    });
  });

  it('keeps what the agent is logged in to elsewhere, and its other settings', () => {
    const existing = {
      auths: { 'other.io': { auth: 'b' }, 'my.azurecr.io': { auth: 'old' } },
      proxies: {},
    };
    assert.deepEqual(written([acr], existing), {
      auths: { 'other.io': { auth: 'b' }, 'my.azurecr.io': { auth: basic('ci:p:w') } },
      proxies: {},
    });
  });

  it('does not let a credential helper win over the login given', () => {
    const existing = { credHelpers: { 'my.azurecr.io': 'acr', 'eu.gcr.io': 'gcloud' } };
    assert.deepEqual(written([acr], existing), {
      auths: { 'my.azurecr.io': { auth: basic('ci:p:w') } },
      credHelpers: { 'eu.gcr.io': 'gcloud' },
    });
    assert.ok(
      !authConfig([acr], '{"credHelpers":{"my.azurecr.io":"acr"}}').includes('credHelpers'),
    );
  });

  it('switches a credential store off for that registry alone', () => {
    assert.deepEqual(written([acr], { credsStore: 'pass' }), {
      auths: { 'my.azurecr.io': { auth: basic('ci:p:w') } },
      credsStore: 'pass',
      credHelpers: { 'my.azurecr.io': '' },
    });
  });

  it('starts afresh when the agent has a broken one', () => {
    const auths = { 'my.azurecr.io': { auth: basic('ci:p:w') } };
    for (const broken of ['{', '[]', 'null', '']) {
      assert.deepEqual(JSON.parse(authConfig([acr], broken)), { auths }, broken);
    }
  });
});

describe('the registry of a connection', () => {
  it('is a host, however the connection spells it', () => {
    const spellings: readonly (readonly [string, string])[] = [
      ['https://index.docker.io/v1/', 'docker.io'],
      ['https://hub.docker.com/', 'docker.io'],
      ['https://My.azurecr.io', 'my.azurecr.io'],
      ['localhost:5000', 'localhost:5000'],
      ['http://127.0.0.1:5000/', '127.0.0.1:5000'],
      ['ghcr.io/shop', 'ghcr.io'],
    ];
    for (const [text, host] of spellings) assert.equal(registryHost(text), host, text);
  });

  it('is nothing when it cannot be one', () => {
    for (const text of ['', 'orders', 'my registry.io']) {
      assert.equal(registryHost(text), undefined, text);
    }
  });
});
