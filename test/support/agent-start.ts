import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { type AgentPool, startAgentPool } from './agent-pool.ts';

export const standInAgent = 'test/fixtures/agent-image/stand-in';
const startScript = 'deploy/agent-image/start.sh';
const limitMs = 60_000;
const pollMs = 50;

/** The image's start script at work, outside of an image, with the stand-in for the agent. */
export interface AgentStart {
  /** Resolves when it has ended. */
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly output: string }>;
  /** Waits for a line of its output, and fails when it ends before. */
  says(line: RegExp): Promise<void>;
  stop(signal?: 'SIGKILL'): void;
}

export interface StartGround {
  readonly pool: AgentPool;
  /** Where the stand-in agent is. */
  readonly agent: string;
  /** Writes a file of the ground and tells its path. */
  file(name: string, text: string): Promise<string>;
  read(name: string): Promise<string>;
  start(environment: Readonly<Record<string, string>>, args?: readonly string[]): AgentStart;
  remove(): Promise<void>;
}

/** A pool, an agent and an empty folder of hooks. */
export async function startGround(): Promise<StartGround> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-start-'));
  const agent = join(folder, 'agent');
  await cp(standInAgent, agent, { recursive: true });
  await mkdir(join(agent, 'order'));
  await mkdir(join(folder, 'hooks'));
  const pool = await startAgentPool();
  const base = {
    ...{ AZP_ROOT: agent, AZP_HOOKS: join(folder, 'hooks'), AZP_WORK: join(folder, 'work') },
    ...{ AZP_URL: pool.url, AZP_AGENT_NAME: 'agent-1', AZP_PODMAN: 'none' },
    ...{ PATH: process.env['PATH'] ?? '', HOME: folder },
  };
  const running: AgentStart[] = [];
  return {
    pool,
    agent,
    file: async (name, text) => {
      await writeFile(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    },
    read: (name) => readFile(join(folder, name), 'utf8'),
    start: (environment, args = []) => {
      const started = start({ ...base, ...environment }, args);
      running.push(started);
      return started;
    },
    remove: async () => {
      for (const started of running) started.stop('SIGKILL');
      pool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function start(env: Readonly<Record<string, string>>, args: readonly string[]): AgentStart {
  const child = execa('bash', [startScript, ...args], {
    ...{ env, extendEnv: false, all: true, reject: false, stdin: 'ignore' },
    ...{ timeout: limitMs, forceKillAfterDelay: false },
  });
  let output = '';
  let over = false;
  child.all.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = child.then(({ exitCode }) => {
    over = true;
    return { exitCode, output };
  });
  return {
    ended,
    says: async (line) => {
      while (!line.test(output)) {
        if (over) throw new Error(`ended without ${String(line)}:\n${output}`);
        await sleep(pollMs);
      }
    },
    stop: (signal) => {
      child.kill(signal ?? 'SIGTERM');
    },
  };
}
