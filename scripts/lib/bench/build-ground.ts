import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { type AgentNode, agentNodes } from '../agent-nodes.ts';
import type { Playground } from '../playground/options.ts';

type Texts = Readonly<Record<string, string>>;

/** A builder that is attached in a job of its own. */
export interface Attached {
  readonly environment: Record<string, string>;
  readonly name: string;
}

/** Attaches to daemons through the task, as a job does. @param endpoints lines of the input */
export async function attach(
  playground: Playground,
  folder: string,
  endpoints: string,
): Promise<Attached> {
  const environment = { ...playground.environment, ...(await agentIn(folder)) };
  const output = await runTask('SetupBuildkitBuilder', { endpoints }, environment);
  const variable = (name: string): string =>
    new RegExp(`variable=${name}[;\\]][^\\]]*\\]?(.*)$`, 'm').exec(output)?.[1] ?? '';
  const store = {
    BUILDX_BUILDER: variable('BUILDX_BUILDER'),
    BUILDX_CONFIG: variable('BUILDX_CONFIG'),
  };
  return { environment: { ...environment, ...store }, name: store.BUILDX_BUILDER };
}

async function agentIn(folder: string): Promise<Record<string, string>> {
  const temp = await mkdtemp(join(folder, 'temp-'));
  return {
    ...{
      AGENT_TEMPDIRECTORY: temp,
      AGENT_VERSION: '4.265.1',
      SYSTEM_DEFAULTWORKINGDIRECTORY: temp,
    },
    ...{ BUILD_SOURCEBRANCH: 'refs/heads/main', BUILD_REPOSITORY_NAME: 'bench' },
  };
}

/** The newest Node that the agent would take. */
export function agentNode(): AgentNode {
  return agentNodes().at(-1) ?? { name: `Node ${process.version}`, path: process.execPath };
}

/** @returns what the task printed @throws Error when the task failed */
export async function runTask(
  task: string,
  inputs: Texts,
  environment: Record<string, string>,
): Promise<string> {
  const named = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  const env = { ...environment, ...(Object.fromEntries(named) as Texts) };
  const { all } = await execa(agentNode().path, [resolve(`tasks/${task}/dist/main.cjs`)], {
    ...{ env, all: true, reject: false, stdin: 'ignore' },
  });
  if (!all.includes('task.complete result=Succeeded')) throw new Error(`${task} failed:\n${all}`);
  return all;
}

/** Milliseconds that work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** Larger than the example: five stages that depend on nothing of each other, each of nine seconds, and one that takes from all. */
export async function fiveStages(folder: string): Promise<string> {
  const context = join(folder, 'five');
  await mkdir(context, { recursive: true });
  const names = ['a', 'b', 'c', 'd', 'e'];
  const stages = names.map(
    (name) => `FROM busybox:1 AS ${name}
ARG NONCE=0
COPY input /input
RUN echo "$NONCE ${name}" && sleep 4 && dd if=/dev/zero bs=1M count=100 2>/dev/null | sha256sum > /${name}
RUN cat /input /${name} > /out && sleep 3
RUN sha256sum /out >> /out && sleep 2
`,
  );
  const copies = names.map((name) => `COPY --from=${name} /out /${name}\n`);
  await writeFile(join(context, 'Dockerfile'), [...stages, 'FROM busybox:1\n', ...copies].join(''));
  await writeFile(join(context, 'input'), 'x'.repeat(10_000));
  return context;
}
