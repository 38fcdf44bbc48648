import { shorten } from '../text/measures.ts';
import type { BreakCause } from './break-cause.ts';
import { withoutPlatform } from './phase.ts';

const shownFiles = 5;
const shownText = 80;

/** Why a step ran, in one clause. */
export function describeCause(cause: BreakCause): string {
  switch (cause.kind) {
    case 'no-earlier-run':
      return 'no earlier run to compare with';
    case 'base-moved':
      return `the base image ${cause.image} moved, ${short(cause.from)} -> ${short(cause.to)}`;
    case 'parent-changed':
      return `it is made from ${shorten(withoutPlatform(cause.step), shownText)}, which ran`;
    case 'instruction-changed':
      return cause.was === undefined
        ? 'the instruction is new'
        : `the instruction changed, it was ${shorten(cause.was, shownText)}`;
    case 'files-changed':
      return `${filesOf(cause.context)} changed: ${cause.files.slice(0, shownFiles).join(', ')}${more(cause.count)}`;
    case 'setting-changed':
      return 'a build argument, variable or mount changed that its text does not show';
    case 'not-in-cache':
      return notInCache(cause);
  }
}

function notInCache({ isUnread, unpinned }: Extract<BreakCause, { kind: 'not-in-cache' }>): string {
  const unknown = [
    ...(isUnread === true ? ['its files, which were not read in both runs'] : []),
    ...(unpinned === undefined ? [] : [`${unpinned}, of which BuildKit does not tell the version`]),
  ];
  return unknown.length === 0
    ? 'nothing it depends on changed, but the cache did not have it'
    : `nothing changed that is known of; what may have is ${unknown.join(', and ')}`;
}

function filesOf(context: string | undefined): string {
  return context === undefined ? 'files' : `files of the context ${context}`;
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

function more(count: number): string {
  return count > shownFiles ? ` and ${count - shownFiles} more` : '';
}
