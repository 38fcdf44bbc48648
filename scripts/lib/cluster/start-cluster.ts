import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { lastLines } from '../playground/log-file.ts';
import { startDaemon } from '../playground/daemon.ts';
import { cacheFolder } from '../toolchain/cache-folder.ts';
import { toolPath } from '../toolchain/tool-path.ts';
import { type ClusterNames, clusterNames, nodeName } from './addresses.ts';
import type { Cluster, ClusterOptions } from './cluster.ts';
import { writeConfiguration } from './configuration.ts';
import { kubeconfigIn, writeCredentials } from './credentials.ts';
import { provideDebianPackages } from './debian-packages.ts';
import { makeClusterImages } from './images.ts';
import { importImages } from './import-images.ts';
import { type Node, openNode } from './node.ts';
import {
  apiServer,
  containerd,
  controlPlane,
  etcd,
  nodeDaemons,
  type Program,
} from './programs.ts';
import { waitFor } from './wait-for.ts';

const systemManifest = fileURLToPath(new URL('system.yaml', import.meta.url));
const programLimit = 90_000;
const apiLimitSeconds = 90;
const readyLimitSeconds = 90;

/** What the steps of a start share. */
interface Start {
  readonly stateDir: string;
  readonly names: ClusterNames;
  readonly node: Node;
  readonly log: (line: string) => void;
}

/**
 * Starts etcd, the control plane, and a node that is Ready, with DNS and volumes. When this process dies,
 * however it dies, all of it ends and is removed.
 * @throws UserError when a tool has not been provided; Error with the last log lines of what did not start
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { registries = [], log = () => undefined } = options;
  const stateDir = resolve(options.stateDir);
  const names = clusterNames(stateDir);
  const debian = await provideDebianPackages(cacheFolder(), log);
  const programs = { kubernetes: dirname(toolPath('kubernetes')), debian };
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  await writeCredentials(stateDir, names.nodeAddress);
  await writeConfiguration(stateDir, names, registries);
  const node = await openNode(stateDir, names, programs);
  try {
    await startPrograms({ stateDir, names, node, log }, debian);
    return clusterOf(stateDir, names, node);
  } catch (error) {
    await node.stop();
    throw error;
  }
}

async function startPrograms(start: Start, debian: string): Promise<void> {
  const { stateDir, names, node, log } = start;
  const images = join(stateDir, 'images');
  const imported = Promise.all([run(start, containerd()), makeClusterImages(images, debian)]).then(
    () => importImages(images, node.launcher),
  );
  await Promise.allSettled([imported, startControlPlane(start)]).then(throwFirst);
  log('the control plane runs, and all images are there');
  await Promise.all(nodeDaemons(names.nodeAddress).map((program) => run(start, program)));
  await kubectl(stateDir, ['apply', '--filename', systemManifest]);
  await waitFor('the node to register', readyLimitSeconds, async () => {
    const found = await kubectl(stateDir, ['get', 'nodes', '--output=name']);
    return found.includes(nodeName);
  });
  const ready = ['wait', '--for=condition=Ready', `--timeout=${readyLimitSeconds}s`];
  await kubectl(stateDir, [...ready, `node/${nodeName}`], readyLimitSeconds + 5);
  log('the node is Ready');
  const dns = ['--namespace=kube-system', 'rollout', 'status', 'deployment/coredns'];
  await kubectl(stateDir, [...dns, `--timeout=${readyLimitSeconds}s`], readyLimitSeconds + 5);
  log('DNS answers');
}

async function startControlPlane(start: Start): Promise<void> {
  await run(start, etcd());
  await run(start, apiServer(start.names.nodeAddress));
  await waitFor('the API server to be ready', apiLimitSeconds, async () => {
    const argv = ['get', '--raw', '/readyz', '--request-timeout=5s'];
    return (await kubectl(start.stateDir, argv).catch(() => '')) === 'ok';
  }).catch((error: unknown) => {
    throw new Error(
      `${String(error)} ${lastLines(join(start.stateDir, 'logs/kube-apiserver.log'))}`,
    );
  });
  await Promise.all(controlPlane().map((program) => run(start, program)));
}

/** The node's end is the end of its programs: nobody stops one alone. */
async function run({ stateDir, node }: Start, program: Program): Promise<void> {
  const path = `/run/debian/usr/bin:/run/debian/usr/sbin:${process.env['PATH'] ?? ''}`;
  await startDaemon({
    title: program.name,
    argv: ['nsenter', ...node.launcher.slice(1), ...program.argv],
    environment: { PATH: path },
    stateDir,
    logName: program.name,
    isolated: false,
    ready: program.ready,
    readyLimit: programLimit,
  });
}

function clusterOf(stateDir: string, names: ClusterNames, node: Node): Cluster {
  const enter = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  const resolver = join(stateDir, 'resolv.conf');
  return {
    hostAddress: names.hostAddress,
    launcher: [...node.network, 'unshare', '--mount', 'sh', '-c', enter, 'sh', resolver],
    kubeconfig: kubeconfigIn(stateDir, 'admin'),
    kubectl: (args, limitSeconds) => kubectl(stateDir, args, limitSeconds),
    stop: () => node.stop(),
  };
}

async function kubectl(
  stateDir: string,
  args: readonly string[],
  limitSeconds = 60,
): Promise<string> {
  const config = `--kubeconfig=${kubeconfigIn(stateDir, 'admin')}`;
  const result = await execa(toolPath('kubernetes'), ['kubectl', config, ...args], {
    ...{ reject: false, stdin: 'ignore', timeout: limitSeconds * 1000 },
  });
  if (result.exitCode === 0) return result.stdout;
  const said = result.timedOut ? `no end within ${limitSeconds} s` : result.stderr;
  throw new Error(`kubectl ${args.join(' ')}: ${said || result.message}`);
}

function throwFirst(results: readonly PromiseSettledResult<unknown>[]): void {
  for (const result of results) if (result.status === 'rejected') throw result.reason as Error;
}
