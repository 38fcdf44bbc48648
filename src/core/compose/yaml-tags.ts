import type { DocumentDirective } from 'js-yaml';

/** A tag as it is written, such as `!!str`, in full: `tag:yaml.org,2002:str`. `!reset` is itself. */
export function fullTag(written: string, directives: readonly DocumentDirective[]): string {
  if (written.startsWith('!<')) return written.slice(2, -1);
  const [, handle = '', name = ''] = /^(!(?:[\w-]*!)?)(.*)$/.exec(written) ?? [];
  const own = directives.findLast((each) => each.kind === 'tag' && each.handle === handle);
  if (own?.kind === 'tag') return own.prefix + name;
  return (handle === '!!' ? 'tag:yaml.org,2002:' : handle) + name;
}
