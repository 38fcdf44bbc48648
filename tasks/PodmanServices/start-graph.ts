import pLimit, { type LimitFunction } from 'p-limit';
import type { Dependency } from '../../src/core/compose/model.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ImageFacts } from '../../src/core/podman/image-facts.ts';
import { runDetached } from './container-calls.ts';
import { Brake, GaveUp, type StepContext } from './step-context.ts';
import { waitUntilCompleted } from './wait-until-completed.ts';
import { checkOf, waitUntilReady } from './wait-until-ready.ts';

/** More at once is slower on small agents (services-anchors, fact 9). */
const startsAtOnce = 2;

/** The stages of one service that others can wait for. */
interface Stages {
  readonly started: Promise<unknown>;
  readonly healthy: Promise<unknown>;
  readonly completed: Promise<unknown>;
}

interface Graph extends StepContext {
  readonly images: ReadonlyMap<string, ImageFacts>;
  readonly brake: Brake;
  readonly limit: LimitFunction;
  readonly stages: Map<string, Stages>;
  /** Services that others need to have completed. */
  readonly oneShots: ReadonlySet<string>;
}

/**
 * Starts the containers, each as soon as its own dependencies are what it asks for, and waits until all
 * are ready. After the first failure nothing new starts. `containers` stand in a possible order.
 */
export async function startGraph(
  containers: readonly ContainerPlan[],
  images: ReadonlyMap<string, ImageFacts>,
  context: StepContext,
): Promise<void> {
  const graph = graphOf(containers, images, context);
  const all = containers.flatMap((plan) => {
    const { started, healthy, completed } = begin(plan, graph);
    return [started, healthy, completed];
  });
  const results = await Promise.allSettled(
    all.map((stage) =>
      stage.catch((error: unknown) => {
        graph.brake.pull();
        throw error;
      }),
    ),
  );
  const reasons = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
  const first = reasons.find((reason) => !(reason instanceof GaveUp)) ?? reasons[0];
  if (first !== undefined) throw first as Error;
}

function graphOf(
  containers: readonly ContainerPlan[],
  images: ReadonlyMap<string, ImageFacts>,
  context: StepContext,
): Graph {
  const needed = containers.flatMap(({ service }) => service.dependsOn).filter(isCompletion);
  return {
    ...context,
    images,
    brake: new Brake(context.ports.cancellation),
    limit: pLimit(startsAtOnce),
    stages: new Map(),
    oneShots: new Set(needed.map(({ service }) => service)),
  };
}

function begin(plan: ContainerPlan, graph: Graph): Stages {
  const { service } = plan;
  const started = start(plan, graph);
  const healthy = started.then(() => beReady(plan, graph));
  const completed = graph.oneShots.has(service.name)
    ? started.then(() => waitUntilCompleted(plan, graph.brake, graph))
    : Promise.resolve();
  const stages = { started, healthy, completed };
  graph.stages.set(service.name, stages);
  return stages;
}

async function start(plan: ContainerPlan, graph: Graph): Promise<void> {
  await Promise.all(plan.service.dependsOn.map((dependency) => stageOf(dependency, graph)));
  await graph.limit(() => {
    graph.brake.check(`the start of ${plan.service.name}`);
    return runDetached(plan, graph);
  });
}

function stageOf({ service, condition }: Dependency, { stages }: Graph): Promise<unknown> {
  const found = stages.get(service);
  if (found === undefined) throw new Error(`${service} is started after who depends on it`);
  switch (condition) {
    case 'service_started':
      return found.started;
    case 'service_healthy':
      return found.healthy;
    case 'service_completed_successfully':
      return found.completed;
  }
}

async function beReady(plan: ContainerPlan, graph: Graph): Promise<void> {
  const { clock, host } = graph.ports;
  const image = graph.images.get(plan.image);
  if (checkOf(plan, image) === undefined) return;
  const begun = clock.now();
  const probes = await waitUntilReady(plan, image, graph.brake, graph);
  const seconds = ((clock.now() - begun) / 1000).toFixed(1);
  host.info(
    `${plan.service.name}: healthy ${seconds} s after its start (${probes === 1 ? 'the first check' : `${probes} checks`}).`,
  );
}

function isCompletion({ condition }: Dependency): boolean {
  return condition === 'service_completed_successfully';
}
