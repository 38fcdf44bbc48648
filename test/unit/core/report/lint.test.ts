import assert from 'node:assert/strict';
import { failingChecks } from '../../../../src/core/buildx/dockerfile-checks.ts';
import { type ProgressEvent, parseProgressLine } from '../../../../src/core/buildx/rawjson.ts';
import { lintFindings } from '../../../../src/core/report/lint.ts';
import { fixture } from '../../../support/replay-build.ts';

const events = fixture('two-platforms.rawjson')
  .split('\n')
  .flatMap((line): readonly ProgressEvent[] => {
    const event = parseProgressLine(line);
    return event === undefined ? [] : [event];
  });
const warnings = events.flatMap((event) => event.warnings);

describe('the findings of the checks', () => {
  it('have a rule, a place and an address, and no line in their text', () => {
    const [finding] = lintFindings(warnings, (name) => `/w/${name}`);
    assert.equal(finding?.rule, 'JSONArgsRecommended');
    assert.deepEqual([finding.path, finding.line], ['/w/Dockerfile', 12]);
    assert.match(finding.url, /rule\/json-args/);
    assert.doesNotMatch(finding.message, /JSONArgsRecommended|\(line \d+\)/);
  });

  it('are told once, though every platform finds them', () => {
    const findings = lintFindings([...warnings, ...warnings], (name) => name);
    assert.equal(findings.length, 1);
  });
});

describe('a build that fails on findings', () => {
  it('keeps what the Dockerfile leaves out', () => {
    const text =
      '# syntax=docker/dockerfile:1\n# check=skip=JSONArgsRecommended,StageNameCasing\nFROM a\n';
    assert.equal(failingChecks(text), 'skip=JSONArgsRecommended,StageNameCasing;error=true');
  });

  it('takes no comment further down for a directive', () => {
    assert.equal(failingChecks('FROM a\n# check=skip=all\n'), 'error=true');
    assert.equal(failingChecks(''), 'error=true');
  });
});
