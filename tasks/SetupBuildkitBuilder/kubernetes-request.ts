import { defaultBuilderName, parseBuilderName } from '../../src/core/buildkit/builder-name.ts';
import type { PlatformNeeds } from '../../src/core/buildkit/platform-problems.ts';
import type { KubernetesPlan } from '../../src/core/buildx/kubernetes-args.ts';
import { kubernetesOptions } from '../../src/core/buildx/kubernetes-options.ts';
import { type BuildxWish, parseBuildxWish } from '../../src/core/buildx/release-wish.ts';
import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../../src/core/parsed.ts';
import { parsePlatforms } from '../../src/core/platform/platform.ts';
import type { Inputs } from './inputs.ts';

/** What the inputs ask for with driver `kubernetes`. */
export interface KubernetesRequest extends PlatformNeeds {
  readonly plan: KubernetesPlan;
  readonly buildx: BuildxWish | undefined;
  /** The user named the builder, so its pods stay for other jobs. */
  readonly keepsPods: boolean;
  readonly podTimeoutSeconds: number;
  readonly setDefault: boolean;
  readonly dryRun: boolean;
}

/** Pods of a StatefulSet carry its name and a hash in a label of 63 characters. */
const longestName = 52;
/** An image is pulled within this time at best. */
const shortestWaitSeconds = 5;

/** Every problem of the inputs at once. */
export function parseKubernetes(
  inputs: Inputs,
  surroundings: { readonly jobSlug: string; readonly sourcesDirectory: string },
): Parsed<KubernetesRequest> {
  const keepsPods = inputs.builderName !== undefined;
  const options = kubernetesOptions(inputs, keepsPods);
  const name = parseName(inputs.builderName ?? defaultBuilderName(surroundings.jobSlug));
  const platforms = parsePlatforms('platforms', inputs.platforms.join(','));
  const { buildxVersion, buildxSource } = inputs;
  const buildx = parseBuildxWish({ buildxVersion, buildxSource }, surroundings.sourcesDirectory);
  const problems = [...problemsOf([options, name, platforms, buildx]), ...remoteOnly(inputs)];
  if (!options.ok || !name.ok || !platforms.ok || !buildx.ok || problems.length > 0) {
    return rejected(...problems);
  }
  const podTimeoutSeconds = Math.max(shortestWaitSeconds, inputs.connectTimeout);
  const timeout = `${podTimeoutSeconds}s`;
  return parsed({
    plan: { name: name.value, options: { ...options.value, timeout } },
    buildx: buildx.value,
    keepsPods,
    podTimeoutSeconds,
    platforms: platforms.value,
    allowEmulation: inputs.allowEmulation,
    setDefault: inputs.setDefault,
    dryRun: inputs.dryRun,
  });
}

function parseName(text: string): Parsed<string> {
  const name = parseBuilderName(text);
  if (!name.ok) return name;
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name.value) && name.value.length <= longestName) {
    return name;
  }
  return rejected({
    where: 'builderName',
    what: `Expected a name for a Deployment in Kubernetes, found "${text}".`,
    change: `Use letters, digits and "-", at most ${longestName} characters.`,
  });
}

/** Inputs that say how to reach daemons that run already. */
function remoteOnly(inputs: Inputs): readonly Problem[] {
  const { endpoints, buildkitConnection, caCert, clientCert, clientKey, serverName } = inputs;
  const given = { buildkitConnection, caCert, clientCert, clientKey, serverName };
  const names = [
    ...(endpoints.length > 0 ? ['endpoints'] : []),
    ...Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  ];
  return names.map((where) => ({
    where,
    what: 'This input belongs to driver remote, but driver is kubernetes.',
    change: 'Leave it empty, or choose driver remote.',
  }));
}

/** Inputs of driver `kubernetes` that another driver would pass over. */
export function kubernetesOnly(inputs: Inputs): readonly Problem[] {
  const { namespace, volumeSize, image, requests, limits, nodeSelector, tolerations } = inputs;
  const lists = { requests, limits, nodeSelector, tolerations };
  const names = [
    ...Object.entries({ namespace, volumeSize, image }).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    ),
    ...Object.entries(lists).flatMap(([name, lines]) => (lines.length === 0 ? [] : [name])),
    ...(inputs.rootless ? ['rootless'] : []),
    ...(inputs.replicas === 1 ? [] : ['replicas']),
  ];
  return names.map((where) => ({
    where,
    what: 'This input belongs to driver kubernetes, but driver is remote.',
    change: 'Leave it empty, or choose driver kubernetes.',
  }));
}
