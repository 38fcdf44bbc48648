import { hostname } from 'node:os';
import { systemClock } from '../clock/system-clock.ts';
import { nodeResolver } from '../dns/node-resolver.ts';
import { nodeFiles } from '../files/node-files.ts';
import { http2Probe } from '../grpc-probe/http2-probe.ts';
import { environmentRoute } from '../http/environment-route.ts';
import { nodeHttp } from '../http/node-http.ts';
import { undiciFetcher } from '../http/undici-fetcher.ts';
import { execaRunner } from '../process/execa-runner.ts';
import { ConsoleHost } from './console-host.ts';

/**
 * Everything that a workflow needs, from this machine alone.
 * @param stateFolder what the workflow takes for Agent.TempDirectory
 * @param timeLimitMs after which the work is cancelled
 */
export function consolePorts(stateFolder: string, timeLimitMs: number) {
  const cancellation = AbortSignal.any([AbortSignal.timeout(timeLimitMs), signalled()]);
  return {
    host: new ConsoleHost(stateFolder, agentVariables(stateFolder)),
    commands: execaRunner(cancellation),
    files: nodeFiles,
    clock: systemClock(cancellation),
    cancellation,
    probe: http2Probe(cancellation),
    resolver: nodeResolver(cancellation),
    // Whoever uses it ends between two requests.
    http: nodeHttp(new AbortController().signal, environmentRoute),
    fetcher: undiciFetcher(cancellation, environmentRoute),
  };
}

/** No job is there yet; its repository stands for this agent, so that agents spread over replicas. */
function agentVariables(stateFolder: string): Readonly<Record<string, string>> {
  return {
    'Agent.OSArchitecture': process.arch.toUpperCase(),
    'Agent.ToolsDirectory': `${stateFolder}/tools`,
    'Build.BuildId': 'agent',
    'Build.Repository.ID': `agent ${hostname()}`,
    'System.DefaultWorkingDirectory': process.cwd(),
    'System.JobAttempt': '1',
  };
}

function signalled(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
