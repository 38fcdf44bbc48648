import { pathsTakenBy } from './copied-files.ts';
import { instructions } from './instructions.ts';

/** What a Dockerfile takes from its context: BuildKit sends the daemon no more than that. */
export type TakenFiles = 'all' | 'some' | 'none';

/** No path that anybody would name. */
const probe = '\u0000';

/** By all stages; one that is not built only makes it more. */
export function takenFiles(dockerfile: string): TakenFiles {
  const taking = instructions(dockerfile)
    .map((line) => line.replace(/\s+/g, ' ').replace(/^ONBUILD /i, ''))
    .map((line) => line.replace(/^\w+/, (verb) => verb.toUpperCase()))
    .filter(takesOfContext);
  if (taking.length === 0) return 'none';
  return taking.some((line) => pathsTakenBy(line)(probe)) ? 'all' : 'some';
}

function takesOfContext(line: string): boolean {
  if (/^(COPY|ADD) /.test(line)) return !/ --from=/.test(line);
  const mounts = /^RUN /.test(line) ? [...line.matchAll(/--mount=(\S+)/g)] : [];
  return mounts.some(
    ([, options = '']) => /(^|,)type=bind(,|$)/.test(options) && !/(^|,)from=/.test(options),
  );
}
