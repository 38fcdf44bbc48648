import assert from 'node:assert/strict';
import { registryAccounts } from '../../../src/workflows/registry-accounts.ts';
import { FakeHost } from '../../support/fake-host.ts';
import {
  basicConnection,
  connection,
  federatedConnection,
  principalConnection,
} from '../../support/registry-connections.ts';

const problemsOf = (host: FakeHost, ...ids: readonly string[]): readonly string[] => {
  const accounts = registryAccounts(ids, host);
  assert.ok(!accounts.ok);
  assert.ok(accounts.problems.every(({ where }) => where === 'registries'));
  return accounts.problems.map(({ what }) => what);
};

describe('the account of a service connection', () => {
  it('masks the password and the form it has in the file', () => {
    const host = new FakeHost({ connections: [basicConnection] });
    assert.ok(registryAccounts(['c1'], host).ok);
    assert.deepEqual(host.masked, ['pw1', Buffer.from('ci:pw1').toString('base64')]);
  });

  it('of a service principal is its id and key, at the login server in lower case', () => {
    const host = new FakeHost({ connections: [principalConnection] });
    const accounts = registryAccounts(['c-principal'], host);
    assert.deepEqual(accounts.ok && accounts.value, [
      {
        kind: 'password',
        connection: 'c-principal',
        registry: 'shop.azurecr.io',
        username: 'app',
        password: 'key1',
      },
    ]);
    assert.ok(host.masked.includes('key1'));
  });

  it('of a federated identity holds no secret, and the authority of its cloud', () => {
    const host = new FakeHost({ connections: [federatedConnection] });
    const accounts = registryAccounts(['c-federated'], host);
    assert.deepEqual(accounts.ok && accounts.value, [
      {
        kind: 'federated',
        connection: 'c-federated',
        registry: 'shop.azurecr.io',
        authority: 'https://login.microsoftonline.com',
        tenant: 't-1',
        clientId: 'app',
        resource: 'https://management.core.windows.net/',
      },
    ]);
    assert.deepEqual(host.masked, []);
  });

  it('is refused when it would send a token to a host that is none of Azure’s', () => {
    const parameters = { loginServer: 'evil.example', serviceprincipalid: 'app', tenantid: 't-1' };
    const evil = connection('c4', 'WorkloadIdentityFederation', parameters, {
      registrytype: 'ACR',
    });
    const host = new FakeHost({ connections: [evil] });
    assert.match(problemsOf(host, 'c4')[0] ?? '', /a token of Entra to evil.example/);
    const variables = { DAEMONLESS_TRUSTED_ACR_HOSTS: 'evil.example=https://login.example/' };
    const trusting = new FakeHost({ connections: [evil], variables });
    const accounts = registryAccounts(['c4'], trusting);
    const [account] = accounts.ok ? accounts.value : [];
    assert.equal(account?.kind === 'federated' && account.authority, 'https://login.example');
  });

  it('names every connection that cannot be used, at once', () => {
    const managed = connection('c2', 'ManagedServiceIdentity', { loginServer: 'a.azurecr.io' });
    const certificate = connection('c5', 'ServicePrincipal', {
      loginServer: 'b.azurecr.io',
      authenticationType: 'spnCertificate',
    });
    const nowhere = connection('c3', 'UsernamePassword', { registry: 'my registry' });
    const host = new FakeHost({ connections: [basicConnection, managed, certificate, nowhere] });
    const problems = problemsOf(host, 'c1', 'c2', 'c5', 'c3', 'gone');
    const expected = [
      /c2 logs in by "ManagedServiceIdentity"/,
      /c5 logs in by "ServicePrincipal"/,
      /c3 is "my registry"/,
      /found "gone"/,
    ];
    assert.equal(problems.length, expected.length);
    expected.forEach((pattern, at) => {
      assert.match(problems[at] ?? '', pattern);
    });
  });

  it('may be only one of each registry, for one of two logins would be lost', () => {
    const parameters = { registry: 'my.azurecr.io', username: 'b', password: 'pw2' };
    const again = connection('c2', 'UsernamePassword', parameters);
    const host = new FakeHost({ connections: [basicConnection, again] });
    assert.match(problemsOf(host, 'c1', 'c2')[0] ?? '', /Two connections log in to my.azurecr.io/);
  });
});
