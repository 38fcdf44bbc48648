import * as fc from 'fast-check';
import type { Fixture } from './compare-with-docker.ts';
import { type Value, flow } from './compose-flow.ts';
import { serviceKeys } from './compose-service-keys.ts';
import { wrongValue } from './compose-values.ts';

const names = Object.keys(serviceKeys);

const tags = fc.constantFrom('', '', '', '', '!override ', '!reset ');

/** Docker drops a size that is a number with a fraction, without a word: an intended difference (ADR 11). */
const sizes = ['mem_limit', 'mem_reservation', 'memswap_limit', 'shm_size'];
const wrongSize = wrongValue.filter((value) => flow(value) !== '3.7');

interface Entry {
  readonly key: string;
  readonly text: string;
}

/** One key with a value; `tagged` ones may reset what stood there before. */
function entry(isTagged: boolean, wrongPercent: number): fc.Arbitrary<Entry> {
  return fc.constantFrom(...names).chain((key) => {
    const right = serviceKeys[key] ?? wrongValue;
    const odds = fc.integer({ min: 1, max: 100 });
    const wrong = sizes.includes(key) ? wrongSize : wrongValue;
    const value = odds.chain((n): fc.Arbitrary<Value> => (n <= wrongPercent ? wrong : right));
    const tag = isTagged ? tags : fc.constant('');
    return fc.tuple(value, tag).map(([data, mark]) => ({ key, text: `${mark}${flow(data)}` }));
  });
}

function service(isOverride: boolean): fc.Arbitrary<readonly Entry[]> {
  return fc.uniqueArray(entry(isOverride, 1), {
    maxLength: isOverride ? 5 : 7,
    selector: ({ key }) => key,
  });
}

const extendsOne = fc.option(
  fc.constantFrom(
    'extends: b',
    'extends: {service: c}',
    'extends: {service: base, file: sub/base.yaml}',
  ),
  { nil: undefined, freq: 4 },
);

const relations = ['depends_on', 'links', 'volumes_from', 'ipc', 'pid', 'network_mode'];

/** The service that all others may depend on. */
const alone = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ key }) => !relations.includes(key));

function block(name: string, entries: readonly Entry[], more: readonly string[] = []): string {
  const lines = [...more, ...entries.map(({ key, text }) => `${key}: ${text}`)];
  return [
    `  ${name}:`,
    ...(lines.length === 0 ? ['    x-none: 1'] : lines.map((line) => `    ${line}`)),
  ].join('\n');
}

const withImage = (entries: readonly Entry[]): readonly Entry[] =>
  entries.some(({ key }) => key === 'image')
    ? entries
    : [{ key: 'image', text: 'alpine' }, ...entries];

const resources = [
  'volumes: {data: , other: {driver: local, driver_opts: {type: nfs, n: 1}, labels: [l=1]}, abc: , va: }',
  'networks: {front: {internal: true, labels: {a: 1}}, back: {ipam: {config: [{subnet: 10.1.0.0/24}]}}}',
  'secrets: {one: {file: ./one.txt}, two: {environment: A}}',
  'configs: {one: {content: "c ${A}"}, two: {file: sub/two.txt}}',
].join('\n');

const envFiles = {
  'a.env': 'A=from a\nexport FILE1="x\\ty ${B}"\nB=two # note\nEMPTY\nC=\'$A\'\n',
  'b.env': 'FILE2: v\nD=$$x\nE="a\nb"\nA=again\nF=va#l\n',
  'raw.env': 'RAW="kept $A" # all\nA\nB=\n',
};

const mainFile = fc
  .tuple(service(false), service(false), service(false), extendsOne)
  .map(([a, b, c, extend]) =>
    [
      'services:',
      block('a', withImage(a), extend === undefined ? [] : [extend]),
      block('b', withImage(b)),
      block('c', withImage(alone(c).filter(({ key }) => key !== 'profiles'))),
      resources,
    ].join('\n'),
  );

const overrideFile = fc
  .tuple(service(true), service(true))
  .map(([a, b]) => ['services:', block('a', a), block('b', b), 'x-top: {y: 1}'].join('\n'));

const baseFile = service(false).map((base) =>
  [
    'services:',
    block('base', withImage(alone(base))),
    '  b: {image: other}',
    '  c: {image: other}',
  ].join('\n'),
);

/** A project of three services, half of the time with a second file over it. */
export const composeProject: fc.Arbitrary<Fixture> = fc
  .record({
    main: mainFile,
    over: fc.option(overrideFile, { nil: undefined }),
    base: baseFile,
    profiles: fc.subarray(['p', 'q']),
  })
  .map(({ main, over, base, profiles }) => ({
    files: {
      'compose.yaml': main,
      'sub/base.yaml': base,
      ...Object.fromEntries(
        Object.entries(envFiles).flatMap(([path, text]) => [
          [path, text],
          [`sub/${path}`, text],
        ]),
      ),
      ...(over === undefined ? {} : { 'over.yaml': over }),
    },
    composeFiles: over === undefined ? ['compose.yaml'] : ['compose.yaml', 'over.yaml'],
    env: { A: 'abc', B: 'two', EMPTY: '', T: 'true', N: '7', a: 'lower' },
    profiles,
  }));
