import { readFileSync } from 'node:fs';
import { execa } from 'execa';

/** The mount points at or below a folder, deepest first (proc(5), mountinfo field 5). */
export function mountsBelow(
  folder: string,
  mountInfo: string = readFileSync('/proc/self/mountinfo', 'utf8'),
): string[] {
  const points = mountInfo.split('\n').map((line) => unescape(line.split(' ')[4] ?? ''));
  return points.filter((point) => point === folder || point.startsWith(`${folder}/`)).reverse();
}

/** Unmounts all that is mounted below a folder, lazily where it is still in use. */
export async function unmountBelow(folder: string): Promise<void> {
  for (const point of mountsBelow(folder)) {
    await execa('umount', ['--lazy', point], { reject: false, timeout: 5_000 });
  }
}

/** The kernel writes blanks and backslashes as three octal digits. */
function unescape(text: string): string {
  return text.replace(/\\(\d{3})/g, (_, digits: string) =>
    String.fromCharCode(parseInt(digits, 8)),
  );
}
