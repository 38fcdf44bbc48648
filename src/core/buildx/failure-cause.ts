import { exitCodeMeaning } from './exit-code.ts';
import { type StepName, stepPlace } from './step-name.ts';
import { tooManyLayers } from './too-many-layers.ts';

/** What went wrong, by class (build-anchors 2.5), and what to do about it. */
export interface FailureCause {
  readonly kind:
    | 'lint'
    | 'step'
    | 'push'
    | 'base-image'
    | 'registry'
    | 'dockerfile'
    | 'transport'
    | 'stalled'
    | 'other';
  /** One sentence. */
  readonly what: string;
  /** One sentence. */
  readonly change: string;
  /** BuildKit's own words. */
  readonly message: string;
}

type Sentences = Omit<FailureCause, 'message'>;

/** The cause behind BuildKit's message; `step` is the instruction that failed, if one did. */
export function failureCause(
  message: string,
  step: StepName | undefined,
  platform: string | undefined,
): FailureCause {
  const ofStep = step === undefined ? undefined : stepCause(message, step, platform);
  if (ofStep !== undefined) return { ...ofStep, message };
  const known = causes.find(({ pattern }) => pattern.test(message));
  return {
    kind: known?.kind ?? 'other',
    what: `The build failed: ${message.replace(/\.$/, '')}.`,
    change: known?.change ?? 'The lines above tell what it was doing.',
    message,
  };
}

function stepCause(
  message: string,
  step: StepName,
  platform: string | undefined,
): Sentences | undefined {
  const exitCode = /did not complete successfully: exit code: (\d+)/.exec(message)?.[1];
  if (exitCode !== undefined) return failedStep(step, exitCode, platform);
  const deep = tooManyLayers(message, step);
  if (deep !== undefined) return { kind: 'step', ...deep };
  const missing = /failed to calculate checksum of ref \S+: "([^"]+)": not found/.exec(message);
  return missing?.[1] === undefined ? undefined : missingFile(step, missing[1]);
}

function failedStep(step: StepName, exitCode: string, platform: string | undefined): Sentences {
  const where = [stepPlace(step), ...(platform === undefined ? [] : [platform])].join(', ');
  const code = `exit code ${exitCode}${exitCodeMeaning(exitCode)}`;
  return {
    kind: 'step',
    what: `"${step.instruction}" failed with ${code} (${where}).`,
    change: 'Its last lines are above.',
  };
}

function missingFile({ instruction }: StepName, path: string): Sentences {
  return {
    kind: 'step',
    what: `"${instruction}" found no "${path}" to copy.`,
    change: 'Check that it exists in the context and no line of .dockerignore leaves it out.',
  };
}

const causes: readonly (Pick<FailureCause, 'kind' | 'change'> & { readonly pattern: RegExp })[] = [
  {
    kind: 'other',
    pattern: /entitlement \S+ is not allowed by build daemon configuration/,
    change:
      'The daemon has to permit it: name it in "insecure-entitlements" of its buildkitd.toml, or give buildkitd --allow-insecure-entitlement.',
  },
  {
    kind: 'other',
    pattern: /(network\.host|security\.insecure) is not allowed/,
    change: 'Add it to "allow"; the daemon has to permit it as well.',
  },
  {
    kind: 'other',
    pattern: /failed to convert agent config|unset ssh forward key|no ssh handler for id/i,
    change: 'Check "ssh": each id that a step mounts needs a private key without a passphrase.',
  },
  {
    kind: 'lint',
    pattern: /lint violation found for rules/,
    change: 'Mend the lines that the warnings above name.',
  },
  {
    kind: 'dockerfile',
    pattern: /dockerfile parse error|unknown instruction|failed to read dockerfile/,
    change: 'Mend the Dockerfile.',
  },
  {
    kind: 'push',
    pattern: /failed to push .*(\b40[13]\b|denied|unauthorized|insufficient_scope|no basic auth)/is,
    change: 'Give a connection that may push there in "registries".',
  },
  {
    kind: 'push',
    pattern: /failed to push /,
    change: 'Check that the daemon reaches the registry, and that it is one.',
  },
  {
    kind: 'base-image',
    pattern: /failed to resolve source metadata for \S*docker\/dockerfile(-upstream)?[:@]/,
    change:
      'The "# syntax=" line of the Dockerfile asks for it. Without the line BuildKit takes the frontend it has built in; otherwise give the daemon a mirror of Docker Hub.',
  },
  {
    kind: 'base-image',
    pattern:
      /failed to resolve source metadata.*(\b40[13]\b|denied|unauthorized|insufficient_scope)/is,
    change: 'Check the name; if it is private, give its connection in "registries".',
  },
  {
    kind: 'base-image',
    pattern: /failed to resolve source metadata/,
    change: 'Check its name and tag, and that it exists for the platforms asked for.',
  },
  {
    kind: 'step',
    pattern: /secret .*: not found/,
    change: 'Add its id to "secrets".',
  },
  {
    kind: 'step',
    pattern: /exec format error/,
    change: 'The builder cannot run this platform: it lacks QEMU for it.',
  },
  {
    kind: 'transport',
    pattern:
      /^Unavailable: |code = Unavailable|failed to receive status|transport is closing|error reading from server|^(unexpected )?EOF$/,
    change: 'The BuildKit daemon went away; run the step again, and look at the daemon.',
  },
  {
    kind: 'registry',
    pattern: /failed to (copy|do request|fetch)|httpReadSeeker|unexpected status (code|from)/,
    change: 'Check that the daemon reaches the registry, and that it is one.',
  },
];
