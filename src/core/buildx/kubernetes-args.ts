import { csvField } from '../text/csv-field.ts';
import type { KubernetesOptions } from './kubernetes-options.ts';
import type { ListedBuilder } from './ls-output.ts';

/** A builder whose BuildKit pods buildx makes itself (buildx, driver `kubernetes`). */
export interface KubernetesPlan {
  /** Of the builder, its node, and the Deployment or StatefulSet. */
  readonly name: string;
  readonly options: KubernetesOptions;
}

/** Writes the builder into the store; it does not connect. */
export function createKubernetesArgs({ name, options }: KubernetesPlan): readonly string[] {
  const optionArgs = Object.entries(options).flatMap(([option, value]) => [
    '--driver-opt',
    csvField(`${option}=${value}`),
  ]);
  return ['create', '--name', name, '--node', name, '--driver', 'kubernetes', ...optionArgs];
}

/** Makes the pods where they are missing, and waits until they are ready. */
export function bootstrapArgs(name: string): readonly string[] {
  return ['inspect', '--bootstrap', name];
}

/** Deletes the pods, too. */
export function removeWithPodsArgs(name: string): readonly string[] {
  return ['rm', name];
}

/** Whether the builder is what the plan would create, so that it can stay. */
export function isKubernetesAsPlanned(
  { Driver, Nodes }: ListedBuilder,
  { options }: KubernetesPlan,
): boolean {
  if (Driver !== 'kubernetes') return false;
  return Nodes.some(({ DriverOpts }) => {
    const names = Object.keys({ ...DriverOpts, ...options });
    return names.every((name) => DriverOpts[name] === options[name]);
  });
}
