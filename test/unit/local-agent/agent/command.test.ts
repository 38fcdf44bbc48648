import assert from 'node:assert/strict';
import { parseCommand, type Command } from '../../../../local-agent/agent/command.ts';

const parse = (line: string, decodePercents = true): Command | null =>
  parseCommand(line, { decodePercents });

describe('A logging command', () => {
  it('has an area, an event, properties and a message', () => {
    const command = parse('##vso[task.setvariable variable=a;isoutput=true;]value');
    assert.equal(command?.area, 'task');
    assert.equal(command.event, 'setvariable');
    assert.deepEqual(
      [...command.properties],
      [
        ['variable', 'a'],
        ['isoutput', 'true'],
      ],
    );
    assert.equal(command.message, 'value');
  });

  it('may start anywhere in a line; what stands before it is dropped', () => {
    assert.equal(parse('2026-01-01 log: ##vso[task.debug]hello')?.message, 'hello');
  });

  it('keeps spaces in property names', () => {
    assert.deepEqual(
      [...(parse('##vso[task.setvariable variable=a; issecret=true]')?.properties.keys() ?? [])],
      ['variable', ' issecret'],
    );
  });

  it('ignores the case of area, event and property names but not of values', () => {
    const command = parse('##vso[Task.SetVariable Variable=Ab]');
    assert.equal(command?.event, 'setvariable');
    assert.equal(command.properties.get('variable'), 'Ab');
  });

  it('splits a property at its first equals sign and drops empty ones', () => {
    const command = parse('##vso[task.x a=b=c;d=;e]');
    assert.deepEqual([...(command?.properties ?? [])], [['a', 'b=c']]);
  });

  it('decodes %3B %0D %0A %5D, then %AZP25, and nothing else', () => {
    assert.equal(
      parse('##vso[task.debug]%3B%0D%0A%5D%AZP25 %25 %0a %5d')?.message,
      ';\r\n]% %25 %0a %5d',
    );
    assert.equal(parse('##vso[task.debug]%AZP250A')?.message, '%0A');
  });

  it('keeps %AZP25 when percents are not decoded', () => {
    assert.equal(parse('##vso[task.debug]%AZP25', false)?.message, '%AZP25');
  });

  it('is none in other letters, without its bracket, or without an event', () => {
    for (const line of [
      '##VSO[task.debug]x',
      '##vso[task.debug x',
      '##vso[task]x',
      '##vso[a.b.c]x',
      'plain',
    ]) {
      assert.equal(parse(line), null, line);
    }
  });
});
