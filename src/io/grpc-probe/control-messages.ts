import { BinaryReader, type WireType } from '@bufbuild/protobuf/wire';

type ReadField = (reader: BinaryReader, field: number, wire: WireType) => void;

/** `InfoResponse` (BuildKit, control.proto): field 1 is BuildkitVersion, whose field 2 is the version. */
export function versionOf(infoResponse: Uint8Array): string | undefined {
  let version: string | undefined;
  const readVersion: ReadField = (reader, field, wire) => {
    if (field === 2) version = reader.string();
    else reader.skip(wire, field);
  };
  eachField(infoResponse, (reader, field, wire) => {
    if (field === 1) eachField(reader.bytes(), readVersion);
    else reader.skip(wire, field);
  });
  return version;
}

/** `ListWorkersResponse`: field 1 repeats WorkerRecord, whose field 3 repeats pb.Platform. */
export function platformsOf(listWorkersResponse: Uint8Array): readonly string[] {
  const platforms = new Set<string>();
  const readWorker: ReadField = (reader, field, wire) => {
    if (field === 3) platforms.add(platform(reader.bytes()));
    else reader.skip(wire, field);
  };
  eachField(listWorkersResponse, (reader, field, wire) => {
    if (field === 1) eachField(reader.bytes(), readWorker);
    else reader.skip(wire, field);
  });
  return [...platforms];
}

/** pb.Platform (solver/pb/ops.proto): Architecture = 1, OS = 2, Variant = 3, as `os/architecture[/variant]`. */
function platform(message: Uint8Array): string {
  const parts = new Map<number, string>();
  eachField(message, (reader, field, wire) => {
    if (field <= 3) parts.set(field, reader.string());
    else reader.skip(wire, field);
  });
  return [parts.get(2), parts.get(1), parts.get(3)].filter(Boolean).join('/');
}

function eachField(message: Uint8Array, read: ReadField): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    read(reader, field, wire);
  }
}
