import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

type ReadField = (reader: BinaryReader, field: number, wire: WireType) => void;

/** What a daemon's workers say together. */
export interface WorkerFacts {
  readonly platforms: readonly string[];
  readonly hostname: string;
  readonly cacheLimit?: number;
}

const hostnameLabel = 'org.mobyproject.buildkit.worker.hostname';
const text = new TextDecoder();

/** `InfoResponse` (BuildKit, control.proto): field 1 is BuildkitVersion, whose field 2 is the version. */
export function versionOf(infoResponse: Uint8Array): string | undefined {
  const [version] = messagesIn(infoResponse, 1).flatMap((each) => messagesIn(each, 2));
  return version === undefined ? undefined : text.decode(version);
}

/** `ListWorkersResponse`: field 1 repeats WorkerRecord (api/types/worker.proto). */
export function workersOf(listWorkersResponse: Uint8Array): WorkerFacts {
  const workers = messagesIn(listWorkersResponse, 1);
  const labels = workers.flatMap((worker) => messagesIn(worker, 2)).map(mapEntry);
  const platforms = workers.flatMap((worker) => messagesIn(worker, 3)).map(platform);
  const limits = workers.map((worker) => Math.max(0, ...messagesIn(worker, 4).map(spaceOf)));
  const cacheLimit = limits.reduce((sum, limit) => sum + limit, 0);
  return {
    platforms: [...new Set(platforms)],
    hostname: labels.find(([key]) => key === hostnameLabel)?.[1] ?? '',
    ...(cacheLimit > 0 ? { cacheLimit } : {}),
  };
}

/** `BuildHistoryRequest`: ActiveOnly = 1, EarlyExit = 3; the stream then ends with what runs now. */
export const runningBuildsRequest: Uint8Array = new BinaryWriter()
  .tag(1, WireType.Varint)
  .bool(true)
  .tag(3, WireType.Varint)
  .bool(true)
  .finish();

/** How many `BuildHistoryEvent`s are of type STARTED, which is 0 and thus not on the wire. */
export function startedBuilds(events: readonly Uint8Array[]): number {
  return events.filter((event) => numberIn(event, 1) === 0).length;
}

/** `DiskUsageResponse`: field 1 repeats UsageRecord, whose field 4 is Size. */
export function sizeOf(diskUsageResponse: Uint8Array): number {
  return messagesIn(diskUsageResponse, 1).reduce((sum, record) => sum + numberIn(record, 4), 0);
}

/** GCPolicy: maxUsedSpace = 5; daemons before 0.17 know reservedSpace = 3 only. */
function spaceOf(policy: Uint8Array): number {
  return numberIn(policy, 5) || numberIn(policy, 3);
}

function mapEntry(entry: Uint8Array): readonly [key: string, value: string] {
  const [key = '', value = ''] = [1, 2].map((field) => textIn(entry, field));
  return [key, value];
}

/** pb.Platform (solver/pb/ops.proto): Architecture = 1, OS = 2, Variant = 3, as `os/architecture[/variant]`. */
function platform(message: Uint8Array): string {
  return [2, 1, 3]
    .map((field) => textIn(message, field))
    .filter((part) => part !== '')
    .join('/');
}

function textIn(message: Uint8Array, field: number): string {
  const [bytes] = messagesIn(message, field);
  return bytes === undefined ? '' : text.decode(bytes);
}

/** The length-delimited values of a field, in order. */
function messagesIn(message: Uint8Array, wanted: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  eachField(message, (reader, field, wire) => {
    if (field === wanted && wire === WireType.LengthDelimited) found.push(reader.bytes());
    else reader.skip(wire, field);
  });
  return found;
}

/** A number of at most 53 bits; 0 when absent, as protobuf has it. */
function numberIn(message: Uint8Array, wanted: number): number {
  let value = 0;
  eachField(message, (reader, field, wire) => {
    if (field === wanted && wire === WireType.Varint) value = Number(reader.int64());
    else reader.skip(wire, field);
  });
  return value;
}

function eachField(message: Uint8Array, read: ReadField): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    read(reader, field, wire);
  }
}
