import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import { type ClusterGround, namespace } from './cluster-ground.ts';
import type { RecordedStep } from './agent-run.ts';
import { runPipeline } from './run-pipeline.ts';

export interface ClusterBuild {
  readonly exitCode: number | undefined;
  readonly output: string;
  /** Of SetupBuildkitBuilder. */
  readonly builder: Readonly<Record<string, string>>;
  /** Of BuildxMultiArch. */
  readonly image: Readonly<Record<string, string>>;
}

interface BuildOptions {
  readonly dockerfile: string;
  readonly platforms: readonly string[];
  readonly onLine?: (line: string) => void;
}

/** The connection of the type BuildKit that a user makes of Helm's notes and the Secret they name. */
export async function connectionTo({ cluster, notes }: ClusterGround) {
  const secret = /get secret (\S+)/.exec(notes)?.[1] ?? '';
  const command = ['--namespace', namespace, 'get', 'secret', secret, '--output=json'];
  const { data } = JSON.parse(await cluster.kubectl(command)) as { data: Record<string, string> };
  const pem = (name: string): string => Buffer.from(data[name] ?? '', 'base64').toString();
  return {
    ...{ type: 'buildkit', url: 'https://github.com/moby/buildkit', scheme: 'None' },
    data: { addresses: /srv\+tcp:\S+/.exec(notes)?.[0] ?? '' },
    parameters: { caCert: pem('ca.crt'), clientCert: pem('tls.crt'), clientKey: pem('tls.key') },
  };
}

/** Attaches and builds, in a pipeline on the local agent that runs beside the pods; pushes `shop/orders:1`. */
export async function buildInCluster(
  ground: ClusterGround,
  connection: object,
  { dockerfile, platforms, onLine }: BuildOptions,
): Promise<ClusterBuild> {
  const inputs = {
    ...{ repository: `${ground.registry}/shop/orders`, tags: '1' },
    platforms: platforms.join(', '),
  };
  // A work folder of its own for each run would make each a repository of its own.
  const attach = { buildkitConnection: 'ci-buildkit', affinityKey: 'orders' };
  const run = await runPipeline({
    pipeline: stringify({
      steps: [
        { task: 'SetupBuildkitBuilder@1', name: 'builder', inputs: attach },
        { task: 'BuildxMultiArch@1', name: 'image', inputs },
      ],
    }),
    resources: stringify({ serviceConnections: { 'ci-buildkit': connection } }),
    files: { Dockerfile: dockerfile },
    environment: ground.environment,
    launcher: ground.cluster.launcher,
    ...(onLine === undefined ? {} : { onLine }),
  });
  await run.remove();
  const outputsOf = (wanted: string) =>
    run.steps.find(({ name, phase }: RecordedStep) => name === wanted && phase === 'main')
      ?.outputVariables ?? {};
  const [builder, image] = [outputsOf('builder'), outputsOf('image')];
  return { exitCode: run.exitCode, output: run.output, builder, image };
}

/** A file that a build downloads, and gets when the gate is opened. */
export interface Gate {
  readonly url: string;
  /** A build waits for the file. */
  readonly reached: Promise<void>;
  open(): void;
  close(): void;
}

/** Serves the file at an address of this machine that pods reach. */
export async function startGate(address: string): Promise<Gate> {
  const waiting = new EventEmitter();
  let isOpen = false;
  const reached = once(waiting, 'reached').then(() => undefined);
  const server = createServer((_request, response) => {
    const answer = (): unknown => response.end('through\n');
    if (isOpen) answer();
    else waiting.once('open', answer);
    waiting.emit('reached');
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    url: `http://${address}:${(server.address() as AddressInfo).port}/gate`,
    reached,
    open: () => {
      isOpen = true;
      waiting.emit('open');
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
