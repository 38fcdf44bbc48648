import assert from 'node:assert/strict';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  sizeOf,
  startedBuilds,
  versionOf,
  workersOf,
} from '../../../../src/io/grpc-probe/control-messages.ts';

type Fields = Readonly<Record<number, string | Uint8Array>>;

/** A message whose fields are texts and messages; field 99 stands for what newer daemons may add. */
function message(fields: Fields): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of Object.entries(fields)) {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    writer.tag(Number(field), WireType.LengthDelimited).bytes(bytes);
  }
  return writer.tag(99, WireType.Varint).uint32(7).finish();
}

function repeated(field: number, messages: readonly Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const each of messages) writer.tag(field, WireType.LengthDelimited).bytes(each);
  return writer.finish();
}

const numbers = (fields: Readonly<Record<number, number>>): Uint8Array =>
  Object.entries(fields)
    .reduce(
      (writer, [field, value]) => writer.tag(Number(field), WireType.Varint).int64(value),
      new BinaryWriter(),
    )
    .finish();

const platform = (os: string, architecture: string, variant?: string): Uint8Array =>
  message({ 1: architecture, 2: os, ...(variant === undefined ? {} : { 3: variant }) });

describe('what BuildKit tells of itself', () => {
  it('is the version in Info, whatever fields come beside it', () => {
    const version = message({ 1: 'github.com/moby/buildkit', 2: 'v0.32.2', 3: 'abc' });
    assert.equal(versionOf(message({ 1: version })), 'v0.32.2');
  });

  it('is no version when the daemon leaves it out', () => {
    assert.equal(versionOf(new Uint8Array()), undefined);
  });

  it('is the platforms of all workers in ListWorkers, each once', () => {
    const worker = (platforms: readonly Uint8Array[]): Uint8Array =>
      new Uint8Array([...message({ 1: 'id' }), ...repeated(3, platforms)]);
    const response = repeated(1, [
      worker([platform('linux', 'amd64'), platform('linux', 'amd64', 'v2')]),
      worker([platform('linux', 'amd64'), platform('linux', 'arm', 'v7')]),
    ]);
    const { platforms } = workersOf(response);
    assert.deepEqual(platforms, ['linux/amd64', 'linux/amd64/v2', 'linux/arm/v7']);
  });

  it('is the machine it runs on, which is one of its labels', () => {
    const label = message({ 1: 'org.mobyproject.buildkit.worker.hostname', 2: 'buildkitd-1' });
    const other = message({ 1: 'org.mobyproject.buildkit.worker.network', 2: 'host' });
    const worker = repeated(2, [other, label]);
    assert.equal(workersOf(repeated(1, [worker])).hostname, 'buildkitd-1');
  });

  it('is the largest space that a rule of its garbage collection leaves to the cache', () => {
    const rules = [numbers({ 5: 512 }), numbers({ 1: 1, 5: 10_000_000_000 })];
    assert.equal(workersOf(repeated(1, [repeated(4, rules)])).cacheLimit, 10_000_000_000);
    const old = [numbers({ 3: 2_000 })];
    assert.equal(workersOf(repeated(1, [repeated(4, old)])).cacheLimit, 2_000);
    assert.equal(workersOf(repeated(1, [new Uint8Array()])).cacheLimit, undefined);
  });

  it('is how many builds run: each event without a type is a start', () => {
    const started = message({ 2: 'record' });
    assert.equal(startedBuilds([started, started, numbers({ 1: 1 })]), 2);
    assert.equal(startedBuilds([]), 0);
  });

  it('is the size of its cache, record by record', () => {
    assert.equal(sizeOf(repeated(1, [numbers({ 4: 100 }), numbers({ 4: 23 })])), 123);
  });
});
