import * as fc from 'fast-check';
import { composeProject } from './compose-projects.ts';
import type { LoadingTask } from './loading-process.ts';

/** What parsers of YAML, of variables and of paths stumble over. */
const splinters = [
  ...['&a ', '*a', '<<: *a', '<<: [*a, *a]', '!reset ', '!override ', '!!binary ', '!<x> '],
  ...['${', '}', '${A', '${A:-${B}}', '${A:?', '$', '$$', '${A/b/c}'],
  ...['"', "'", '|', '|-\n', '>', '#', ': ', '? ', '- ', '[', ']', '{', '}', ',', '%YAML 1.1\n'],
  ...['---\n', '...\n', '\t', '\r', '\0', '\u2028', '\ufeff', '\ud800', '😀', 'é'],
  ...[
    '1e999',
    '.inf',
    '.nan',
    '-0',
    '0o9',
    '0x',
    '2001-01-01',
    '99999999999999999999',
    '~',
    'null',
  ],
  ...['__proto__: {}\n', 'constructor: 1\n', 'toString: x\n', 'include: compose.yaml\n'],
  ...['extends: a\n', 'extends: {file: compose.yaml, service: a}\n', '../../..', '/', '//', ':::'],
  ...['['.repeat(3_000), '{a: '.repeat(1_000), '- '.repeat(1_000), 'x'.repeat(20_000)],
  ...['${A:-'.repeat(2_000), '"'.repeat(999), '\n'.repeat(2_000), ' '.repeat(5_000)],
];

/** Each is one damage: where it is done, as parts per thousand of the text, and by what. */
type Damage = (text: string) => string;

const place = fc.integer({ min: 0, max: 1_000 });
const splinter = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...splinters) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ place, splinter }).map((d) => (text: string) => {
    const [before, after] = cut(text, d.place);
    return before + d.splinter + after;
  }),
  fc.record({ place, length: fc.integer({ min: 1, max: 60 }) }).map((d) => (text: string) => {
    const [before, after] = cut(text, d.place);
    return before + after.slice(d.length);
  }),
  fc.record({ from: place, to: place }).map((d) => (text: string) => {
    const lines = text.split('\n');
    const at = (part: number): number => Math.floor((lines.length * part) / 1_001);
    return lines.toSpliced(at(d.to), 0, lines[at(d.from)] ?? '').join('\n');
  }),
  fc.record({ place, by: fc.integer({ min: 1, max: 6 }) }).map((d) => (text: string) => {
    const [before, after] = cut(text, d.place);
    return before + after.replace('\n', `\n${' '.repeat(d.by)}`);
  }),
);

function cut(text: string, thousandths: number): readonly [string, string] {
  const at = Math.floor((text.length * thousandths) / 1_000);
  return [text.slice(0, at), text.slice(at)];
}

const damages = fc.array(damage, { minLength: 1, maxLength: 5 });

/** A project that was in order before something fell on one of its files; sometimes no project at all. */
export const damagedProject: fc.Arbitrary<LoadingTask> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .record({ project: composeProject, main: damages, other: damages, isOther: fc.boolean() })
      .map(({ project: { files }, main, other, isOther }) => ({
        text: done(files['compose.yaml'] ?? '', isOther ? [] : main),
        others: Object.fromEntries(
          Object.entries(files).map(([path, text]) => [path, done(text, isOther ? other : [])]),
        ),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 200 }).map((text) => ({ text, others: {} })),
  },
);

function done(text: string, all: readonly Damage[]): string {
  return all.reduce((before, each) => each(before), text);
}
