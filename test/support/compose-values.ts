import * as fc from 'fast-check';
import { type Raw, type Value, raw } from './compose-flow.ts';

export function pick(...texts: string[]): fc.Arbitrary<Raw> {
  return fc.constantFrom(...texts).map(raw);
}

export function listOf(item: fc.Arbitrary<Value>, max = 3): fc.Arbitrary<Value[]> {
  return fc.array(item, { maxLength: max });
}

const references = [
  ...[
    '${A}',
    '$A',
    '${EMPTY:-x}',
    '${EMPTY-x}',
    '${UNSET:-d}',
    '${UNSET-${A}}',
    '${A:+y}',
    '${A+z}',
  ],
  ...[
    '${UNSET:+n}',
    '$$A',
    'a$$b',
    '$5',
    'c${A}d${B}e',
    '${UNSET:-${B:-q}}',
    '${A:?no}',
    '${B?x}',
    '$UNSET',
  ],
  ...[
    '${A:-b-c}',
    '${B}:${A}',
    '${A}-${UNSET:-t}',
    '${UNSET:-a}b${UNSET:-c}',
    '${a}',
    'x$$$A',
    '${A:-}}',
  ],
];

const broken = ['${', '${A', '${A:=b}', '${1}', '${}', '${UNSET:?must}', '${A/a/b}', '${UNSET?}'];

/** Texts that YAML types by itself, in and out of quotes. */
export const scalarText: fc.Arbitrary<Raw> = fc.oneof(
  pick(
    ...[
      'abc',
      'yes',
      'on',
      'off',
      'No',
      'true',
      'FALSE',
      'null',
      '~',
      '012',
      '0o17',
      '0x1F',
      '1e3',
    ],
  ),
  pick(
    ...['1_000', '1.10', '.5', '-0', '08', '22:22', '1e6', '123456789.5', '2024-01-01', '0.00001'],
  ),
  pick(
    ...['"012"', "'yes'", '""', '"a b"', "'it''s'", '"\\t#x"', '"a=b"', '"=x"', '"null"', '"1.0"'],
  ),
  fc.constantFrom(...references).map((text) => raw(`"${text}"`)),
);

export const word = pick('abc', 'x-y', '"a b"', '"${A}"', '"${UNSET:-d}"', 'c.d');
export const flag = pick('true', 'false', '"yes"', '"${T}"', '"off"', 'True');
export const wholeNumber = pick('0', '1', '2', '010', '"3"', '"${N}"');
export const size = pick('64m', '1.5g', '"100"', '2kb', '1GiB', '"0.5 m"', '4096', '1_000');
export const time = pick('10s', '1m30s', '1.5h', '500ms', '"0"', '1d', '100us', '2h45m');
const name = pick('c');
const wrong = pick(
  '{a: 1}',
  '[[1]]',
  '12.5.x',
  '-1',
  '3.7',
  'true',
  '{}',
  '[]',
  `"${broken[0] ?? ''}"`,
  'abc',
);

const keyValue = pick('A=1', 'B=x=y', 'C', '"D=${A}"', 'A=2', 'EMPTY', 'B');

/** A map or a list of NAME=value. */
export const mapping: fc.Arbitrary<Value> = fc.oneof(
  fc.dictionary(fc.constantFrom('A', 'B', 'C', 'EMPTY', 'x.y'), scalarText, { maxKeys: 3 }),
  listOf(keyValue),
);

export const command = fc.oneof(
  pick(
    'echo hi',
    '"a  \'b c\' d"',
    '"x\\\\ y"',
    '"say \\"q\\" #no"',
    '""',
    '~',
    '"sh -c \'a; b\'"',
    '"a`b c`"',
  ),
  listOf(pick('a', '"b c"', '"${A}"', '""')),
);

export const port: fc.Arbitrary<Value> = fc.oneof(
  pick(
    '80',
    '"81:80"',
    '"127.0.0.1:82:80"',
    '"83-85:80-82"',
    '"9000-9010:80"',
    '"53:53/UDP"',
    '"::80"',
  ),
  pick('"[::1]:86:80"', '"::1:87:80"', '"88:80/sctp"', '"${N}:80"', '"5432"', '80', '"0:70"'),
  fc.record(
    { target: wholeNumber, published: pick('"80"', '8080', '"90-92"') },
    { requiredKeys: ['target'] },
  ),
  fc.record(
    {
      target: pick('80', '"81"'),
      protocol: pick('udp', 'tcp'),
      host_ip: pick('127.0.0.1', '"::1"'),
      name: word,
      mode: pick('host'),
    },
    { requiredKeys: ['target'] },
  ),
);

export const volume: fc.Arbitrary<Value> = fc.oneof(
  pick(
    './x:/y',
    '"../up:/up:ro"',
    'data:/data',
    '"data:/d2/:nocopy"',
    '/anon',
    '~/h:/h',
    '"/abs:/abs:z"',
  ),
  pick(
    '"./p:/p:rshared,ro"',
    '"./r:/r:rw,Z"',
    '"${A}:/va"',
    '"./q/../w:/w/./v"',
    '"./x:/y:foo"',
    'other:/o',
  ),
  fc.record(
    {
      type: pick('bind', 'volume', 'tmpfs'),
      source: pick('./src', 'data', '/abs/../b', '~/z'),
      target: pick('/t', '/t/', '/u'),
      read_only: flag,
      bind: fc.record(
        { create_host_path: pick('true', 'false'), propagation: pick('rslave') },
        { requiredKeys: [] },
      ),
      volume: fc.record({ nocopy: flag }, { requiredKeys: [] }),
      tmpfs: fc.record({ size, mode: pick('0755') }, { requiredKeys: [] }),
    },
    { requiredKeys: ['type', 'source', 'target'] },
  ),
);

export const fileMount: fc.Arbitrary<Value> = fc.oneof(
  pick('one', 'two'),
  fc.record(
    {
      source: pick('one', 'two'),
      target: pick('/t/x', 'rel'),
      uid: pick('"5"'),
      gid: pick('"6"'),
      mode: pick('0440', '"0400"', '292'),
    },
    { requiredKeys: ['source'] },
  ),
);

export const dependsOn = fc.oneof(
  listOf(name, 1),
  fc.dictionary(
    fc.constantFrom('c'),
    fc.record(
      {
        condition: pick('service_started', 'service_healthy', 'service_completed_successfully'),
        required: pick('true', 'false', '"${T}"'),
        restart: pick('true'),
      },
      { requiredKeys: ['condition'] },
    ),
    { maxKeys: 2 },
  ),
);

export const networks = fc.oneof(
  fc.subarray([raw('front'), raw('back'), raw('default')]),
  fc.dictionary(
    fc.constantFrom('front', 'back', 'default'),
    fc.oneof(
      pick('~'),
      fc.record(
        { aliases: listOf(pick('q', 'r')), ipv4_address: pick('10.1.0.5'), priority: pick('5') },
        { requiredKeys: [] },
      ),
    ),
    { maxKeys: 2 },
  ),
);

export const healthcheck = fc.record(
  {
    test: fc.oneof(pick('"pg_isready"', '[CMD, x]', '[CMD-SHELL, "a b"]', '[NONE]'), word),
    interval: time,
    timeout: time,
    retries: wholeNumber,
    start_period: time,
    disable: flag,
  },
  { requiredKeys: [] },
);

/** Docker's output drops a zero, which then lacks. */
const limit = pick('1', '010', '"3"', '"${N}"');

export const ulimits = fc.dictionary(
  fc.constantFrom('nofile', 'nproc'),
  fc.oneof(limit, fc.record({ soft: limit, hard: limit })),
  { maxKeys: 2 },
);

export const deploy = fc.record(
  {
    replicas: wholeNumber,
    labels: mapping,
    resources: fc.record(
      {
        limits: fc.record(
          { cpus: pick('"0.5"', '1', '1.25'), memory: pick('50M', '1g'), pids: wholeNumber },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** Now and then something that nobody takes. */
export const wrongValue: fc.Arbitrary<Value> = fc.oneof(
  wrong,
  fc.constantFrom(...broken).map((text) => raw(`"${text}"`)),
);
