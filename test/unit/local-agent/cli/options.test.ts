import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { summaryLines } from '../../../../local-agent/cli/summary.ts';
import { parseOptions, USAGE } from '../../../../local-agent/cli/options.ts';

describe('The options of the local agent', () => {
  it('make paths absolute and repeat where they may', () => {
    const options = parseOptions([
      'p.yml',
      '--tasks',
      'a',
      '--tasks',
      'b',
      '--variable',
      'x=1=2',
      '--debug',
    ]);
    assert.ok(options !== 'help');
    assert.equal(options.pipeline, resolve('p.yml'));
    assert.deepEqual(options.tasks, [resolve('a'), resolve('b')]);
    assert.equal(options.variables.get('x'), '1=2');
    assert.equal(options.debug, true);
  });

  it('look for tasks in tasks/ unless told', () => {
    const options = parseOptions(['p.yml']);
    assert.ok(options !== 'help');
    assert.deepEqual(options.tasks, [resolve('tasks')]);
  });

  it('refuse what they do not know, with a sentence', () => {
    assert.throws(() => parseOptions([]), /expected one pipeline file, found 0/);
    assert.throws(() => parseOptions(['a', 'b']), /expected one pipeline file, found 2/);
    assert.throws(() => parseOptions(['a', '--frob']), /Unknown option '--frob'/);
    assert.throws(
      () => parseOptions(['a', '--variable', 'x']),
      /expected --variable NAME=VALUE, found "x"/,
    );
  });

  it('are all in the help', () => {
    for (const option of [
      'resources',
      'tasks',
      'node',
      'work',
      'repository',
      'json',
      'parameter',
      'variable',
      'debug',
    ]) {
      assert.ok(USAGE.includes(`--${option} `), option);
    }
    assert.equal(parseOptions(['--help']), 'help');
  });
});

describe('The closing lines of a run', () => {
  it('show each part of each step with its result and time, and the whole at the end', () => {
    const times = { start: new Date(0), finish: new Date(1500) };
    const part = {
      name: 'a',
      task: 'A@1.0.0',
      phase: 'main',
      node: null,
      issues: [],
      events: [],
    } as const;
    const step = {
      ...part,
      ...times,
      displayName: 'Build',
      result: 'Failed',
      outputVariables: {},
      attachments: [],
    } as const;
    const lines = summaryLines('Failed', [
      { name: 'Job', displayName: 'Job', result: 'Failed', ...times, steps: [step] },
    ]);
    assert.deepEqual(lines, [
      '',
      'Job: Failed',
      '  Failed                 1.5 s  Build',
      '',
      'Result: Failed',
    ]);
  });
});
