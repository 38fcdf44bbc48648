import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { type Owner, labelArgs } from '../../src/core/podman/labels.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { logIn, saveLogins } from '../../src/workflows/registry-login.ts';
import { noteRun } from './agent-journal.ts';
import { createSurroundings } from './create-surroundings.ts';
import { explainPlan } from './explain-plan.ts';
import { haveImages } from './have-images.ts';
import type { Inputs } from './inputs.ts';
import { knowHost } from './know-host.ts';
import { firstRecord, ownerOf, planStep, recordOf, stepFolder } from './plan-step.ts';
import { publishServices } from './publish-services.ts';
import { type CheckedRequest, readRequest } from './read-request.ts';
import { removeServices } from './remove-services.ts';
import { reporting } from './report-services.ts';
import { runTests } from './run-tests.ts';
import { ServiceFailedError } from './service-failure.ts';
import type { ServicesPorts } from './services-ports.ts';
import { startGraph } from './start-graph.ts';
import type { StepContext } from './step-context.ts';
import { sweepDeadJobs } from './sweep-dead-jobs.ts';
import { warnOfStrayNetworks } from './warn-of-stray-networks.ts';

/** Starts the services of a compose file, tells later steps where they are, and runs the test service. */
export async function startServices(inputs: Inputs, ports: ServicesPorts): Promise<void> {
  const request = await readRequest(inputs, ports);
  const owner = ownerOf(ports);
  if (request.dryRun) {
    const context = await prepare(request, owner, ports);
    explainPlan(context).forEach((line) => {
      ports.host.info(line);
    });
    return;
  }
  // A step that the agent runs again (retryCountOnTaskFailure) finds what it left before.
  await removeServices(ports);
  await saveRecord(ports, `services-${owner.project}`, firstRecord(request, owner, ports));
  await noteRun(owner, { ...ports, podman: request.podman });
  const context = await prepare(request, owner, ports);
  await reporting(context, () => run(context));
}

/** What this host can do, and what shall be created on it. */
async function prepare(
  request: CheckedRequest,
  owner: Owner,
  ports: ServicesPorts,
): Promise<StepContext> {
  const folder = stepFolder(owner, ports);
  const trial = request.dryRun
    ? ({ kind: 'none', folder } as const)
    : ({ kind: 'container', folder, labels: labelArgs(owner) } as const);
  const host = await ports.host.group('Podman on this agent', () =>
    knowHost(trial, { ...ports, podman: request.podman }),
  );
  return planStep(request, host, owner, ports);
}

async function run(context: StepContext): Promise<void> {
  const { request, plan, ports } = context;
  await saveRecord(ports, `services-${plan.owner.project}`, recordOf(context));
  const loginFolder = `${stepFolder(plan.owner, ports)}/logins`;
  const hasLogins = request.accounts.length > 0;
  const access = hasLogins
    ? await saveLogins(await logIn(request.accounts, ports), loginFolder, ports)
    : undefined;
  const isTest = ({ service }: ContainerPlan): boolean => service.name === request.testService;
  const services = plan.containers.filter((container) => !isTest(container));
  const images = await tellingLogs(context, async () => {
    const begun = await ports.host.group('Start services', async () => {
      const had = haveImages(context, access?.file);
      await sweepDeadJobs(plan.owner, ports);
      await createSurroundings(context);
      const starting = startGraph(services, had, context);
      return { images: had, ids: await starting.finally(() => warnOfStrayNetworks(context)) };
    });
    const published = await publishServices(services, begun, context);
    const up = published.filter(({ state }) => state !== 'completed');
    const running = up.map(({ service }) => service);
    const record = { ...recordOf(context, begun.ids), running, isComplete: true };
    await saveRecord(ports, `services-${plan.owner.project}`, record);
    return begun.images;
  });
  const tests = plan.containers.find(isTest);
  if (tests === undefined) return;
  await images.get(tests.image);
  await runTests(tests, context);
}

/** The log of the service that failed, where everybody looks first: right above the error. */
async function tellingLogs<T>({ ports }: StepContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ServiceFailedError) {
      const { service, logLines } = error;
      const title = `Last ${logLines.length} log lines of ${service}:`;
      ports.host.info(logLines.length === 0 ? `${service} has logged nothing.` : title);
      logLines.forEach((line) => {
        ports.host.info(`  ${line}`);
      });
    }
    throw error;
  }
}
