import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { AgentNode } from '../agent-nodes.ts';
import { bundleTasks } from '../build/bundle-tasks.ts';
import { startPlayground } from '../playground/start-playground.ts';
import { agentNode } from './build-ground.ts';
import { type PodmanCompose, providePodmanCompose } from './podman-compose.ts';

export const image = 'docker.io/library/busybox:1';
export const names = ['a', 'b', 'c', 'd', 'e'];

/** The compose files that are measured: five services at once, five in a row, one without a check. */
const projects = {
  independent: project(names, () => []),
  chained: project(names, (at) => names.slice(Math.max(at - 1, 0), at)),
  single: { services: { a: service() } },
} as const;

export type ProjectName = keyof typeof projects;

/** Where the benchmark of services runs: a Podman of its own, with the image. */
export interface ServicesGround {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly node: AgentNode;
  readonly podmanCompose: PodmanCompose;
  /** Such as `podman version 4.3.1`. */
  readonly podman: string;
  /** The folder of a project's compose.yaml. */
  readonly projectFolder: (name: ProjectName) => string;
  readonly stop: () => Promise<void>;
}

export async function startServicesGround(): Promise<ServicesGround> {
  await bundleTasks(process.cwd(), ['PodmanServices']);
  const podmanCompose = await providePodmanCompose();
  const folder = await mkdtemp(join(tmpdir(), 'bench-services-'));
  const stateDir = join(folder, 'playground');
  const playground = await startPlayground({ stateDir, builders: [], registries: [] });
  const { environment } = playground;
  const stop = async (): Promise<void> => {
    await playground.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await execa('podman', ['pull', '--quiet', image], { env: environment });
    const { stdout: podman } = await execa('podman', ['--version']);
    const node = agentNode();
    const projectFolder = (name: ProjectName): string => join(folder, name);
    await writeProjects(projectFolder);
    return { folder, environment, node, podmanCompose, podman, projectFolder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Podman on the ground, without anything around it. */
export async function podman({ environment }: ServicesGround, ...args: string[]): Promise<void> {
  await execa('podman', args, { env: environment });
}

async function writeProjects(folderOf: (name: ProjectName) => string): Promise<void> {
  for (const name of Object.keys(projects) as ProjectName[]) {
    await mkdir(folderOf(name));
    await writeFile(join(folderOf(name), 'compose.yaml'), stringify(projects[name]));
  }
}

function project(all: readonly string[], dependencies: (at: number) => readonly string[]): object {
  const services = all.map((name, at) => {
    const waits = dependencies(at).map((on) => [on, { condition: 'service_healthy' }] as const);
    const healthcheck = { test: ['CMD', 'true'], interval: '1s' };
    return [name, { ...service(), healthcheck, depends_on: Object.fromEntries(waits) }] as const;
  });
  return { services: Object.fromEntries(services) };
}

/** Ready at once and ended at once, so that all of the time is the tools' own. */
function service(): object {
  return { image, command: ['sleep', '1000'], init: true };
}
