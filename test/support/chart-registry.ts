import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import {
  type ChartValues,
  containerEnvironment,
  fileOf,
  filesOf,
  objectOf,
  renderedObjects,
} from './chart.ts';

/** A real registry, started by the chart's script with the configuration that the chart made. */
export interface ChartRegistry {
  readonly origin: string;
  readonly storage: string;
  /** What the pod's scripts are told. */
  readonly environment: Readonly<Record<string, string>>;
  readonly scripts: string;
  readonly log: () => string;
  /** Ends it and starts it again, as kubelet would the container. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const readyLimitMs = 60_000;

/** Starts the registry of that name; paths and the port are this machine's instead of the pod's. */
export async function startChartRegistry(
  values: ChartValues,
  name: string,
  folder: string,
): Promise<ChartRegistry> {
  const objects = await renderedObjects(values);
  const port = await getPort({ host: '127.0.0.1' });
  const places = {
    storage: join(folder, 'storage'),
    scripts: join(folder, 'scripts'),
    credentials: join(folder, 'credentials'),
    run: join(folder, 'run'),
  };
  await Promise.all(Object.values(places).map((path) => mkdir(path, { recursive: true })));
  for (const [file, text] of Object.entries(
    filesOf(objectOf(objects, 'ConfigMap', 'ci-registry-scripts')),
  )) {
    await writeFile(join(places.scripts, file), text);
    await chmod(join(places.scripts, file), 0o755);
  }
  const configuration = join(folder, 'config.yml');
  const text = fileOf(objectOf(objects, 'ConfigMap', name), 'config.yml')
    .replace('/var/lib/registry', places.storage)
    .replace('addr: :5000', `addr: 127.0.0.1:${port}`)
    .replace('/scripts/', `${places.scripts}/`)
    .replace('/passwords/', `${folder}/`);
  await writeFile(configuration, text);
  const environment = {
    ...containerEnvironment(objectOf(objects, 'StatefulSet', name), 'registry'),
    ...{ STORAGE: places.storage, RUN_FOLDER: places.run, CONFIGURATION: configuration },
    CREDENTIALS: places.credentials,
    PATH: `${dirname(toolPath('registry'))}:${process.env['PATH'] ?? ''}`,
  };
  const origin = `http://127.0.0.1:${port}`;
  let running = await begin(places.scripts, environment, origin);
  const restart = async (): Promise<void> => {
    await running.stop();
    running = await begin(places.scripts, environment, origin);
  };
  const { storage, scripts } = places;
  const log = (): string => running.log();
  return { origin, storage, scripts, environment, log, restart, stop: () => running.stop() };
}

async function begin(scripts: string, env: Readonly<Record<string, string>>, origin: string) {
  const process = execa('/bin/sh', [join(scripts, 'start.sh')], { env, all: true, reject: false });
  let log = '';
  process.all.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const stop = async (): Promise<void> => {
    process.kill('SIGTERM');
    await process;
  };
  const limit = Date.now() + readyLimitMs;
  while (!(await answers(origin))) {
    if (process.exitCode !== null || Date.now() > limit) {
      await stop();
      throw new Error(`The registry did not start: ${log}`);
    }
    await sleep(50);
  }
  return { stop, log: () => log };
}

function answers(origin: string): Promise<boolean> {
  return fetch(`${origin}/`).then(
    () => true,
    () => false,
  );
}
