import assert from 'node:assert/strict';
import { problemsOf, serviceOf } from '../../../support/compose-text.ts';

const environment = (
  env: string,
  values: Readonly<Record<string, string>> = {},
  entry = 'a.env',
): Readonly<Record<string, string>> => {
  const text = `services: {a: {image: x, env_file: ${entry}}}`;
  return serviceOf(text, values, { 'a.env': env, 'b.env': 'B=later\nOWN=file\n' }).environment;
};

describe('a line of an env file', () => {
  const forms: readonly (readonly [rule: string, line: string, value: string])[] = [
    ['goes without quotes up to its end', 'A=one two', 'one two'],
    ['ends at a blank and #', 'A=one # note', 'one'],
    ['keeps a # inside a word', 'A=one# note', 'one# note'],
    ['may stand behind export', 'export A=one', 'one'],
    ['may have a colon for its equals sign', 'A: one', 'one'],
    ['may be empty', 'A=', ''],
    ['keeps other equals signs', 'A=b=c', 'b=c'],
    ['reads escapes between double quotes', 'A="a\\tb\\n\\"c\\" \\\\d"', 'a\tb\n"c" \\d'],
    ['leaves escapes that it does not know', 'A="\\c \\9"', '\\c \\9'],
    ['knows characters by their octal number', 'A="\\0101\\0999"', 'A\\0999'],
    ['fills variables in between double quotes', 'A="<${SET}>"', '<value>'],
    ['fills variables in without quotes', 'A=$SET-${GONE:-d}', 'value-d'],
    ['takes everything between single quotes as it is', "A='$SET \\n'", '$SET \\n'],
    ['may hold the quote itself behind a backslash', "A='it\\'s'", "it's"],
    ['makes one dollar of two', 'A=$$SET', '$SET'],
    ['makes a dollar of an escaped one between double quotes', 'A="\\$SET"', '$SET'],
    ['may go over several lines between quotes', 'A="one\ntwo"', 'one\ntwo'],
    ['may use the variables of earlier lines', 'B=b\nA=${B}c', 'bc'],
    ['may be the last without a line end', '# first\n\nA=x', 'x'],
    ['may follow a byte order mark', '\uFEFFA=x', 'x'],
    ['may have Windows line ends', 'A=x\r\nB=y\r\n', 'x'],
  ];
  for (const [rule, line, value] of forms) {
    it(rule, () => {
      assert.equal(environment(line, { SET: 'value' })['A'], value);
    });
  }

  it('that is a name alone takes its value from the surroundings, or is left out', () => {
    assert.deepEqual(environment('GIVEN\nGONE\n', { GIVEN: 'g' }), { GIVEN: 'g' });
  });
});

describe('env_file', () => {
  it('may name several files: the last one wins, and environment wins over all', () => {
    const text =
      'services: {a: {image: x, env_file: [a.env, b.env], environment: {OWN: here, GONE: }}}';
    const others = { 'a.env': 'A=first\nB=first\nGONE=file\n', 'b.env': 'B=later\nOWN=file\n' };
    const { environment: found } = serviceOf(text, {}, others);
    assert.deepEqual(found, { A: 'first', B: 'later', OWN: 'here' });
  });

  it('is taken as it is with format: raw', () => {
    const raw = '# note\n\n A="kept $A" # all\r\nGIVEN\nGONE\nE=\n';
    const found = environment(raw, { GIVEN: 'g' }, '[{path: a.env, format: raw}]');
    assert.deepEqual(found, { A: '"kept $A" # all', GIVEN: 'g', E: '' });
  });

  it('may be missing when it is not required', () => {
    assert.deepEqual(environment('', {}, '[{path: gone.env, required: false}]'), {});
  });

  const problem = (env: string, entry = 'a.env'): string | undefined =>
    problemsOf(`services:\n  a: {image: x, env_file: ${entry}}`, {}, { 'a.env': env })[0];

  const wrong: readonly (readonly [rule: string, text: string, problem: string])[] = [
    ['a name with a sign in it', 'A=1\nB!=2', 'a.env:2: The line has "!" in a name.'],
    ['a name with a blank in it', 'A B=1', 'a.env:1: The line has a blank in a name.'],
    [
      'a quote that is not closed',
      'A=1\n\nB="x\ny',
      'a.env:3: The line has a quote that is not closed.',
    ],
    [
      'a variable without its brace',
      'A=${B',
      'a.env:1: The line has an invalid interpolation format: ${B.',
    ],
  ];
  for (const [rule, text, expected] of wrong) {
    it(`is refused for ${rule}, with the line`, () => {
      assert.equal(problem(text), expected);
    });
  }

  it('is refused raw for a name with a blank, and for a line without a name', () => {
    const text = 'services: {a: {image: x, env_file: [{path: a.env, format: raw}]}}';
    const wrongLine = 'The line has no name, or a blank in it.';
    assert.deepEqual(problemsOf(text, {}, { 'a.env': 'A B=1\nC=2\n=3' }), [
      `a.env:1: ${wrongLine}`,
      `a.env:3: ${wrongLine}`,
    ]);
  });

  it('is refused when it is missing, or its format is unknown', () => {
    assert.equal(
      problem('', 'gone.env'),
      'compose.yaml:2: services.a.env_file.0 names /s/gone.env, which does not exist.',
    );
    assert.equal(
      problem('', '[{path: a.env, format: yaml}]'),
      'compose.yaml:2: services.a.env_file.0 has the format "yaml".',
    );
  });
});

describe('label_file', () => {
  it('gives labels, which the labels of the service win over', () => {
    const text = 'services: {a: {image: x, label_file: l.txt, labels: {two: own}}}';
    const { labels } = serviceOf(text, {}, { 'l.txt': 'one=1\ntwo="2"\n' });
    assert.deepEqual(labels, { one: '1', two: 'own' });
  });

  it('is refused when it is missing', () => {
    assert.deepEqual(problemsOf('services: {a: {image: x, label_file: gone}}'), [
      'compose.yaml:1: services.a.label_file.0 names /s/gone, which does not exist.',
    ]);
  });
});
