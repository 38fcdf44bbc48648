import assert from 'node:assert/strict';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { platformsOf, versionOf } from '../../../../src/io/grpc-probe/control-messages.ts';

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
      new Uint8Array([...message({ 1: 'id', 2: 'labels' }), ...repeated(3, platforms)]);
    const response = repeated(1, [
      worker([platform('linux', 'amd64'), platform('linux', 'amd64', 'v2')]),
      worker([platform('linux', 'amd64'), platform('linux', 'arm', 'v7')]),
    ]);
    assert.deepEqual(platformsOf(response), ['linux/amd64', 'linux/amd64/v2', 'linux/arm/v7']);
  });
});
