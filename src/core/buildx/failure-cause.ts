import { exitCodeMeaning } from './exit-code.ts';
import { type FailureKind, knownCauses } from './known-causes.ts';
import { type StepName, stepPlace } from './step-name.ts';
import { tooManyLayers } from './too-many-layers.ts';

/** What went wrong, by class (build-anchors 2.5), and what to do about it. */
export interface FailureCause {
  readonly kind: FailureKind;
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
  const known = knownCauses.find(({ pattern }) => pattern.test(message));
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
