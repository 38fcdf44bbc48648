import { type HttpWait, describeHttp } from '../../src/core/health/wait.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { bracketed, reachableHost } from '../../src/core/podman/publish.ts';
import { lookUntil } from './look-until.ts';
import type { Brake, StepContext } from './step-context.ts';

const answerWithinMs = 2_000;

/**
 * Resolves when the service answers as asked for, with the requests it took.
 * @throws ServiceFailedError when it ends, or takes longer than it may
 */
export function waitUntilAnswered(
  plan: ContainerPlan,
  wait: HttpWait,
  state: Pick<ContainerState, 'startedAt' | 'ports'>,
  brake: Brake,
  context: StepContext,
): Promise<number> {
  const url = `http://${addressOf(wait.port, state)}${wait.path}`;
  const look = async (): Promise<string | undefined> => {
    const request = { method: 'GET', url, limitMs: answerWithinMs } as const;
    const outcome = await context.ports.http.send(request);
    if (outcome.kind === 'failed') return `${describeHttp(wait)}: ${outcome.message}`;
    return isGood(outcome.status, wait) ? undefined : `${url} answered ${outcome.status}`;
  };
  return lookUntil({ plan, startedAt: state.startedAt, look, everyMs: 500 }, brake, context);
}

/** On the agent's own network a service is reached under the port that it listens on. */
function addressOf(port: number, { ports }: Pick<ContainerState, 'ports'>): string {
  const published = ports.find(({ container }) => container === `${port}/tcp`);
  if (published === undefined) return `127.0.0.1:${port}`;
  return `${bracketed(reachableHost(published.hostIp))}:${published.hostPort}`;
}

function isGood(status: number, wait: HttpWait): boolean {
  if (wait.status !== undefined) return status === wait.status;
  return status >= 200 && status < 400;
}
