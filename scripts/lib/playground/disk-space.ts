import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * For a failure that says the disk is full: a sentence with the folder and what is free there, else ''.
 * @param text the error message or log
 */
export function diskFullNote(text: string, folder: string): string {
  if (!/ENOSPC|no space left on device|disk quota exceeded/i.test(text)) return '';
  return `The disk is full: ${folder} has ${freeMegabytes(folder)} MB free. Free some space, then run it again.`;
}

function freeMegabytes(folder: string): number {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return Math.floor((bavail * bsize) / 1e6);
}
