import pLimit from 'p-limit';
import { succeeded } from '../../src/core/command-failure.ts';
import { type Problem, UserError } from '../../src/core/errors.ts';
import type { ContainerPlan } from '../../src/core/podman/container-plan.ts';
import { type ImageFacts, parseImages } from '../../src/core/podman/image-facts.ts';
import { podman } from './podman.ts';
import { pullImage } from './pull-image.ts';
import type { StepContext } from './step-context.ts';

/** More at once is slower on small agents (services-anchors, fact 9), and registries count connections. */
const pullsAtOnce = 3;

/** Each distinct image, as soon as it is here. A promise rejects with an ImageError. */
export type Images = ReadonlyMap<string, Promise<ImageFacts>>;

/** An image cannot be had: told together with the others that cannot. */
export class ImageError extends UserError {}

/**
 * Begins to have every image here, each asked for once whoever uses it. Nobody has to wait for images that
 * others use.
 */
export function haveImages(context: StepContext, authFile: string | undefined): Images {
  const limit = pLimit(pullsAtOnce);
  const images = [...new Set(context.plan.containers.map(({ image }) => image))];
  const looked = lookAtAll(images, context);
  return new Map(
    images.map((image, at) => {
      const promise = limit(() =>
        context.timeline.image(image, async (pulled) => {
          const here = await (await looked)(image, at);
          return haveImage(image, here, authFile, pulled, context);
        }),
      );
      // Whoever needs it will hear of a failure; until then Node must not take it for forgotten.
      promise.catch(() => undefined);
      return [image, promise];
    }),
  );
}

/** Finds each of the images: by one call when all are here, by one call for each otherwise. */
async function lookAtAll(
  images: readonly string[],
  context: StepContext,
): Promise<(image: string, at: number) => Promise<ImageFacts | undefined>> {
  const all = images.length === 0 ? [] : await inspectImages(images, context);
  if (all !== undefined) return (_image, at) => Promise.resolve(all[at]);
  if (images.length === 1) return () => Promise.resolve(undefined);
  return async (image) => (await inspectImages([image], context))?.[0];
}

async function haveImage(
  image: string,
  here: ImageFacts | undefined,
  authFile: string | undefined,
  pulled: () => void,
  context: StepContext,
): Promise<ImageFacts> {
  const { ports } = context;
  const pull = policyOf(image, context);
  if (here !== undefined && pull !== 'always') {
    ports.host.info(`${image} is here.`);
    return here;
  }
  if (pull === 'never') {
    const what = `The image ${image} is not on this agent, and pull is never.`;
    throw problemOf(image, { what, change: 'Pull it before, or use pull: missing.' }, context);
  }
  const problem = await pullImage(image, authFile, context);
  if (problem !== undefined) throw problemOf(image, problem, context);
  pulled();
  const [found] = (await inspectImages([image], context)) ?? [];
  if (found !== undefined) return found;
  const what = `The image ${image} was pulled, but Podman does not find it.`;
  throw problemOf(image, { what, change: 'Look at podman images.' }, context);
}

/** The most eager `pull_policy` of the image's services, else the input "pull". */
function policyOf(image: string, { request, plan }: StepContext): typeof request.pull {
  const users = plan.containers.filter((container) => container.image === image);
  const said = users.map(({ service }) => service.pullPolicy ?? request.pull);
  const order = ['always', 'missing', 'never'] as const;
  return order.find((policy) => said.includes(policy)) ?? request.pull;
}

/** In their order; undefined when one is missing. */
async function inspectImages(
  images: readonly string[],
  { ports }: StepContext,
): Promise<readonly ImageFacts[] | undefined> {
  const during = `the look at ${images.join(', ')}`;
  const result = await podman(['image', 'inspect', ...images], { during }, ports);
  return succeeded(result) ? parseImages(result.stdout) : undefined;
}

/** At the first service that uses the image. */
function problemOf(image: string, problem: Problem, { plan }: StepContext): ImageError {
  const isUser = (container: ContainerPlan): boolean => container.image === image;
  const service = plan.containers.find(isUser)?.service;
  if (service === undefined) return new ImageError([problem]);
  const { place, label } = service;
  const where = `${label}:${place.line ?? 1}`;
  return new ImageError([{ where, ...problem, place }]);
}
