import { join } from 'node:path/posix';
import { CancelledError, UserError, describeProblem } from '../../src/core/errors.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { type ContainerState, parseContainers } from '../../src/core/podman/inspect.ts';
import { addressOf } from '../../src/core/podman/outputs.ts';
import { redacted, reportType } from '../../src/core/report/build-report.ts';
import type { ReportedService, ServicesReport } from '../../src/core/report/services-report.ts';
import { servicesSummary } from '../../src/core/report/services-summary.ts';
import { type MemoryKills, memoryKills } from './memory-kills.ts';
import { podman } from './podman.ts';
import { addressIn } from './publish-services.ts';
import type { StepContext } from './step-context.ts';

/** Does the work, then reports it, however it ended. A report that cannot be made is a warning. */
export async function reporting(context: StepContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await give(context, error);
    throw error;
  }
  await give(context, undefined);
}

async function give(context: StepContext, error: unknown): Promise<void> {
  const { host, files } = context.ports;
  try {
    const found = await reportOf(context, error);
    const report = redacted(found, (text) => host.redact(text));
    // Not in the step's own folder: the agent reads the files when that may be gone.
    const folder = join(host.tempDirectory, 'daemonless', 'service-reports');
    const { project } = context.plan.owner;
    const paths = {
      json: join(folder, `${project}.json`),
      md: join(folder, `Services ${project}.md`),
    };
    await files.writeText(paths.json, `${JSON.stringify(report)}\n`);
    await files.writeText(paths.md, servicesSummary(report));
    host.attach(reportType, 'services', paths.json);
    host.uploadSummary(paths.md);
  } catch (failure) {
    host.warning(`The report of the services could not be made: ${String(failure)}`);
  }
}

async function reportOf(context: StepContext, error: unknown): Promise<ServicesReport> {
  const { plan, timeline } = context;
  const ms = timeline.now();
  const isNew = error === undefined && context.request.testService === undefined;
  const states = isNew ? timeline.states : await statesOf(context);
  const kills = await memoryKills(states, context.ports);
  const result =
    error === undefined ? 'succeeded' : error instanceof CancelledError ? 'canceled' : 'failed';
  return {
    ...{ schema: 'daemonless.services', version: 1, result, ms },
    startedAt: new Date(timeline.startedAt).toISOString(),
    images: [...timeline.images],
    services: plan.containers.map((container) => {
      const state = states.find(({ name }) => name === container.name);
      return reported(container, state, kills, context);
    }),
    ...(error instanceof UserError ? { failure: error.problems.map(describeProblem) } : {}),
  };
}

/** Those that exist; after a cancel there is no time to ask. */
async function statesOf(context: StepContext): Promise<readonly ContainerState[]> {
  const { plan, ports, timeline } = context;
  const begun = plan.containers.filter(({ title }) => timeline.of(title).started !== undefined);
  if (ports.cancellation.aborted || begun.length === 0) return [];
  const args = ['container', 'inspect', ...begun.map(({ name }) => name)];
  const { stdout } = await podman(args, { during: 'the report' }, ports);
  return parseContainers(stdout === '' ? '[]' : stdout);
}

function reported(
  container: ContainerPlan,
  state: ContainerState | undefined,
  kills: MemoryKills,
  context: StepContext,
): ReportedService {
  const moments = context.timeline.of(container.title);
  const address = state?.running ? addressIn(container, state, context) : undefined;
  return {
    ...{ service: container.title, image: container.image, ...moments },
    state: stateOf(moments, state),
    restarts: state?.restarts ?? 0,
    oomKilled: kills.has(container.name),
    ...(state === undefined || state.running ? {} : { exitCode: state.exitCode }),
    ...(address === undefined ? {} : { address: addressOf(address) }),
  };
}

function stateOf(
  { started, ready, checks }: Pick<ReportedService, 'started' | 'ready' | 'checks'>,
  state: ContainerState | undefined,
): ReportedService['state'] {
  if (started === undefined) return 'not started';
  if (state !== undefined && !state.running) return state.exitCode === 0 ? 'completed' : 'exited';
  if (ready === undefined) return 'not ready';
  return checks === undefined ? 'running' : 'healthy';
}
