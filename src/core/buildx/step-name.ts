/** The parts of a step's name as the Dockerfile frontend writes it (buildkit, dockerfile2llb, prefixCommand). */
export interface StepName {
  /** e.g. linux/arm64, or linux/amd64->arm64 for cross compilation; undefined for one platform alone. */
  readonly platform: string | undefined;
  /** Undefined for the only stage without a name. */
  readonly stage: string | undefined;
  /** 1-based place in its stage. */
  readonly index: number;
  readonly count: number;
  /** e.g. `RUN make`. */
  readonly instruction: string;
}

const pattern = /^\[(?:(\w+\/\S+)\s+)?(?:(\S+)\s+)?\s*(\d+)\/(\d+)\] (.*)$/s;

/** Undefined for what is no instruction of the Dockerfile: `[internal] …`, `exporting to image`, …. */
export function parseStepName(name: string): StepName | undefined {
  const [, platform, stage, index, count, instruction] = pattern.exec(name) ?? [];
  if (index === undefined || count === undefined || instruction === undefined) return undefined;
  const words = instruction.replace(/\s+/g, ' ').trim();
  return { platform, stage, index: Number(index), count: Number(count), instruction: words };
}

/** Work of the user's own: FROM only resolves a base image, and is never cached on a fresh daemon. */
export function isUserStep({ instruction }: StepName): boolean {
  return !instruction.startsWith('FROM ');
}

/** e.g. `build 3/6`. */
export function stepPlace({ stage, index, count }: StepName): string {
  return `${stage === undefined ? 'step' : stage} ${index}/${count}`;
}
