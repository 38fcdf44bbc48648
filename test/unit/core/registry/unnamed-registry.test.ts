import assert from 'node:assert/strict';
import type { RegistryAccount } from '../../../../src/core/registry/account.ts';
import { unnamedRegistryProblems } from '../../../../src/core/registry/unnamed-registry.ts';

const login = (registry: string): RegistryAccount => ({
  ...{ kind: 'password', connection: 'c1', registry, username: 'ci', password: 'pw' },
});
const wrong = (repository: string, ...registries: string[]): readonly string[] =>
  unnamedRegistryProblems([repository], registries.map(login)).map(({ change }) => change);

describe('a repository without a registry', () => {
  it('is a slip when all connections log in elsewhere, as Docker@2 took theirs', () => {
    assert.deepEqual(wrong('shop/orders', 'my.azurecr.io'), [
      'Write my.azurecr.io/shop/orders, or docker.io/shop/orders for Docker Hub.',
    ]);
  });

  it('is on Docker Hub when a connection logs in there, or none is named', () => {
    assert.deepEqual(wrong('shop/orders', 'my.azurecr.io', 'docker.io'), []);
    assert.deepEqual(wrong('shop/orders'), []);
  });

  it('is none when its registry is written, Docker Hub too', () => {
    assert.deepEqual(wrong('docker.io/shop/orders', 'my.azurecr.io'), []);
    assert.deepEqual(wrong('localhost:5000/orders', 'my.azurecr.io'), []);
  });
});
