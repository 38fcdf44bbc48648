import { type Problem, UserError } from '../../src/core/errors.ts';
import type { ImageFacts } from '../../src/core/podman/image-facts.ts';
import type { StepContext } from './step-context.ts';
import { checkOf } from './wait-until-ready.ts';

/** @throws UserError when somebody waits for the health of a service that has no check, in file and image */
export function checkConditions(
  { request, plan }: StepContext,
  images: ReadonlyMap<string, ImageFacts>,
): void {
  const unchecked = plan.containers
    .filter((container) => checkOf(container, images.get(container.image)) === undefined)
    .map(({ service }) => service.name);
  const problems = plan.containers.flatMap(({ service }) =>
    service.dependsOn
      .filter((d) => d.condition === 'service_healthy' && unchecked.includes(d.service))
      .map((d): Problem => ({
        where: `${request.file.label}:${service.place.line ?? 1}`,
        what: `services.${service.name} waits until ${d.service} is healthy, but ${d.service} has no healthcheck.`,
        change: `Give ${d.service} one, or wait for service_started.`,
        place: service.place,
      })),
  );
  if (problems.length > 0) throw new UserError(problems);
}
