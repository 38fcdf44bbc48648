import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { timed } from './build-ground.ts';
import { type ProjectName, type ServicesGround, image, names, podman } from './services-ground.ts';

/** Milliseconds. */
export interface UpAndDown {
  readonly up: number;
  readonly down: number;
}

/** The whole task, from the start of its process to its end, when all are ready; and its post-job step. */
export async function byTask(ground: ServicesGround, project: ProjectName): Promise<UpAndDown> {
  const temp = await mkdtemp(join(ground.folder, 'temp-'));
  const env = {
    ...ground.environment,
    ...{ AGENT_TEMPDIRECTORY: temp, AGENT_VERSION: '4.265.1', SYSTEM_JOBID: temp },
    ...{ AGENT_WORKFOLDER: ground.folder, AGENT_NAME: 'bench', AGENT_JOBSTATUS: 'Succeeded' },
    ...{ INPUT_COMPOSEFILE: join(ground.projectFolder(project), 'compose.yaml'), ...defaults },
  };
  const entry = async (name: string, more: Readonly<Record<string, string>>): Promise<string> => {
    const path = resolve(`tasks/PodmanServices/dist/${name}.cjs`);
    const options = { env: { ...env, ...more }, all: true, stdin: 'ignore' } as const;
    const { all } = await execa(ground.node.path, [path], { ...options, reject: false });
    if (!all.includes('task.complete result=Succeeded')) throw new Error(`${name} failed:\n${all}`);
    return all;
  };
  let output = '';
  const up = await timed(async () => (output = await entry('main', {})));
  const record = /settaskvariable variable=daemonlessRecord[^\]]*\](.*)$/m.exec(output)?.[1] ?? '';
  const down = await timed(() => entry('cleanup', { VSTS_TASKVARIABLE_DAEMONLESSRECORD: record }));
  return { up, down };
}

/** What the agent would fill in from task.json. */
const defaults = {
  ...{ INPUT_COMMAND: 'up', INPUT_PULL: 'missing', INPUT_PORTS: 'random' },
  ...{ INPUT_WAITTIMEOUT: '120', INPUT_OVERALLTIMEOUT: '600', INPUT_MAXPARALLEL: '4' },
  ...{ INPUT_LOGS: 'onFailure', INPUT_STOPTIMEOUT: '2' },
};

/** On Podman before 4.6 it starts them all and waits for none. */
export async function byPodmanCompose(
  { podmanCompose, environment, projectFolder }: ServicesGround,
  project: ProjectName,
): Promise<UpAndDown> {
  const call = (...args: string[]) =>
    execa(podmanCompose.path, args, { env: environment, cwd: projectFolder(project) });
  const up = await timed(() => call('up', '--detach'));
  const down = await timed(() => call('down', '--timeout', '2'));
  return { up, down };
}

/** As people write it in a pipeline: a network, the containers, and a loop around each check. */
export async function byScript(ground: ServicesGround, project: ProjectName): Promise<number> {
  const wait = (name: string): string => `until podman exec ${name} true; do sleep 1; done`;
  const start = (name: string): string =>
    `podman run --detach --init --name ${name} --network bench ${image} sleep 1000`;
  const steps =
    project === 'chained'
      ? names.flatMap((name) => [start(name), wait(name)])
      : [...names.map(start), ...names.map(wait)];
  const script = ['set -e', 'podman network create bench', ...steps].join('\n');
  const ms = await timed(() => execa('bash', ['-c', script], { env: ground.environment }));
  await podman(ground, 'rm', '--force', '--time', '0', ...names);
  await podman(ground, 'network', 'rm', 'bench');
  return ms;
}

/** What no tool on this Podman can be quicker than: five `podman run` at once on a network that is there, and their removal. */
export async function bare(ground: ServicesGround): Promise<UpAndDown> {
  await podman(ground, 'network', 'create', 'bench');
  const options = ['--detach', '--init', '--network', 'bench'];
  const start = (name: string): Promise<void> =>
    podman(ground, 'run', ...options, '--name', name, image, 'sleep', '1000');
  const up = await timed(() => Promise.all(names.map(start)));
  const down = await timed(async () => {
    await podman(ground, 'rm', '--force', '--time', '0', ...names);
    await podman(ground, 'network', 'rm', 'bench');
  });
  return { up, down };
}

/** Of one service alone, from `podman run` until its check passes; without a check, until it runs. */
export async function alone(
  ground: ServicesGround,
  check: 'checked' | 'unchecked',
): Promise<number> {
  const ms = await timed(async () => {
    await podman(ground, 'run', '--detach', '--init', '--name', 'a', image, 'sleep', '1000');
    if (check === 'checked') await podman(ground, 'exec', 'a', 'true');
  });
  await podman(ground, 'rm', '--force', '--time', '0', 'a');
  return ms;
}
