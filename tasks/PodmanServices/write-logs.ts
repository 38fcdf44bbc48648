import { join } from 'node:path/posix';
import { formatBytes } from '../../src/core/text/measures.ts';
import { streamPodman } from './container-calls.ts';
import type { PodmanPorts } from './services-ports.ts';
import type { LoggedContainer } from './show-logs.ts';

/** Characters that are collected before they are written. */
const batchSize = 1_000_000;

/**
 * Writes the whole log of each service as `<service>.stdout.log` and `<service>.stderr.log`, secrets starred
 * out, and returns the paths of those that hold anything. Lines may be as long as they like; Podman keeps at
 * most the last 50 MB of a service.
 */
export async function writeLogs(
  containers: readonly LoggedContainer[],
  folder: string,
  ports: PodmanPorts,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const container of containers) paths.push(...(await writeLog(container, folder, ports)));
  if (paths.length > 0) ports.host.info(`Logs of the services are in ${folder}.`);
  return paths;
}

async function writeLog(
  { service, name }: LoggedContainer,
  folder: string,
  ports: PodmanPorts,
): Promise<readonly string[]> {
  const writers = {
    stdout: new LogFile(join(folder, `${service}.stdout.log`), ports),
    stderr: new LogFile(join(folder, `${service}.stderr.log`), ports),
  };
  await streamPodman(['logs', name], (line, stream) => writers[stream].add(line), { ports });
  const both = Object.values(writers);
  await Promise.all(both.map((file) => file.close()));
  return both.filter(({ characters }) => characters > 0).map(({ path }) => path);
}

/** Collects lines and appends them in batches, one after the other. */
class LogFile {
  readonly path: string;
  characters = 0;
  readonly #ports: PodmanPorts;
  #batch: string[] = [];
  #inBatch = 0;
  #written: Promise<void> = Promise.resolve();

  constructor(path: string, ports: PodmanPorts) {
    this.path = path;
    this.#ports = ports;
  }

  add(line: string): Promise<void> | undefined {
    this.#batch.push(line);
    this.#inBatch += line.length + 1;
    this.characters += line.length + 1;
    return this.#inBatch < batchSize ? undefined : this.#flush();
  }

  async close(): Promise<void> {
    if (this.#batch.length > 0) await this.#flush();
    await this.#written;
    this.#ports.host.debug(`${this.path}: ${formatBytes(this.characters)}`);
  }

  #flush(): Promise<void> {
    const text = this.#ports.host.redact(`${this.#batch.join('\n')}\n`);
    this.#batch = [];
    this.#inBatch = 0;
    this.#written = this.#written.then(() => this.#ports.files.appendText(this.path, text));
    return this.#written;
  }
}
