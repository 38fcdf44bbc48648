import { execa } from 'execa';
import { type Scenario, example } from './scenario.ts';

const endWithinMs = 60_000;

/**
 * Runs the example's pipeline on the local agent; resolves with the agent's exit code. The agent has its own process
 * group, so that a terminal's Ctrl+C reaches it once, from us, as the server's cancel would.
 */
export async function runPipeline(
  scenario: Scenario,
  environment: Readonly<Record<string, string>>,
  node: string | undefined,
  cancellation: AbortSignal,
): Promise<number> {
  const child = execa(process.execPath, agentArguments(scenario, node), {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    detached: true,
    cleanup: true,
  });
  const cancel = (): void => {
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGKILL'), endWithinMs).unref();
  };
  cancellation.addEventListener('abort', cancel, { once: true });
  if (cancellation.aborted) cancel();
  const { exitCode } = await child;
  return exitCode ?? 1;
}

function agentArguments(scenario: Scenario, node: string | undefined): readonly string[] {
  return [
    ...['--import', 'tsx', 'local-agent/main.ts', `${example}/azure-pipelines.yml`],
    ...['--resources', scenario.resourcesFile],
    ...['--work', scenario.workDir],
    ...['--json', scenario.recordFile],
    ...(node === undefined ? [] : ['--node', node]),
  ];
}
