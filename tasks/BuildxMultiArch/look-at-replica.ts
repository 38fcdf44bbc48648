import type { Address, Endpoint } from '../../src/core/buildkit/endpoint.ts';
import { parseAddress } from '../../src/core/buildkit/parse-address.ts';
import { probeProblem } from '../../src/core/buildkit/probe-problem.ts';
import type { TlsMaterial } from '../../src/core/buildkit/tls-material.ts';
import type { RecordedReplica } from '../../src/core/routing/failover.ts';
import type { BuildTaskPorts } from './build-task-ports.ts';

/** A replica that was looked at. */
export interface SeenReplica {
  readonly replica: RecordedReplica;
  readonly isReady: boolean;
  /** Why not. One sentence. */
  readonly trouble?: string;
}

/** A daemon that runs answers within milliseconds. */
const lookLimitMs = 2_000;
/** ssh and kubectl come first. */
const programLimitMs = 10_000;

/** Whether a daemon answers, seen from this agent. */
export async function lookAtReplica(
  replica: RecordedReplica,
  { probe, files }: Pick<BuildTaskPorts, 'probe' | 'files'>,
): Promise<SeenReplica> {
  const address = parseAddress(replica.endpoint);
  if (!address.ok || !isDaemon(address.value)) return { replica, isReady: true };
  const tls = await readTls(replica.options, files);
  const limitMs = address.value.kind === 'program' ? programLimitMs : lookLimitMs;
  const outcome = await probe.look(address.value, tls, limitMs);
  if (outcome.kind === 'up') return { replica, isReady: true };
  const host = address.value.kind === 'tcp' ? address.value.host : '';
  const target = { url: replica.endpoint, serverName: tls?.serverName ?? host };
  return { replica, isReady: false, trouble: probeProblem(outcome.failure, target).what };
}

/** Records hold what buildx took, which is never the name of several. */
function isDaemon(address: Address): address is Endpoint {
  return address.kind !== 'srv' && address.kind !== 'dns';
}

/** The options of buildx's remote driver as material; undefined for plain connections. */
async function readTls(
  options: RecordedReplica['options'],
  files: BuildTaskPorts['files'],
): Promise<TlsMaterial | undefined> {
  const read = async (name: string): Promise<string | undefined> => {
    const path = options[name];
    return path === undefined ? undefined : files.readText(path);
  };
  const [ca, cert, key] = await Promise.all(['cacert', 'cert', 'key'].map(read));
  if (ca === undefined) return undefined;
  const serverName = options['servername'];
  return {
    ca,
    ...(cert === undefined || key === undefined ? {} : { client: { cert, key } }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}
