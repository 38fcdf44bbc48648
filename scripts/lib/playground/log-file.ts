import { readFileSync } from 'node:fs';

/** The whole text of a daemon's log; empty when there is none yet. */
export function logText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The last lines of a daemon's log, for an error message. */
export function lastLines(path: string, count = 10): string {
  const lines = logText(path).trimEnd().split('\n').slice(-count);
  return [`Last lines of ${path}:`, ...lines].join('\n  ');
}
