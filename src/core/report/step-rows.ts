import { stepPlace } from '../buildx/step-name.ts';
import { formatSeconds, shorten } from '../text/measures.ts';
import type { ReportedStep } from './report-steps.ts';

const instructionLimit = 60;

/** Steps as rows, one column for each platform, the heading first; platforms side by side show what emulation costs. */
export function stepRows(steps: readonly ReportedStep[]): readonly (readonly string[])[] {
  const platforms = [...new Set(steps.map(({ platform }) => platform ?? ''))].sort();
  const rows = new Map<string, readonly ReportedStep[]>();
  for (const step of steps) {
    const key = `${step.stage ?? ''} ${step.index}/${step.count}`;
    rows.set(key, [...(rows.get(key) ?? []), step]);
  }
  const body = [...rows.values()].map((group) => rowOf(group, platforms));
  return [['Step', 'Instruction', ...platforms.map((name) => name || 'Time')], ...body];
}

function rowOf(group: readonly ReportedStep[], platforms: readonly string[]): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const times = platforms.map((name) => {
    const step = group.find(({ platform = '' }) => platform === name);
    return step === undefined ? '' : outcomeText(step);
  });
  const place = stepPlace({ ...first, platform: first.platform, stage: first.stage });
  return [place, shorten(withoutOptions(first.instruction), instructionLimit), ...times];
}

/** Mounts and the like take the room of what people know a step by. */
export function withoutOptions(instruction: string): string {
  return instruction.replace(/^RUN(?: --\S+)+ /, 'RUN ');
}

function outcomeText({ outcome, ms }: ReportedStep): string {
  const words = { cached: 'cached', canceled: 'stopped', 'not-run': '-' };
  if (outcome === 'done') return formatSeconds(ms);
  return outcome === 'failed' ? `FAILED ${formatSeconds(ms)}` : words[outcome];
}
