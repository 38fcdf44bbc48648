import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import * as v from 'valibot';
import { cgroupParent } from '../../scripts/lib/playground/cgroups.ts';
import { type Daemon, startDaemon } from '../../scripts/lib/playground/daemon.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { type ChartObject, type ChartValues, fileOf, objectOf, renderedObjects } from './chart.ts';

/** A real buildkitd with the configuration and the certificates that the chart made. */
export interface ChartDaemon extends Daemon {
  readonly address: string;
  readonly socket: string;
  /** Has tls.crt, as mounted in the pod. */
  readonly certificates: string;
  readonly clientCertificates: string;
  /** What the pod's scripts are told. */
  readonly environment: Readonly<Record<string, string>>;
  readonly scripts: string;
}

/**
 * Starts the daemon of pool amd64; paths and ports are this machine's instead of the pod's.
 * @param hosts of the cluster, and what they are here
 */
export async function startChartDaemon(
  values: ChartValues,
  folder: string,
  hosts: Readonly<Record<string, string>> = {},
): Promise<ChartDaemon> {
  const objects = await renderedObjects(values);
  const [port, debugPort] = [await getPort(), await getPort()];
  const places = await writeFiles(objects, folder);
  const toml = fileOf(objectOf(objects, 'ConfigMap', 'ci-buildkit-amd64'), 'buildkitd.toml')
    .replaceAll('/var/lib/buildkit', join(folder, 'root'))
    .replaceAll('/run/buildkit/buildkitd.sock', places.socket)
    .replaceAll('/certificates', places.certificates)
    .replace('0.0.0.0:1234', `127.0.0.1:${port}`)
    .replace('0.0.0.0:6060', `127.0.0.1:${debugPort}`)
    .replace('[worker.oci]', `[worker.oci]\n  defaultCgroupParent = "${cgroupParent(folder)}"`);
  const reachable = Object.entries(hosts).reduce(
    (text, [host, here]) => text.replaceAll(host, here),
    toml,
  );
  const trace = `[otel]\n  socketPath = "${join(folder, 'otel.sock')}"\n`;
  await writeFile(join(folder, 'buildkitd.toml'), `${reachable}\n${trace}`);
  const daemon = await startDaemon({
    title: 'buildkitd of the chart',
    argv: [toolPath('buildkitd'), '--config', join(folder, 'buildkitd.toml')],
    environment: {},
    stateDir: folder,
    logName: 'buildkitd',
    isolated: true,
    ready: new RegExp(`running server on 127\\.0\\.0\\.1:${port}`),
  });
  const environment = {
    BUILDKIT_SOCKET: places.socket,
    BUILDKIT_PORT: String(port),
    CERTIFICATES: places.certificates,
    RUN_FOLDER: places.run,
    PATH: `${join(toolPath('buildctl'), '..')}:${process.env['PATH'] ?? ''}`,
  };
  return { ...daemon, ...places, address: `tcp://127.0.0.1:${port}`, environment };
}

async function writeFiles(objects: readonly ChartObject[], folder: string) {
  const places = {
    certificates: join(folder, 'certificates'),
    clientCertificates: join(folder, 'client-certificates'),
    scripts: join(folder, 'scripts'),
    run: join(folder, 'run'),
    socket: join(folder, 'buildkitd.sock'),
  };
  await Promise.all(
    Object.values(places)
      .slice(0, 4)
      .map((path) => mkdir(path)),
  );
  await writeSecret(objectOf(objects, 'Secret', 'ci-buildkit-server'), places.certificates);
  await writeSecret(objectOf(objects, 'Secret', 'ci-buildkit-client'), places.clientCertificates);
  const scripts = objectOf(objects, 'ConfigMap', 'ci-buildkit-scripts');
  for (const name of ['ready.sh', 'alive.sh', 'drain.sh', 'gauge.sh']) {
    await writeFile(join(places.scripts, name), fileOf(scripts, name));
  }
  return places;
}

/** The files of a Secret, as a volume has them. */
export async function writeSecret(secret: ChartObject, folder: string): Promise<void> {
  const { data } = v.parse(v.looseObject({ data: v.record(v.string(), v.string()) }), secret);
  for (const [name, text] of Object.entries(data)) {
    await writeFile(join(folder, name), Buffer.from(text, 'base64'), { mode: 0o600 });
  }
}

/** Runs one of the pod's scripts as kubelet would. */
export async function runScript(
  { scripts, environment }: ChartDaemon,
  name: string,
): Promise<{ readonly exitCode: number | undefined; readonly all: string }> {
  const env = { ...environment, DRAIN_POLL_SECONDS: '0.2' };
  const options = { env, reject: false, all: true, timeout: 60_000 } as const;
  const { exitCode, all } = await execa('/bin/sh', [join(scripts, name)], options);
  return { exitCode, all };
}
