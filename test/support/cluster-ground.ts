import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { Cluster } from '../../scripts/lib/cluster/cluster.ts';
import { buildkitImage } from '../../scripts/lib/cluster/images.ts';
import { type Forward, forward } from '../../scripts/lib/cluster/forward.ts';
import { startCluster } from '../../scripts/lib/cluster/start-cluster.ts';
import { decidedSource } from '../../scripts/lib/images/image-source.ts';
import { createAuthority, issue } from '../../scripts/lib/playground/certificates.ts';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import { startMirror } from '../../scripts/lib/playground/mirror.ts';
import { trustAlso } from '../../scripts/lib/playground/trust.ts';
import { architectures } from '../../scripts/lib/toolchain/architecture.ts';
import { toolFolders, toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { chartFolder } from './chart.ts';

/** A cluster with the chart, a registry of its own, and this machine's mirror of docker.io. */
export interface ClusterGround {
  readonly cluster: Cluster;
  /** `HOST:PORT` of the registry in the cluster, for image references. */
  readonly registry: string;
  /** What this machine builds for: its own and, where QEMU is registered, the other. */
  readonly platforms: readonly string[];
  /** What Helm printed after the installation. */
  readonly notes: string;
  /** For an agent that runs beside the pods. */
  readonly environment: Record<string, string>;
  /** Runs helm against the cluster. @throws Error with what it said */
  helm(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Where the chart is installed, as release `ci`. */
export const namespace = 'build';
const registryName = 'registry.default.svc.cluster.local';
const helmLimit = 180_000;

export async function startClusterGround(log: (line: string) => void): Promise<ClusterGround> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  const parts: { stop(): unknown }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of parts.reverse()) await part.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await start(folder, parts, log)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  folder: string,
  parts: { stop(): unknown }[],
  log: (line: string) => void,
): Promise<Omit<ClusterGround, 'stop'>> {
  const registry = `${registryName}:5000`;
  const authority = await createAuthority('Registry CA');
  const caFile = join(folder, 'ca.crt');
  await writeFile(caFile, authority.cert);
  const cluster = await startCluster({
    ...{ stateDir: join(folder, 'cluster'), log },
    registries: [{ host: registry, authority: authority.cert }],
  });
  parts.push(cluster);
  const pair = await issue(registryName, 'serverAuth', authority, registryName);
  await startRegistry(cluster, folder, pair);
  const mirror = await mirrorFor(cluster, folder, parts);
  await makeNamespace(cluster, caFile);
  const helm = helmOf(cluster);
  const platforms = platformsHere();
  const file = join(folder, 'values.yaml');
  await writeFile(file, stringify(valuesOf(registry, mirror, platforms)));
  const limits = ['--wait', '--timeout', '150s'];
  const install = ['install', 'ci', chartFolder, '--namespace', namespace, '--values', file];
  const notes = await helm(...install, ...limits);
  log('the chart is installed');
  const path = [...toolFolders(), process.env['PATH'] ?? ''].join(':');
  const environment = { PATH: path, ...(await trustAlso(caFile, folder)) };
  return { cluster, registry, platforms, notes, environment, helm };
}

/** What differs from the defaults is what this machine asks for: less to request, images made here. */
function valuesOf(registry: string, mirror: string, platforms: readonly string[]) {
  const [repository, tag] = buildkitImage.split(':');
  return {
    buildkit: {
      image: { repository: `local.test/${repository}`, tag },
      securityProfile: 'privileged',
      pools: [{ name: 'pool', architecture: architectures().native, replicas: 2 }],
      resources: { requests: { cpu: '50m', memory: '64Mi' } },
      mirrors: [
        { registry: 'docker.io', mirror, http: true },
        // Makes BuildKit trust the authority of the registry that it pushes to.
        { registry: 'registry.test', mirror: registry, caSecret: 'registry-ca' },
      ],
    },
    test: { repository: `${registry}/helm-test`, platforms, runImage: true },
  };
}

function platformsHere(): readonly string[] {
  const { native, foreign } = architectures();
  const emulator = `qemu-${foreign === 'arm64' ? 'aarch64' : 'x86_64'}`;
  const isEmulated = existsSync(join('/proc/sys/fs/binfmt_misc', emulator));
  return [native, ...(isEmulated ? [foreign] : [])].map((name) => `linux/${name}`);
}

async function startRegistry(
  cluster: Cluster,
  folder: string,
  pair: { readonly cert: string; readonly key: string },
): Promise<void> {
  await writeFile(join(folder, 'tls.crt'), pair.cert);
  await writeFile(join(folder, 'tls.key'), pair.key, { mode: 0o600 });
  const files = ['tls.crt', 'tls.key'].map((name) => `--from-file=${join(folder, name)}`);
  await cluster.kubectl(['create', 'secret', 'generic', 'registry-tls', ...files]);
  await cluster.kubectl(['apply', '--filename', 'test/fixtures/cluster/registry.yaml']);
}

/** @returns `HOST:PORT` of this machine's mirror of docker.io as pods reach it */
async function mirrorFor(
  { hostAddress }: Cluster,
  folder: string,
  parts: { stop(): unknown }[],
): Promise<string> {
  await mkdir(join(folder, 'mirror'));
  const mirror: { port: number; daemon: Daemon } = await startMirror(
    join(folder, 'mirror'),
    await decidedSource(),
  );
  parts.push(mirror.daemon);
  const opened: Forward = await forward(hostAddress, mirror.port);
  parts.push(opened);
  return `${hostAddress}:${opened.port}`;
}

async function makeNamespace(cluster: Cluster, caFile: string): Promise<void> {
  await cluster.kubectl(['create', 'namespace', namespace]);
  const secret = ['create', 'secret', 'generic', 'registry-ca', `--from-file=${caFile}`];
  await cluster.kubectl(['--namespace', namespace, ...secret]);
}

function helmOf(cluster: Cluster): ClusterGround['helm'] {
  return async (...args) => {
    const result = await execa(toolPath('helm'), args, {
      ...{ env: { KUBECONFIG: cluster.kubeconfig }, reject: false, timeout: helmLimit },
    });
    if (result.exitCode === 0) return result.stdout;
    const state = ['--namespace', namespace, 'get', 'pods,events'];
    const seen = await cluster.kubectl(state).catch(String);
    throw new Error(`helm ${args[0] ?? ''}: ${result.stderr || result.message}\n${seen}`);
  };
}
