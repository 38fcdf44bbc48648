import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { buildkitdConfig } from '../../../../../scripts/lib/playground/buildkitd-config.ts';
import { registriesConf } from '../../../../../scripts/lib/playground/podman-config.ts';
import { registryConfig } from '../../../../../scripts/lib/playground/registry-config.ts';

const registries = [
  { host: 'localhost:5001' },
  { host: 'localhost:5002', caFile: '/state/run/certificates/ca.pem' },
];

describe('buildkitd.toml', () => {
  const text = buildkitdConfig({
    mirrorHost: '127.0.0.1:5000',
    registries,
    traceSocket: '/state/run/otel.sock',
    cgroupParent: '/playground',
  });

  it('names the mirror under docker.io, and plain HTTP in the section of the mirror', () => {
    assert.match(text, /\[registry\."docker\.io"\]\nmirrors = \["127\.0\.0\.1:5000"\]\n/);
    assert.match(text, /\[registry\."127\.0\.0\.1:5000"\]\nhttp = true\n/);
  });

  it('speaks HTTP with a plain registry, and never with one that has a certificate', () => {
    assert.match(text, /\[registry\."localhost:5001"\]\nhttp = true\n/);
    assert.match(
      text,
      /\[registry\."localhost:5002"\]\nhttp = false\nca = \["\/state\/.*ca\.pem"\]\n/,
    );
  });

  it('shares neither worker, trace socket nor cgroup with another daemon', () => {
    assert.match(text, /\[worker\.containerd\]\nenabled = false\n/);
    assert.match(text, /socketPath = "\/state\/run\/otel\.sock"/);
    assert.match(text, /defaultCgroupParent = "\/playground"/);
  });
});

describe('registries.conf', () => {
  const text = registriesConf('127.0.0.1:5000', registries);

  it('pulls docker.io and short names through the mirror', () => {
    assert.match(text, /unqualified-search-registries = \["docker\.io"\]/);
    assert.match(text, /prefix = "docker\.io".*\n.*\n\n\[\[registry\.mirror\]\]\nlocation = "127/);
  });

  it('allows plain HTTP for plain registries only', () => {
    assert.match(text, /location = "localhost:5001"\ninsecure = true/);
    assert.doesNotMatch(text, /localhost:5002/);
  });
});

describe('The configuration of a registry', () => {
  const settings = { port: 5000, storageDir: '/storage' };

  it('listens on loopback only and takes deletions', () => {
    const config = parse(registryConfig(settings)) as Record<string, Record<string, unknown>>;
    assert.deepEqual(config['http'], { addr: '127.0.0.1:5000' });
    assert.deepEqual(config['storage']?.['delete'], { enabled: true });
    assert.equal(config['auth'], undefined);
    assert.equal(config['proxy'], undefined);
  });

  it('keeps what a proxy pulled: no time to live', () => {
    const text = registryConfig({ ...settings, remoteUrl: 'https://registry-1.docker.io' });
    const { proxy } = parse(text) as { proxy: object };
    assert.deepEqual(proxy, { remoteurl: 'https://registry-1.docker.io', ttl: '0' });
  });

  it('refuses pushes when it is read-only', () => {
    const text = registryConfig({ ...settings, readOnly: true });
    const { storage } = parse(text) as { storage: { maintenance: { readonly: object } } };
    assert.deepEqual(storage.maintenance.readonly, { enabled: true });
  });
});
