import { dependentsOf } from '../../src/core/compose/dependency-graph.ts';
import { UserError } from '../../src/core/errors.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { describeState } from '../../src/core/podman/describe-state.ts';
import type { ContainerState } from '../../src/core/podman/inspect.ts';
import { memoryCure } from '../../src/core/podman/memory-kill.ts';
import { lastLogLines } from './container-calls.ts';
import { memoryKills } from './memory-kills.ts';
import type { StepContext } from './step-context.ts';

const shownLines = 30;

/** A service did not become what others need it to be; the last lines of its log come with it. */
export class ServiceFailedError extends UserError {
  readonly service: string;
  readonly logLines: readonly string[];

  constructor(service: string, logLines: readonly string[], error: UserError) {
    super(error.problems);
    this.name = 'ServiceFailedError';
    this.service = service;
    this.logLines = logLines;
  }
}

export interface Trouble {
  /** What went wrong, e.g. `is unhealthy after 3 failed checks`. */
  readonly what: string;
  readonly change: string;
  readonly state: ContainerState;
  /** What the last health check printed. */
  readonly lastProbe?: string;
}

/** The whole story in one error: state, exit code, out of memory, last check, who waited. */
export async function serviceFailed(
  { service, title, name }: ContainerPlan,
  trouble: Trouble,
  context: StepContext,
): Promise<ServiceFailedError> {
  const { plan, ports } = context;
  const lines = await lastLogLines(name, shownLines, context);
  const kill = (await memoryKills([trouble.state], ports)).get(trouble.state.name);
  const waiting = dependentsOf(
    service.name,
    plan.containers.map((container) => container.service),
  );
  const sentences = [
    `Service ${title} ${trouble.what}. Its container: ${describeState(trouble.state, kill)}.`,
    ...lastCheck(trouble.lastProbe, (text) => ports.host.redact(text)),
    ...(waiting.length === 0 ? [] : [`Waiting for it: ${waiting.join(', ')}.`]),
  ];
  const problem = {
    where: `${service.label}:${service.place.line ?? 1}`,
    what: sentences.join(' '),
    change: kill === undefined ? trouble.change : `${memoryCure(kill)} ${trouble.change}`,
    place: service.place,
  };
  return new ServiceFailedError(title, lines, new UserError([problem]));
}

function lastCheck(
  output: string | undefined,
  redact: (text: string) => string,
): readonly string[] {
  const lines = (output ?? '').split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return [];
  return [`The last health check said: ${redact(lines.slice(-3).join(' | '))}.`];
}

/** When the service must be ready at the latest, in milliseconds since the epoch. */
export function readyBy(plan: ContainerPlan, startedAt: number, context: StepContext): number {
  return Math.min(startedAt + ownLimitMs(plan, context), context.deadline);
}

function ownLimitMs({ service }: ContainerPlan, { request }: StepContext): number {
  return service.wait?.timeoutMs ?? request.waitTimeoutSeconds * 1000;
}

/** The limit that was met: the service's own, or that of the whole step. */
export function timeLimit(plan: ContainerPlan, context: StepContext): string {
  const { request, deadline, ports } = context;
  if (ports.clock.now() < deadline) return `${ownLimitMs(plan, context) / 1000} s`;
  return `the overallTimeout of ${request.overallTimeoutSeconds} s`;
}
