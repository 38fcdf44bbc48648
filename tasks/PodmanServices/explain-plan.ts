import { testContainer } from '../../src/core/services/test-container.ts';
import { commandOf } from './container-calls.ts';
import { pastable, podmanCommand } from './podman.ts';
import type { StepContext } from './step-context.ts';

/** The lines of a dry run: what would be done, in order, with commands to paste. */
export function explainPlan(context: StepContext): readonly string[] {
  const { request, host, plan, ports } = context;
  const show = (args: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
    `- ${pastable(podmanCommand(args, { during: 'a dry run', env }, ports), ports)}`;
  const isTest = (name: string): boolean => name === request.testService;
  const ordered = [
    ...plan.containers.filter(({ service }) => !isTest(service.name)),
    ...plan.containers.filter(({ service }) => isTest(service.name)),
  ];
  return [
    `Dry run: the inputs and ${request.file.label} are well; nothing was started. Without it, this step would`,
    ...[...new Set(plan.containers.map(({ image }) => image))].map(
      (image) => `- have ${image} here (pull: ${request.pull})`,
    ),
    ...(host.settings.network === 'host' ? [] : plan.networks.map(({ create }) => show(create))),
    ...plan.volumes.map(({ create }) => show(create)),
    ...plan.secrets.map(({ name }) => `- keep ${name} as a Podman secret`),
    ...ordered.map((container) => {
      const test = isTest(container.service.name);
      const runnable = test ? testContainer(container, plan.containers) : container;
      const { args, env } = commandOf(runnable, !test, context);
      return show(['run', ...args], env);
    }),
    `- remove all of it after the job`,
  ];
}
