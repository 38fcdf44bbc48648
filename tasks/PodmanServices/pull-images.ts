import pLimit from 'p-limit';
import { succeeded } from '../../src/core/command-failure.ts';
import { CancelledError, type Problem, UserError } from '../../src/core/errors.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { hintFor } from '../../src/core/podman/failure-hints.ts';
import { type ImageFacts, parseImages } from '../../src/core/podman/image-facts.ts';
import { podman } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** More at once is slower on small agents (services-anchors, fact 9). */
const pullsAtOnce = 2;
const pullTimeoutMs = 600_000;

/**
 * Has every image here, each pulled once whoever uses it, and returns what they say of themselves.
 * @throws UserError that names every image which could not be had, with file and line
 */
export async function pullImages(
  context: StepContext,
  authFile: string | undefined,
): Promise<ReadonlyMap<string, ImageFacts>> {
  const { request, plan, ports } = context;
  const images = [...new Set(plan.containers.map(({ image }) => image))];
  const here = await inspectAll(images, context);
  const wanted = images.filter((image) => request.pull === 'always' || !here.has(image));
  here.forEach((_, image) => {
    if (!wanted.includes(image)) ports.host.info(`${image} is here.`);
  });
  const limit = pLimit(pullsAtOnce);
  const results = await Promise.all(
    wanted.map((image) => limit(() => pullImage(image, authFile, context))),
  );
  const problems = results.flatMap((problem) => problem ?? []);
  if (problems.length > 0) throw new UserError(problems);
  return wanted.length === 0 ? here : inspectAll(images, context);
}

/** Those of the images that are here. `podman image inspect` prints what it finds, whatever else is missing. */
async function inspectAll(
  images: readonly string[],
  { ports }: StepContext,
): Promise<ReadonlyMap<string, ImageFacts>> {
  const facts = new Map<string, ImageFacts>();
  await Promise.all(
    images.map(async (image) => {
      const during = `the look at ${image}`;
      const result = await podman(['image', 'inspect', image], { during }, ports);
      const [found] = succeeded(result) ? parseImages(result.stdout) : [];
      if (found !== undefined) facts.set(image, found);
    }),
  );
  return facts;
}

/** Undefined: it is here now. */
async function pullImage(
  image: string,
  authFile: string | undefined,
  { request, plan, ports }: StepContext,
): Promise<Problem | undefined> {
  const users = plan.containers.filter((container) => container.image === image);
  if (request.pull === 'never') {
    const what = `The image ${image} is not on this agent, and pull is never.`;
    return imageProblem(users, request.file.label, what, 'Pull it before, or use pull: missing.');
  }
  const login = authFile === undefined ? [] : ['--authfile', authFile];
  const during = `the pull of ${image}`;
  const options = { during, echo: true, timeoutMs: pullTimeoutMs, onCancel: 'interrupt' } as const;
  const begin = ports.clock.now();
  const result = await podman(['pull', '--quiet', ...login, image], options, ports);
  if (ports.cancellation.aborted) throw new CancelledError(during);
  if (succeeded(result)) {
    const seconds = ((ports.clock.now() - begin) / 1000).toFixed(1);
    ports.host.info(`${image} pulled in ${seconds} s.`);
    return undefined;
  }
  const words = ports.host.redact(result.stderr.trim().split('\n').at(-1) ?? '');
  const what = `The image ${image} could not be pulled. ${words}`;
  const hint = hintFor(result.stderr) ?? 'Check its name, and that the agent reaches the registry.';
  return imageProblem(users, request.file.label, what, hint);
}

function imageProblem(
  [first]: readonly ContainerPlan[],
  label: string,
  what: string,
  change: string,
): Problem {
  if (first === undefined) return { what, change };
  const { place } = first.service;
  return { where: `${label}:${place.line ?? 1}`, what, change, place };
}
