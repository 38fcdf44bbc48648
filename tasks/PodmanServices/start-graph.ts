import pLimit, { type LimitFunction } from 'p-limit';
import type { Dependency } from '../../src/core/compose/model.ts';
import { UserError } from '../../src/core/errors.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import type { ImageFacts } from '../../src/core/podman/image-facts.ts';
import { runDetached } from './container-calls.ts';
import { ImageError, type Images } from './have-images.ts';
import { readiness } from './readiness.ts';
import type { ContainerIds } from './states-of.ts';
import { Brake, GaveUp, type StepContext } from './step-context.ts';
import { waitUntilCompleted } from './wait-until-completed.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** A container that runs. */
interface Begun {
  readonly image: ImageFacts;
  readonly id: string | undefined;
}

/** The stages of one service that others can wait for. */
interface Stages {
  readonly started: Promise<Begun>;
  readonly healthy: Promise<unknown>;
  readonly completed: Promise<unknown>;
}

const conditionStages = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
} as const satisfies Readonly<Record<Dependency['condition'], keyof Stages>>;

interface Graph extends StepContext {
  readonly images: Images;
  readonly brake: Brake;
  readonly limit: LimitFunction;
  /** By service, each of its containers. */
  readonly stages: Map<string, readonly Stages[]>;
  /** Services that others need to have completed. */
  readonly oneShots: ReadonlySet<string>;
  readonly ids: Map<string, string>;
}

/**
 * Starts the containers, each as soon as its image is here and its own dependencies are what it asks for,
 * and waits until all are ready. After the first failure nothing new starts. `containers` stand in a
 * possible order. Returns their ids.
 */
export async function startGraph(
  containers: readonly ContainerPlan[],
  images: Images,
  context: StepContext,
): Promise<ContainerIds> {
  const graph = graphOf(containers, images, context);
  const all: Promise<unknown>[] = containers.flatMap((plan) => {
    const { started, healthy, completed } = begin(plan, graph);
    return [started, healthy, completed];
  });
  const braked = all.map((stage) =>
    stage.catch((error: unknown) => {
      graph.brake.pull();
      throw error;
    }),
  );
  const results = await Promise.allSettled([...braked, ...images.values()]);
  throwFirst(results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : [])));
  return graph.ids;
}

/** Images that cannot be had are told all at once; otherwise what failed first. */
function throwFirst(reasons: readonly unknown[]): void {
  const images = new Set(reasons.filter((reason) => reason instanceof ImageError));
  if (images.size > 0) throw new UserError([...images].flatMap(({ problems }) => problems));
  const first = reasons.find((reason) => !(reason instanceof GaveUp)) ?? reasons[0];
  if (first !== undefined) throw first as Error;
}

function graphOf(
  containers: readonly ContainerPlan[],
  images: Images,
  context: StepContext,
): Graph {
  const needed = containers.flatMap(({ service }) => service.dependsOn).filter(isCompletion);
  return {
    ...context,
    images,
    brake: new Brake(context.ports.cancellation),
    limit: pLimit(context.request.maxParallel),
    stages: new Map(),
    ids: new Map(),
    oneShots: new Set(needed.map(({ service }) => service)),
  };
}

function begin(plan: ContainerPlan, graph: Graph): Stages {
  const { service } = plan;
  const started = start(plan, graph);
  const healthy = started.then((begun) => beReady(plan, begun, graph));
  const completed = graph.oneShots.has(service.name)
    ? started.then(() => waitUntilCompleted(plan, graph.brake, graph))
    : Promise.resolve();
  const stages = { started, healthy, completed };
  graph.stages.set(service.name, [...(graph.stages.get(service.name) ?? []), stages]);
  return stages;
}

async function start(plan: ContainerPlan, graph: Graph): Promise<Begun> {
  const wanted = graph.images.get(plan.image);
  if (wanted === undefined) throw new Error(`${plan.image} was not asked for`);
  const dependencies = plan.service.dependsOn.map((dependency) => stageOf(dependency, graph));
  const [image] = await Promise.all([wanted, ...dependencies]);
  // Before it starts: a condition that can never be must not cost anybody's time.
  readiness(plan, image, graph);
  const id = await graph.limit(() => {
    graph.brake.check(`the start of ${plan.title}`);
    graph.timeline.mark(plan.title, 'from');
    return runDetached(plan, graph);
  });
  graph.timeline.mark(plan.title, 'started');
  if (id !== undefined) graph.ids.set(plan.name, id);
  return { image, id };
}

function stageOf({ service, condition }: Dependency, { stages }: Graph): Promise<unknown> {
  const found = stages.get(service);
  if (found === undefined) throw new Error(`${service} is started after who depends on it`);
  const stage = conditionStages[condition];
  return Promise.all(found.map((container) => container[stage]));
}

async function beReady(plan: ContainerPlan, { image, id }: Begun, graph: Graph): Promise<void> {
  const { clock, host } = graph.ports;
  const { checks, note } = readiness(plan, image, graph);
  if (checks.length === 0) {
    graph.timeline.mark(plan.title, 'ready');
    return;
  }
  if (note !== undefined) host.info(note);
  const begun = clock.now();
  const looks = await waitUntilReady(plan, id, checks, graph.brake, graph);
  graph.timeline.mark(plan.title, 'ready', looks);
  const seconds = ((clock.now() - begun) / 1000).toFixed(1);
  const times = looks === 1 ? 'the first check' : `${looks} checks`;
  host.info(`${plan.title}: healthy ${seconds} s after its start (${times}).`);
}

function isCompletion({ condition }: Dependency): boolean {
  return condition === 'service_completed_successfully';
}
