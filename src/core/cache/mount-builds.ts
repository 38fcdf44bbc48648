import { createHash } from 'node:crypto';
import type { CacheMount } from './cache-mounts.ts';

/** What a helper build says of a mount without content; the name of its folder follows. */
const emptyMark = 'daemonless: empty mount ';

/** Prints which of the mounts hold nothing on the daemon. */
export function lookDockerfile(image: string, mounts: readonly CacheMount[]): string {
  const script = `for each in /mounts/*; do test -n "$(ls -A "$each")" || echo "${emptyMark}\${each##*/}"; done`;
  return dockerfile(`FROM ${image}`, mounts, [], script);
}

/** Whether a line of the look says that a mount is empty. */
export function tellsEmptyMount(line: string): boolean {
  return line.includes(emptyMark);
}

/** Fills the empty ones among the mounts from a saved image; what else it holds stays where it is. */
export function restoreDockerfile(
  image: string,
  mounts: readonly CacheMount[],
  saved: string,
): string {
  const script = [
    'for each in /saved/*; do to="/mounts/${each##*/}"',
    'if test -d "$to" && test -z "$(ls -A "$to")"; then cp -a "$each/." "$to/"; fi',
    'done',
  ].join('; ');
  const bind = ['--mount=type=bind,from=saved,source=/saved,target=/saved'];
  return dockerfile(`FROM ${saved} AS saved\nFROM ${image}`, mounts, bind, script);
}

/** Makes an image whose folder /saved holds the mounts. Equal content gives an equal layer. */
export function saveDockerfile(image: string, mounts: readonly CacheMount[]): string {
  const script = 'mkdir /saved && cp -a /mounts/* /saved/ && touch -t 197001010000 /saved';
  return dockerfile(`FROM ${image}`, mounts, [], script);
}

/** NONCE makes the step run in every build. */
function dockerfile(
  from: string,
  mounts: readonly CacheMount[],
  options: readonly string[],
  script: string,
): string {
  const cached = mounts.map(({ id, owner }) => {
    const more = owner === '' ? '' : `,${owner}`;
    return `--mount=type=cache,id=${id},target=/mounts/${folderOf(id)}${more}`;
  });
  return [from, 'ARG NONCE', ['RUN', ...cached, ...options, script].join(' '), ''].join('\n');
}

/** A name that another list of mounts gives the same mount, too. */
function folderOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}
