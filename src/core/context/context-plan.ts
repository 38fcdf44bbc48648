import { formatBytes } from '../text/measures.ts';
import { type ContextEntry, totalBytes } from './context-file.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { timeHazard } from './time-hazard.ts';

/** Whose times the files of the context have for the daemon. */
export type ContextTimes = 'auto' | 'content' | 'checkout';

/** More would take longer to copy than it is worth. */
export const mostEntries = 20_000;
/** On the agent's disk, beside the files themselves. */
export const mostBytes = 1_000_000_000;

/** Why the context is sent as it lies there; undefined when a copy with times made from content is sent. */
export function reasonToSendAsItIs(
  times: ContextTimes,
  { dockerfile, rules }: { readonly dockerfile: string; readonly rules: IgnoreRules },
  entries: readonly ContextEntry[],
): string | undefined {
  if (times === 'checkout') return 'contextTimes is checkout';
  const hazard = times === 'content' ? undefined : timeHazard(dockerfile);
  if (hazard !== undefined) return hazard;
  if (rules.unsure !== undefined) {
    return `.dockerignore has the line "${rules.unsure}", which only BuildKit reads for sure`;
  }
  if (entries.length > mostEntries) return `it has more than ${mostEntries} files`;
  if (totalBytes(entries) > mostBytes) return `it holds more than ${formatBytes(mostBytes)}`;
  const special = entries.find(({ kind }) => kind === 'other');
  return special === undefined ? undefined : `${special.path} is neither file, folder nor link`;
}
