import {
  type FailoverRecord,
  failoverFile,
  parseFailoverRecord,
} from '../../src/core/routing/failover-record.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';

type Ports = Pick<TaskPorts, 'files'>;
type Environment = BuildxSettings['environment'];

/** The replicas that SetupBuildkitBuilder wrote down for a builder; undefined where it was made otherwise. */
export async function recordedReplicas(
  builder: string,
  environment: Environment,
  { files }: Ports,
): Promise<FailoverRecord | undefined> {
  const text = await files.readText(recordFile(builder, environment));
  const record = text === undefined ? undefined : parseFailoverRecord(parseJson(text));
  return record?.builder === builder ? record : undefined;
}

/** Later steps of the job begin where this one went. */
export async function saveReplicas(
  record: FailoverRecord,
  environment: Environment,
  { files }: Ports,
): Promise<void> {
  await files.writeText(recordFile(record.builder, environment), `${JSON.stringify(record)}\n`);
}

function recordFile(builder: string, environment: Environment): string {
  return failoverFile(environment['BUILDX_CONFIG'] ?? '', builder);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
