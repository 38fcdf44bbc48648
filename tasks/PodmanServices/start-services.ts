import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { saveLogins } from '../../src/workflows/registry-login.ts';
import { checkConditions } from './check-conditions.ts';
import { createSurroundings } from './create-surroundings.ts';
import { explainPlan } from './explain-plan.ts';
import type { Inputs } from './inputs.ts';
import { learnHost } from './learn-host.ts';
import { planStep, recordOf } from './plan-step.ts';
import { proveHost } from './prove-host.ts';
import { publishServices } from './publish-services.ts';
import { pullImages } from './pull-images.ts';
import { readRequest } from './read-request.ts';
import { removeServices } from './remove-services.ts';
import { runTests } from './run-tests.ts';
import { ServiceFailedError } from './service-failure.ts';
import type { ServicesPorts } from './services-ports.ts';
import { startGraph } from './start-graph.ts';
import type { StepContext } from './step-context.ts';

/** Starts the services of a compose file, tells later steps where they are, and runs the test service. */
export async function startServices(inputs: Inputs, ports: ServicesPorts): Promise<void> {
  const request = await readRequest(inputs, ports);
  const host = await ports.host.group('Podman on this agent', () => learnHost(ports));
  const context = planStep(request, host, ports);
  if (request.dryRun) {
    explainPlan(context).forEach((line) => {
      ports.host.info(line);
    });
    return;
  }
  // A step that the agent runs again (retryCountOnTaskFailure) finds what it left before.
  await removeServices(ports);
  await run(context);
}

async function run(context: StepContext): Promise<void> {
  const { request, host, plan, ports } = context;
  const record = recordOf(context);
  await saveRecord(ports, `services-${plan.owner.project}`, record);
  if (host.wantsProof && host.hasInit) {
    await ports.host.group('Try the flags on an empty container', () => proveHost(context));
  }
  const { loginFolder } = record;
  const access = loginFolder && (await saveLogins(request.logins, loginFolder, ports));
  const authFile = access ? access.file : undefined;
  const images = await ports.host.group('Images', () => pullImages(context, authFile));
  checkConditions(context, images);
  const isTest = ({ service }: ContainerPlan): boolean => service.name === request.testService;
  const services = plan.containers.filter((container) => !isTest(container));
  await tellingLogs(context, async () => {
    await ports.host.group('Start services', async () => {
      await createSurroundings(context);
      await startGraph(services, images, context);
    });
    await publishServices(services, images, context);
  });
  const tests = plan.containers.find(isTest);
  if (tests !== undefined) await runTests(tests, context);
}

/** The log of the service that failed, where everybody looks first: right above the error. */
async function tellingLogs({ ports }: StepContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
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
