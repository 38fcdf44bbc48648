import { join } from 'node:path/posix';
import { succeeded } from '../../src/core/command-failure.ts';
import { CancelledError, UserError } from '../../src/core/errors.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { testContainer } from '../../src/core/services/test-container.ts';
import { describeState } from '../../src/core/podman/describe-state.ts';
import { memoryCure } from '../../src/core/podman/memory-kill.ts';
import { isNoise } from '../../src/core/podman/noise.ts';
import { commandOf, inspectContainer } from './container-calls.ts';
import { memoryKills } from './memory-kills.ts';
import { reportDeaths } from './report-deaths.ts';
import { pastable, podman, podmanCommand, podmanFailed } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** Each takes 0.1 s; after 7 s the step is gone anyway, and its post-job step removes the container. */
const stopAttempts = 50;

/** Podman's own exit codes: it could not start the container, not the tests' verdict (podman-run(1)). */
const couldNotStart = [125, 126, 127];

/**
 * Runs the test container in the foreground and copies its results, whatever its exit code.
 * @throws UserError when the tests fail
 */
export async function runTests(plan: ContainerPlan, context: StepContext): Promise<void> {
  const { host, cancellation } = context.ports;
  const { name } = plan.service;
  context.timeline.mark(plan.title, 'from');
  const result = await runAttached(plan, context);
  context.timeline.mark(plan.title, 'started');
  if (cancellation.aborted) throw new CancelledError(`the run of ${name}`);
  const { ending } = result;
  const code = ending.kind === 'exited' ? ending.exitCode : undefined;
  const isOurs = code !== undefined && couldNotStart.includes(code) && isPodmansWord(result);
  if (code === undefined || isOurs) throw podmanFailed(result, context.ports);
  host.info(`${name} ended with exit code ${code}.`);
  await copyResults(plan, context);
  if (succeeded(result)) return;
  await reportDeaths(context.ports);
  throw await testsFailed(plan, code, context);
}

/** The tests' own verdict; a container that was killed for its memory has none. */
async function testsFailed(
  plan: ContainerPlan,
  code: number,
  context: StepContext,
): Promise<UserError> {
  const state = await inspectContainer(plan.name, context);
  const kill = (await memoryKills([state], context.ports)).get(plan.name);
  const where = `${plan.service.label}:${plan.service.place.line ?? 1}`;
  const why = kill === undefined ? '' : ` Its container: ${describeState(state, kill)}.`;
  const what = `The test service ${plan.title} ended with exit code ${code}.${why}`;
  const cure = kill === undefined ? '' : `${memoryCure(kill)} `;
  return new UserError([{ where, what, change: `${cure}Its output stands above.` }]);
}

function isPodmansWord({ stderr }: CommandResult): boolean {
  return /^Error: /m.test(stderr);
}

async function runAttached(plan: ContainerPlan, context: StepContext): Promise<CommandResult> {
  const { ports } = context;
  const { args, env } = commandOf(testContainer(plan, context.plan.containers), false, context);
  const options = { during: `the run of ${plan.title}`, env, timeoutMs: 0 };
  const command = podmanCommand(['run', ...args], options, ports);
  ports.host.info(`Running ${plan.title}:`);
  ports.host.info(pastable(command, ports));
  let hasEnded = false;
  const stop = (): void => {
    void stopTests(plan, context, () => hasEnded);
  };
  ports.cancellation.addEventListener('abort', stop, { once: true });
  const result = await ports.commands.stream(command, (line, stream) => {
    if (stream === 'stdout' || !isNoise(line)) ports.host.info(line);
  });
  hasEnded = true;
  ports.cancellation.removeEventListener('abort', stop);
  return result;
}

/**
 * The attached `podman run` ends by itself once its container does; cut off half-way it would leak. It may
 * still be creating the container, so it is asked again until it ends.
 */
async function stopTests(
  plan: ContainerPlan,
  context: StepContext,
  hasEnded: () => boolean,
): Promise<void> {
  const args = [
    'stop',
    '--ignore',
    '--time',
    String(context.request.stopTimeoutSeconds),
    plan.name,
  ];
  const during = `the stop of ${plan.title}`;
  for (let attempt = 1; !hasEnded() && attempt <= stopAttempts; attempt += 1) {
    const options = { during, evenCancelled: true, echo: attempt === 1 };
    await podman(args, options, context.ports);
  }
}

/** Into the folder of the output `testResults`; a missing path is a warning, for the tests have had their say. */
async function copyResults(plan: ContainerPlan, context: StepContext): Promise<void> {
  const { request, ports } = context;
  if (request.testResults.length === 0) return;
  const folder = join(resultsRoot(ports.host), plan.title);
  await ports.files.makeDirectory(folder, 0o755);
  for (const path of request.testResults) {
    const during = `the copy of ${path}`;
    const args = ['cp', `${plan.name}:${path}`, `${folder}/`];
    const result = await podman(args, { during, echo: true }, ports);
    if (succeeded(result)) continue;
    const words = ports.host.redact(result.stderr.trim());
    ports.host.warning(`testResults: ${path} could not be copied. ${words}`);
  }
  ports.host.setOutput('testResults', folder);
  ports.host.info(`Test results are in ${folder}.`);
}

/** Azure Pipelines empties it before each job; releases have none. */
function resultsRoot(host: StepContext['ports']['host']): string {
  const staging = host.variable('Common.TestResultsDirectory');
  return staging ?? join(host.tempDirectory, 'TestResults');
}
