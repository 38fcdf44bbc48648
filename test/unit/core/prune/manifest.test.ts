import assert from 'node:assert/strict';
import { imageTime } from '../../../../src/core/prune/image-time.ts';
import { parseManifest } from '../../../../src/core/prune/manifest.ts';
import { day, digestOf, index, manifest, now } from '../../../support/prune-states.ts';

const oci = 'application/vnd.oci.image';
const blob = (name: string, mediaType: string) => ({ digest: digestOf(name), size: 7, mediaType });
const layers = [blob('layer', `${oci}.layer.v1.tar+gzip`)];
const kindOf = (json: object): string | undefined =>
  parseManifest(digestOf('it'), JSON.stringify(json))?.kind;

describe('a manifest in a registry', () => {
  it('is an image or an index, in the forms of OCI and of Docker', () => {
    const docker = 'application/vnd.docker.container.image.v1+json';
    for (const type of [`${oci}.config.v1+json`, docker]) {
      assert.equal(kindOf({ config: blob('config', type), layers }), 'image');
    }
    assert.equal(kindOf({ manifests: [blob('a', `${oci}.manifest.v1+json`)] }), 'index');
    assert.equal(kindOf({ manifests: [] }), 'index');
  });

  it("is a cache of BuildKit's, the older form of which lists blobs as its manifests", () => {
    const config = blob('config', 'application/vnd.buildkit.cacheconfig.v0');
    assert.equal(kindOf({ config, layers }), 'cache');
    const old = parseManifest(digestOf('x'), JSON.stringify({ manifests: [...layers, config] }));
    assert.equal(old?.kind, 'cacheIndex');
    assert.deepEqual(old.children, []);
    assert.deepEqual(old.blobs.length, 2);
    assert.equal(old.config, config.digest);
  });

  it('is an attestation in its new form, and in the older one, which calls itself an image', () => {
    const artifactType = 'application/vnd.docker.attestation.manifest.v1+json';
    const subject = blob('amd64', `${oci}.manifest.v1+json`);
    const empty = blob('empty', 'application/vnd.oci.empty.v1+json');
    assert.equal(kindOf({ artifactType, subject, config: empty, layers }), 'attestation');
    const proof = [blob('proof', 'application/vnd.in-toto+json')];
    const config = blob('config', `${oci}.config.v1+json`);
    assert.equal(kindOf({ config, layers: proof }), 'attestation');
  });

  it('is an artifact when it is anything else, and may speak of another one', () => {
    const subject = blob('image', `${oci}.manifest.v1+json`);
    const json = JSON.stringify({ config: blob('c', 'application/x'), subject, layers });
    const read = parseManifest(digestOf('x'), json);
    assert.deepEqual(
      [read?.kind, read?.subject, read?.size],
      ['artifact', subject.digest, json.length],
    );
  });

  it('is nothing when it is no JSON, or cut', () => {
    for (const text of ['', '<html>', '{"layers": [', '[]', '{"manifests": [{}]}']) {
      assert.equal(parseManifest(digestOf('x'), text), undefined, text);
    }
  });
});

describe('the time of an image', () => {
  const iso = (days: number): string => new Date(now - days * day).toISOString();
  const annotated = (days: number) => ({ 'org.opencontainers.image.created': iso(days) });
  const config = (created: string): string => JSON.stringify({ created });
  const daysOf = (...parts: Parameters<typeof imageTime>[0]) => {
    const made = imageTime(parts);
    return made === undefined ? undefined : [(now - made.at) / day, made.source];
  };

  it('is the annotation of its index, then of its platforms, then that of a configuration', () => {
    const top = { manifest: index('i', 'a'), config: undefined };
    const plain = { manifest: manifest('a'), config: config(iso(9)) };
    const noted = { manifest: manifest('b', { annotations: annotated(5) }), config: undefined };
    const notedTop = { ...top, manifest: { ...top.manifest, annotations: annotated(2) } };
    assert.deepEqual(daysOf(notedTop, noted, plain), [2, 'annotation']);
    assert.deepEqual(daysOf(top, noted, plain), [5, 'annotation']);
    assert.deepEqual(daysOf(top, plain), [9, 'config']);
  });

  it('is that of its youngest platform', () => {
    const platforms = [3, 1, 8].map((days) => ({
      ...{ manifest: manifest(`p${days}`), config: config(iso(days)) },
    }));
    assert.deepEqual(daysOf(...platforms), [1, 'config']);
  });

  it('is not known when a reproducible build has set it to the beginning of time, or nothing tells', () => {
    const texts = ['1970-01-01T00:00:00Z', '1980-01-01T00:00:01Z', '0001-01-01T00:00:00Z', 'soon'];
    for (const text of texts) {
      assert.equal(daysOf({ manifest: manifest('a'), config: config(text) }), undefined, text);
    }
    assert.equal(daysOf({ manifest: manifest('a'), config: undefined }), undefined);
    assert.equal(daysOf({ manifest: manifest('a'), config: '{"created": 5}' }), undefined);
  });

  it("of a cache is that of its youngest step, in both forms of BuildKit's", () => {
    const results = (days: number) => [{ layer: 0, createdAt: iso(days) }];
    const text = JSON.stringify({
      layers: [{ blob: 'x', parent: -1 }],
      records: [{ digest: 'a' }, { layers: results(6) }, { chains: results(4) }],
    });
    for (const kind of ['cache', 'cacheIndex'] as const) {
      assert.deepEqual(daysOf({ manifest: manifest('c', { kind }), config: text }), [4, 'cache']);
    }
  });

  it('of an attestation says nothing about its image', () => {
    const proof = manifest('p', { kind: 'attestation' });
    assert.equal(daysOf({ manifest: proof, config: config(iso(1)) }), undefined);
  });
});
