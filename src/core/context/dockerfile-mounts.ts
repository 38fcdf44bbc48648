import type { CacheMount } from '../cache/cache-mounts.ts';
import { instructions } from './instructions.ts';

/** A cache mount as the Dockerfile has it, with the path that it is seen at. */
export interface WrittenMount extends CacheMount {
  readonly target: string;
}

/** The cache mounts of a Dockerfile's RUN steps, each as often as it is written. */
export function mountsIn(dockerfile: string): readonly WrittenMount[] {
  return instructions(dockerfile)
    .filter((line) => /^RUN\s/i.test(line))
    .flatMap((run) => [...run.matchAll(/--mount=(\S+)/g)].map(([, options = '']) => options))
    .filter((options) => /(^|,)type=cache(,|$)/.test(options))
    .map((options) => {
      const target = /(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(options)?.[1] ?? '';
      const id = /(?:^|,)id=([^,]+)/.exec(options)?.[1] ?? target;
      const owner = [...options.matchAll(/(?:^|,)((?:uid|gid|mode)=[^,]+)/g)].map(
        ([, each]) => each,
      );
      return { id, target, owner: owner.join(',') };
    });
}
