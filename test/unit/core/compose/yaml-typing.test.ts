import assert from 'node:assert/strict';
import { problemsOf, serviceOf } from '../../../support/compose-text.ts';

/** What a container gets for a value that stands without quotes. */
const text = (value: string): string | undefined =>
  serviceOf(`services: {a: {image: x, environment: {A: ${value}}}}`).environment['A'];

describe('a YAML value without quotes becomes the text that Docker makes of it', () => {
  const values: readonly (readonly [rule: string, value: string, text: string])[] = [
    ['yes stays text', 'yes', 'yes'],
    ['off stays text', 'off', 'off'],
    ['True is a boolean', 'True', 'true'],
    ['a number with a leading zero is octal', '012', '10'],
    ['0o is octal', '0o12', '10'],
    ['0x is hexadecimal', '0x1F', '31'],
    ['0b is binary', '0b101', '5'],
    ['a leading zero before an 8 is a decimal', '018', '18'],
    ['an exponent makes a number', '1e3', '1000'],
    ['a million has an exponent', '1e6', '1e+06'],
    ['a small number has an exponent', '0.00001', '1e-05'],
    ['underscores group digits', '1_000', '1000'],
    ['a last zero behind the point goes', '1.10', '1.1'],
    ['a version of three parts stays text', '1.10.0', '1.10.0'],
    ['base-60 numbers stay text', '22:22', '22:22'],
    [
      'a number too large for 64 bits is a fraction',
      '18446744073709551616',
      '1.8446744073709552e+19',
    ],
    ['a number beyond all fractions stays text', '1e999', '1e999'],
    ['the largest number of 64 bits is whole', '18446744073709551615', '18446744073709551615'],
    ['a date is a time stamp', '2024-01-02', '2024-01-02 00:00:00 +0000 UTC'],
    ['a date may have single digits', '2024-1-2', '2024-01-02 00:00:00 +0000 UTC'],
    ['a time may stand behind a blank', '2024-01-02 03:04:05', '2024-01-02 03:04:05 +0000 UTC'],
    ['a time behind T has a zone', '2024-01-02T03:04:05Z', '2024-01-02 03:04:05 +0000 UTC'],
    [
      'a zone and a fraction are kept',
      '2024-01-02T03:04:05.120+02:00',
      '2024-01-02 03:04:05.12 +0200 +0200',
    ],
    ['a time behind T without a zone stays text', '2024-01-02T03:04:05', '2024-01-02T03:04:05'],
    ['a day that is not in the calendar stays text', '2023-02-29', '2023-02-29'],
    ['a month that is not in it stays text', '2023-13-01', '2023-13-01'],
    ['an hour that is not on the clock stays text', '2023-01-01T24:00:00Z', '2023-01-01T24:00:00Z'],
    ['a tag makes text of a number', '!!str 012', '012'],
    ['a tag makes a time stamp of a date', '!!timestamp 2024-1-2', '2024-01-02 00:00:00 +0000 UTC'],
    ['a tag makes text of base64', '!!binary w6QgYg==', 'ä b'],
    ['a tag may be written out', '!<tag:yaml.org,2002:str> 012', '012'],
    ['quotes make text of anything', '"012"', '012'],
  ];
  for (const [rule, value, expected] of values) {
    it(`${rule}: ${value}`, () => {
      assert.equal(text(value), expected);
    });
  }

  it('reads file modes in octal, with and without quotes', () => {
    const modes = ['0440', '"0440"', '288'].map((mode) => {
      const { files } = serviceOf(
        `services: {a: {image: x, secrets: [{source: s, mode: ${mode}}]}}\nsecrets: {s: {file: ./s}}`,
      );
      return files[0]?.mode;
    });
    assert.deepEqual(modes, [0o440, 0o440, 0o440]);
  });
});

describe('YAML that compose does not take', () => {
  const wrong: readonly (readonly [rule: string, text: string, problem: RegExp])[] = [
    [
      'a key that is a number',
      'services:\n  1: {image: x}',
      /:2: Expected a text as key, found 1\./,
    ],
    [
      'an infinite number',
      'services: {a: {image: x}}\nx-a: -.inf',
      /:2: Compose does not take the number -\.inf\./,
    ],
    [
      'a number that is none',
      'services: {a: {image: x}}\nx-a: .NaN',
      /:2: Compose does not take the number \.NaN\./,
    ],
    ['an alias of nothing', 'services:\n  a: *gone', /:2: .*gone/],
    ['an alias within itself', 'services: &s\n  a: *s', /:2: An alias leads into itself\./],
    [
      'a merge of what is no map',
      'services:\n  a: {<<: [1]}',
      /:2: << expected a map or a list of maps\./,
    ],
    ['base64 that is none', 'services:\n  a: !!binary "?"', /:2: .*2002:binary \?/],
    ['a control character', "services:\n  a: '\u0007'", /:2: Here stands a control character/],
    ['nested too deep', `services:\n  a: ${'['.repeat(201)}${']'.repeat(201)}`, /:2: .*200 levels/],
    ['a bracket that stays open', 'services: {a: {image: x}', /^compose\.yaml:1: /],
    ['a tab as indentation', 'services:\n\ta: {image: x}', /^compose\.yaml:2: /],
  ];
  for (const [rule, source, problem] of wrong) {
    it(`is ${rule}; the line is told`, () => {
      assert.match(problemsOf(source)[0] ?? '', problem);
    });
  }

  it('tells every syntax error of a file at once', () => {
    const found = problemsOf('services:\n  a: {image: x}\n  a: {image: y}\n  b: 1\n  b: 2\n');
    assert.deepEqual(
      found.map((problem) => problem.split(': ')[0]),
      ['compose.yaml:3', 'compose.yaml:5'],
    );
  });
});

describe('a mistake in a list', () => {
  it('is told with the line of its dash', () => {
    const entries = ['- "80" # one', '- |', '  many', '- # nothing', ''];
    const found = problemsOf(
      `services:\n  a:\n    image: x\n    ports:\n${entries.map((line) => `      ${line}`).join('\n')}`,
    );
    assert.deepEqual(
      found.map((problem) => problem.split(': ')[0]),
      ['compose.yaml:6', 'compose.yaml:8'],
    );
  });
});

describe('a key', () => {
  it('may be longer than the 1024 signs of YAML, as for Docker', () => {
    const long = 'k'.repeat(1025);
    const { environment } = serviceOf(
      `services:\n  a:\n    image: x\n    environment:\n      ${long}: v`,
    );
    assert.equal(environment[long], 'v');
  });
});

describe('a tag handle of the file itself', () => {
  it('is written out', () => {
    const file = (tag: string): string =>
      `%TAG !e! tag:yaml.org,2002:\n---\nservices: {a: {image: x, environment: {A: ${tag} 012}}}`;
    assert.equal(serviceOf(file('!e!str')).environment['A'], '012');
    assert.equal(serviceOf(file('!e!int')).environment['A'], '10');
  });
});

describe('anchors', () => {
  it('may be merged as a list, where the first one wins', () => {
    const { environment } = serviceOf(
      [
        'x-a: &a {ONE: a, TWO: a}',
        'x-b: &b {TWO: b, THREE: b}',
        'services: {a: {image: x, environment: {<<: [*a, *b], THREE: own}}}',
      ].join('\n'),
    );
    assert.deepEqual(environment, { ONE: 'a', TWO: 'a', THREE: 'own' });
  });

  it('may be defined anew, for what stands below', () => {
    const { command } = serviceOf(
      'x-a: &a one\nx-b: [*a, &a two]\nservices: {a: {image: x, command: [*a]}}',
    );
    assert.deepEqual(command, ['two']);
  });
});
