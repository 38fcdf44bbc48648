import { stepPlace } from '../buildx/step-name.ts';
import type { BuildReport } from './build-report.ts';
import { withoutOptions } from './step-rows.ts';

/** Less is 0.0 s. */
const shownMs = 50;

export interface SlowStep {
  /** Working time. */
  readonly ms: number;
  /** e.g. `linux/arm64, build 2/3`. */
  readonly where: string;
  readonly instruction: string;
}

/** The slowest first; what took no time to speak of is left out. */
export function slowestSteps({
  slowest,
  steps,
}: Pick<BuildReport, 'slowest' | 'steps'>): readonly SlowStep[] {
  return slowest.flatMap((at) => {
    const step = steps[at];
    if (step === undefined || step.ms < shownMs) return [];
    const place = stepPlace({ ...step, platform: undefined, stage: step.stage });
    const where = [step.platform, place].filter(Boolean).join(', ');
    return [{ ms: step.ms, where, instruction: withoutOptions(step.instruction) }];
  });
}
