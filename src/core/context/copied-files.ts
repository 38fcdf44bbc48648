/** Which paths of the context an instruction takes, by the sources it names. */
export type TakesPath = (path: string) => boolean;

/**
 * `COPY`, `ADD` and `RUN --mount=type=bind` (docs.docker.com/reference/dockerfile), as BuildKit names the step:
 * variables are filled in. A form that is not understood takes everything, and so does a stage that is `FROM` a context.
 * @param context the name that a further context has in `--from` and `from=`; undefined: the own one
 */
export function pathsTakenBy(instruction: string, context?: string): TakesPath {
  const sources = instruction.startsWith('RUN ')
    ? bindSources(instruction, context)
    : copySources(instruction, context);
  if (sources.length === 0) return () => true;
  const patterns = sources.map(cleaned);
  return (path) => patterns.some((pattern) => takes(pattern, path));
}

function copySources(instruction: string, context: string | undefined): readonly string[] {
  if (!isFrom(/^\w+ (?:--\S+ )*?--from=(\S+)/.exec(instruction)?.[1], context)) return [];
  const words = instruction.replace(/^\w+ (--\S+ )*/, '').trim();
  if (!words.startsWith('[')) return words.split(' ').slice(0, -1);
  try {
    const list: unknown = JSON.parse(words);
    return Array.isArray(list) ? list.slice(0, -1).map(String) : [];
  } catch {
    return [];
  }
}

function bindSources(instruction: string, context: string | undefined): readonly string[] {
  const mounts = [...instruction.matchAll(/--mount=(\S+)/g)].map(([, options = '']) => options);
  return mounts
    .filter((options) => /(^|,)type=bind(,|$)/.test(options))
    .filter((options) => isFrom(/(?:^|,)from=([^,]+)/.exec(options)?.[1], context))
    .map((options) => /(?:^|,)(?:source|src)=([^,]+)/.exec(options)?.[1] ?? '.');
}

function isFrom(from: string | undefined, context: string | undefined): boolean {
  return from?.toLowerCase() === context?.toLowerCase();
}

function cleaned(source: string): string {
  const parts = source.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

/** A file, all below a folder, or a folder of the index that may hold the file. */
function takes(pattern: string, path: string): boolean {
  if (pattern === '') return true;
  if (path.endsWith('/') && pattern.startsWith(path)) return true;
  return new RegExp(`^${asRegExp(pattern)}(/|$)`).test(path);
}

/** The wildcards of Go's filepath.Match, and `**`. */
function asRegExp(pattern: string): string {
  return pattern
    .split(/(\*\*|\*|\?|\[[^\]]*\])/)
    .map((part) => {
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.startsWith('[') ? part : part.replace(/[.+^${}()|\\]/g, '\\$&');
    })
    .join('');
}
