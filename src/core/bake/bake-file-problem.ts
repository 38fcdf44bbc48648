import * as v from 'valibot';
import type { Problem, SourcePlace } from '../errors.ts';
import { nearest } from '../text/nearest.ts';

const listText = v.pipe(v.string(), v.parseJson(), v.array(v.object({ name: v.string() })));

const mendIt = 'Mend the file; "buildx bake --print" shows the same on any machine.';
const noKey =
  'Give the key by the input "ssh", e.g. default=secureFile:NAME: it takes the place of "ssh" in the file.';

/** Names of targets and groups as `bake --list=type=targets,format=json` tells them; none where it is not understood. */
export function listedTargets(text: string): readonly string[] {
  const result = v.safeParse(listText, text);
  return result.success ? result.output.map(({ name }) => name) : [];
}

/** The target that buildx did not find, by what it says on stderr; undefined: something else is wrong. */
export function missingTarget(stderr: string): string | undefined {
  return /failed to find target (\S+)/.exec(stderr)?.[1];
}

/**
 * @param asked targets of the input; others are named in the file itself
 * @param known targets and groups of the file, as far as they are known
 */
export function missingTargetProblem(
  target: string,
  asked: readonly string[],
  known: readonly string[],
): Problem {
  const like = nearest(target, known);
  const names = known.length === 0 ? 'Name a target or group of the bake file.' : undefined;
  const change =
    like.length > 0 ? `Did you mean ${like.join(' or ')}?` : `It has ${known.join(', ')}.`;
  const isAsked = asked.includes(target);
  return {
    where: isAsked ? 'bakeTargets' : 'bakeFile',
    what: isAsked
      ? `The bake file has no target or group "${target}".`
      : `A group, "inherits" or "contexts" names the target "${target}", which the bake file does not have.`,
    change: names ?? change,
  };
}

/** buildx tells `FILE:LINE,COLUMNS: what` for a file that it cannot read. */
export function bakeFileProblem(stderr: string): Problem {
  const error = stderr.split('\n').findLast((line) => line.startsWith('ERROR: ')) ?? stderr.trim();
  const text = error.replace(/^ERROR: /, '');
  const [, path, line, rest = text] = /^(\S+?):(\d+)(?:,[\d,-]+)?: (.*)$/s.exec(text) ?? [];
  const place: SourcePlace | undefined =
    path === undefined ? undefined : { path, line: Number(line) };
  return {
    where: 'bakeFile',
    what: `buildx cannot read it: ${rest.trim().replace(/\.$/, '')}.`,
    change: text.startsWith('failed to convert agent config') ? noKey : mendIt,
    ...(place === undefined ? {} : { place }),
  };
}
