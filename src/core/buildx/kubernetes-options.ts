import type { Problem } from '../errors.ts';
import { type Parsed, parsed, rejected } from '../parsed.ts';
import { undefinedVariable } from '../task/undefined-variable.ts';
import { resourceOptions, selectorProblems, tolerationProblems } from './kubernetes-lines.ts';
import { quantity } from './kubernetes-quantity.ts';

/** The inputs of the Kubernetes driver, as the step gives them. */
export interface KubernetesInputs {
  readonly namespace: string | undefined;
  readonly replicas: number;
  readonly requests: readonly string[];
  readonly limits: readonly string[];
  readonly nodeSelector: readonly string[];
  readonly tolerations: readonly string[];
  readonly rootless: boolean;
  readonly volumeSize: string | undefined;
  readonly image: string | undefined;
}

/** `--driver-opt` of buildx's Kubernetes driver by name (buildx, driver/kubernetes/factory.go). */
export type KubernetesOptions = Readonly<Record<string, string>>;

const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const mostReplicas = 100;

/**
 * The options that the inputs mean, every problem at once.
 * @param namedBuilder whether the user gave the builder a name, so that its pods stay after the job
 */
export function kubernetesOptions(
  inputs: KubernetesInputs,
  namedBuilder: boolean,
): Parsed<KubernetesOptions> {
  const requests = resourceOptions('requests', inputs.requests);
  const limits = resourceOptions('limits', inputs.limits);
  const problems = [
    ...textProblems(inputs),
    ...replicaProblems(inputs.replicas),
    ...(requests.ok ? [] : requests.problems),
    ...(limits.ok ? [] : limits.problems),
    ...selectorProblems(inputs.nodeSelector),
    ...tolerationProblems(inputs.tolerations),
    ...volumeProblems(inputs.volumeSize, namedBuilder),
  ];
  if (problems.length > 0 || !requests.ok || !limits.ok) return rejected(...problems);
  return parsed({
    ...option('namespace', inputs.namespace),
    replicas: String(inputs.replicas),
    ...requests.value,
    ...limits.value,
    ...option('nodeselector', inputs.nodeSelector.join(',')),
    ...option('tolerations', inputs.tolerations.join(';')),
    ...(inputs.rootless ? { rootless: 'true' } : {}),
    ...option('persistent-volume-claim.requests.storage', inputs.volumeSize),
    ...option('image', inputs.image),
  });
}

function option(name: string, value: string | undefined): KubernetesOptions {
  return value === undefined || value === '' ? {} : { [name]: value };
}

function textProblems({ namespace, image }: KubernetesInputs): readonly Problem[] {
  const macros = [
    undefinedVariable('namespace', namespace ?? ''),
    undefinedVariable('image', image ?? ''),
  ].filter((problem) => problem !== undefined);
  if (macros.length > 0) return macros;
  const ofNamespace = {
    where: 'namespace',
    what: `Expected lower-case letters, digits and "-", found "${namespace ?? ''}".`,
    change: 'Give the name of a namespace.',
  };
  const ofImage = {
    where: 'image',
    what: `Expected an image reference, found "${image ?? ''}".`,
    change: 'Write registry/name:tag, without spaces.',
  };
  return [
    ...(namespace === undefined || dnsLabel.test(namespace) ? [] : [ofNamespace]),
    ...(image === undefined || /^[\w.:/@-]+$/.test(image) ? [] : [ofImage]),
  ];
}

function replicaProblems(replicas: number): readonly Problem[] {
  if (replicas >= 1 && replicas <= mostReplicas) return [];
  const what = `Expected between 1 and ${mostReplicas} pods, found ${replicas}.`;
  return [{ where: 'replicas', what, change: 'Give a number of this range.' }];
}

function volumeProblems(size: string | undefined, namedBuilder: boolean): readonly Problem[] {
  if (size === undefined) return [];
  const where = 'volumeSize';
  if (!quantity.test(size)) {
    const what = `Expected a size such as 50Gi, found "${size}".`;
    return [{ where, what, change: 'Write a number and a unit: Mi, Gi or Ti.' }];
  }
  if (namedBuilder) return [];
  const what = 'A volume outlives the job, but without a name of its own the builder does not.';
  return [{ where, what, change: 'Set builderName, so that the next job finds the volume again.' }];
}
