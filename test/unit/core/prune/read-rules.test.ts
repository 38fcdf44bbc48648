import assert from 'node:assert/strict';
import { describeProblem } from '../../../../src/core/errors.ts';
import { readRules } from '../../../../src/core/prune/read-rules.ts';
import { day, rulesOf } from '../../../support/prune-states.ts';

const problemsIn = (text: string): readonly string[] => {
  const read = readRules(text);
  return read.ok ? [] : read.problems.map(describeProblem);
};

describe('the rules of RegistryPrune', () => {
  it('are read with their numbers, durations in days or as Go writes them', () => {
    const [first, second] = rulesOf(
      '- { tags: pr-*, deleteOlderThan: 7d }\n- keepLast: 10\n  keepYoungerThan: 168h\n',
    );
    assert.deepEqual(
      [first?.number, first?.deleteOlderThan, first?.keepLast],
      [1, 7 * day, undefined],
    );
    assert.deepEqual([second?.number, second?.keepYoungerThan, second?.keepLast], [2, 7 * day, 10]);
  });

  it('hold everywhere when they do not say where', () => {
    const [rule] = rulesOf('- keepLast: 1');
    assert.ok(rule?.tags.matches('anything') && rule.repositories.matches('a/b/c'));
  });

  it('take patterns, lists of them, expressions for the whole tag, and what is not meant', () => {
    const [rule] = rulesOf('- { tags: [pr-*, "/\\\\d+/", "!pr-1"], keepLast: 1 }');
    const meant = ['pr-2', '42', 'pr-1', 'v42', '42-rc'].filter((tag) => rule?.tags.matches(tag));
    assert.deepEqual(meant, ['pr-2', '42']);
  });

  it('mean one level of repositories by * and all by **', () => {
    const [rule] = rulesOf('- { repositories: [shop/*, ci/**], keepLast: 1 }');
    const names = ['shop/a', 'shop/a/b', 'ci/a', 'ci/a/b'];
    const meant = names.filter((name) => rule?.repositories.matches(name));
    assert.deepEqual(meant, ['shop/a', 'ci/a', 'ci/a/b']);
  });

  it('tell every mistake at once, each with its line', () => {
    const text = [
      '- { tags: pr-*, deleteOlderThan: 7 }',
      '- keepLast: -1',
      '- olderThan: 3d',
      '- tags: "/(/"',
      '  keepLast: 1',
      '- tags: 1.10',
      '  keepLast: 1',
    ].join('\n');
    assert.deepEqual(problemsIn(text), [
      'rules:1: deleteOlderThan expected a time with a unit, found 7. Write it like 14d or 168h.',
      'rules:2: keepLast expected a whole number, found -1. Write e.g. 10.',
      'rules:3: A rule has no "olderThan". It has repositories, tags, kind, keep, keepLast, keepYoungerThan, deleteOlderThan.',
      'rules:4: "(" is no regular expression: Unterminated group. Mend it, e.g. v?\\d+\\.\\d+\\.\\d+.',
      'rules:6: tags expected a pattern or a list of them, found 1.1. Write e.g. pr-*; a number needs quotes.',
    ]);
  });

  it('must say what may go, and not contradict themselves', () => {
    assert.match(problemsIn('- tags: pr-*')[0] ?? '', /does not say what may go/);
    assert.match(problemsIn('- { keep: true, keepLast: 1 }')[0] ?? '', /keeps all, and says/);
  });

  it('are a list, and YAML', () => {
    for (const text of ['', 'keepLast: 3', '[]', '"a"']) {
      assert.match(problemsIn(text)[0] ?? '', /Expected a list of rules/, text);
    }
    assert.match(problemsIn('- { tags: [a }')[0] ?? '', /^rules:1: /);
    assert.match(problemsIn('- pr-*')[0] ?? '', /Expected a rule, found "pr-\*"/);
  });
});
