import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { ImageGround } from './agent-image-ground.ts';

const pollMs = 200;
const limitMs = 120_000;
/** Podman by itself asks for more than a machine in a container may give. */
const limits = ['nofile', 'nproc'].flatMap((name) => ['--ulimit', `${name}=4096:4096`]);

/** A container of the agent's image, on the network of this machine. */
export interface AgentContainer {
  /** Runs a shell script in it as its user, or as root. */
  shell(script: string, user?: 'root'): Promise<string>;
  /** Waits for a line of its log, and fails when it ends before. */
  says(line: RegExp): Promise<void>;
  log(): Promise<string>;
  inspect(): Promise<string>;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number>;
  remove(): Promise<void>;
}

/** Brings the image that the pipeline pushed into Podman. */
export async function pullImage({ playground, credentials, folder }: ImageGround): Promise<string> {
  const { host } = playground.registry('ci');
  const image = `${host}/ci/azure-pipelines-agent:latest`;
  const authFile = join(folder, 'auth.json');
  const auth = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  await writeFile(authFile, JSON.stringify({ auths: { [host]: { auth } } }), { mode: 0o600 });
  const pull = ['pull', '--quiet', '--authfile', authFile, image];
  await execa('podman', pull, { env: playground.environment });
  await rm(authFile);
  return image;
}

/**
 * Starts one as the chart does: settings in its environment, secrets in mounted files. It makes no network, so that it
 * may run beside the tests of Podman.
 * @param options more of `podman run`
 */
export async function startContainer(
  { playground }: ImageGround,
  image: string,
  environment: Readonly<Record<string, string>>,
  options: readonly string[] = [],
): Promise<AgentContainer> {
  const podman = (...args: readonly string[]) =>
    execa('podman', args, { env: playground.environment, all: true, timeout: limitMs });
  const variables = Object.entries(environment).flatMap(([name, value]) => [
    '--env',
    `${name}=${value}`,
  ]);
  const run = ['run', '--detach', '--runtime', 'runc', '--network', 'host', ...limits, ...options];
  const { stdout: id } = await podman(...run, ...variables, image);
  const log = async (): Promise<string> => (await podman('logs', id)).all;
  const running = async (): Promise<boolean> =>
    (await podman('inspect', '--format', '{{.State.Running}}', id)).stdout === 'true';
  return {
    log,
    shell: async (script, user) => {
      const as = user === 'root' ? ['--user', '0'] : [];
      return (await podman('exec', ...as, id, 'bash', '-ec', script)).all;
    },
    says: async (line) => {
      while (!line.test(await log())) {
        if (!(await running())) throw new Error(`ended without ${String(line)}:\n${await log()}`);
        await sleep(pollMs);
      }
    },
    inspect: async () => (await podman('inspect', id)).stdout,
    stop: async () => {
      await podman('kill', '--signal', 'TERM', id);
      return Number((await podman('wait', id)).stdout);
    },
    remove: async () => {
      await podman('rm', '--force', '--time', '2', id);
    },
  };
}
