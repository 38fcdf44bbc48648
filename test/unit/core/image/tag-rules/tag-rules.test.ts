import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTagLine } from '../../../../../src/core/image/naming-lines.ts';
import { isTag } from '../../../../../src/core/image/reference.ts';
import { applyRules } from '../../../../../src/core/image/tag-rules/apply-rules.ts';
import { parseFlavor } from '../../../../../src/core/image/tag-rules/flavor.ts';
import type { TagFacts } from '../../../../../src/core/image/tag-rules/tag-facts.ts';
import { tagFacts } from '../../../../../src/core/image/tag-rules/tag-facts.ts';
import { tagText } from '../../../../../src/core/image/tag-rules/tag-text.ts';
import { branchRun, exampleMs, factsOf, gitTagRun, runs } from '../../../../support/tag-runs.ts';

const run = (lines: readonly string[], facts: TagFacts, flavorLines: readonly string[] = []) => {
  const rules = lines.map(readTagLine).map((line) => {
    assert.ok(line.ok && 'type' in line.value, JSON.stringify(line));
    return line.value;
  });
  const flavor = parseFlavor(flavorLines);
  assert.ok(flavor.ok, JSON.stringify(flavor));
  return applyRules(rules, flavor.value, facts);
};

const problemOf = (line: string): string => {
  const read = readTagLine(line);
  assert.ok(!read.ok, line);
  return read.problems.map(({ what }) => what).join('\n');
};

const main = factsOf(branchRun('main'));
const version = factsOf(gitTagRun('v1.2.3'));

describe('tags by rules', () => {
  it('stand in the order of their priorities, and as written among equals', () => {
    const lines = [
      'type=sha',
      'b',
      'type=ref,event=branch',
      'a',
      'type=raw,value=top,priority=999',
    ];
    assert.deepEqual(run(lines, main).tags, ['top', 'main', 'b', 'a', 'sha-860c190']);
  });

  it('count once', () => {
    assert.deepEqual(run(['main', 'type=ref,event=branch'], main).tags, ['main']);
  });

  it('take the prefix of their flavor unless they have one, and latest only if told', () => {
    const lines = ['type=semver,pattern={{version}}', 'type=raw,value=x,prefix=', 'type=sha'];
    const made = ['a-1.2.3-z', 'x-z', 'sha-860c190-z'];
    const flavor = ['prefix=a-', 'suffix=-z'];
    assert.deepEqual(run(lines, version, flavor).tags, [...made, 'latest']);
    const onLatest = ['prefix=a-', 'suffix=-z,onlatest=true'];
    assert.deepEqual(run(lines, version, onLatest).tags, [...made, 'latest-z']);
  });

  it('leave latest out or in as the flavor says', () => {
    const lines = ['type=semver,pattern={{version}}'];
    assert.deepEqual(run(lines, version, ['latest=false']).tags, ['1.2.3']);
    assert.deepEqual(run(['x'], main, ['latest=True']).tags, ['x', 'latest']);
  });

  it('take part of a git tag for the version where "match" says so', () => {
    const lines = [String.raw`type=semver,pattern={{version}},match=app/v(.*)`];
    assert.deepEqual(run(lines, factsOf(gitTagRun('app/v2.0.1'))).tags, ['2.0.1', 'latest']);
  });

  it('name the author’s commit of a pull request where that is wished', () => {
    const variables: Readonly<Record<string, string>> = runs.pullRequest;
    const facts = tagFacts((name) => variables[name], 'source', exampleMs);
    assert.deepEqual(run(['type=sha'], facts).tags, ['sha-90dd603']);
  });

  it('say why a rule makes none, and which is worth a warning', () => {
    const { outcomes } = run(['type=semver,pattern={{version}}'], factsOf(gitTagRun('release1')));
    assert.deepEqual(outcomes, [
      {
        kind: 'none',
        line: 'type=semver,pattern={{version}}',
        why: '"release1" is no semantic version',
        isOdd: true,
      },
    ]);
  });

  it('refuse an "enable" that is no boolean in this run', () => {
    const [outcome] = run(['type=raw,value=x,enable={{branch}}'], main).outcomes;
    assert.match(outcome?.kind === 'problem' ? outcome.problem.what : '', /is "main", neither/);
  });

  it('keep commas in quotes and in expressions', () => {
    assert.deepEqual(run(['type=raw,"value=a,b"'], main).tags, ['a-b']);
    assert.deepEqual(run(["type=raw,value={{date 'YYYY,MM'}}"], main).tags, ['2020-01']);
  });
});

describe('a tag made of any text', () => {
  it('is a tag, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const tag = tagText(text);
        assert.ok(tag === '' || isTag(tag), tag);
      }),
    );
  });

  it('is the text itself when that is one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\w[\w.-]{0,127}$/), (text) => {
        assert.equal(tagText(text), text);
      }),
    );
  });

  it('tells two long texts apart although it cuts both', () => {
    const [one, other] = ['x', 'y'].map((end) => tagText(`feature/${'a'.repeat(200)}${end}`));
    assert.equal(one?.length, 128);
    assert.notEqual(one, other);
  });
});

describe('a rule that cannot be read', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['type=semverr', /found "semverr"/],
    ['type=semver', /needs "pattern"/],
    ['type=sha,patern=x', /has no attribute "patern"/],
    ['type=ref,event=push', /one of branch, tag, pr, not "push"/],
    ['type=raw,value=x,priority=high', /"priority" is a number/],
    ['type=match,pattern=v(.*,group=1', /no regular expression/],
    ['type=raw,value={{brnch}}', /no expression \{\{brnch\}\}; expected branch, tag/],
    ['type=raw,value={{branch}', /expected \{\{name\}\}/],
    ["type=raw,value={{date 'YYYY' tz='Mars/Base'}}", /no time zone "Mars\/Base"/],
    ["type=raw,value={{date 'DDDD'}}", /no "DDDD"/],
    ['type=raw,value=$(nope)', /variable "nope" is not defined/],
  ];
  for (const [line, expected] of cases) {
    it(`says what is wrong with ${line}`, () => {
      assert.match(problemOf(line), expected);
    });
  }

  it('says so for a flavor, too', () => {
    for (const line of ['latest=maybe', 'prefix', 'onlatest=true', 'color=red']) {
      const flavor = parseFlavor([line]);
      assert.ok(!flavor.ok, line);
    }
  });
});
