import assert from 'node:assert/strict';
import { removeRuns, runAgent, type AgentRun, type RecordedStep } from '../support/agent-run.ts';

/** A step that prints raw lines and is expected to end in some way. */
function printing(name: string, lines: readonly string[], more = ''): string {
  const code = lines.map((line) => `console.log(${JSON.stringify(line)});`).join(' ');
  return `
- task: JsMain@1
  name: ${name}
  condition: always()
  inputs:
    code: |
      ${code}${more}`;
}

const PIPELINE = `
variables:
- name: fixed
  value: original
  readonly: true
steps:
${printing('spaces', ['##vso[task.setvariable variable=notSecret; issecret=true]plain-enough'])}
${printing('anywhere', ['some text first ##vso[task.setvariable variable=anywhere]yes'])}
${printing('escapes', ['##vso[task.setvariable variable=escaped]a%25b%0ac%0Ad%AZP25e%3Bf%5Dg'])}
${printing('stderr', [], 'console.error("##vso[task.setvariable variable=fromStderr]yes");')}
${printing('british', ['##vso[task.complete result=Cancelled]'])}
${printing('lower', ['##vso[task.complete result=succeeded]'])}
${printing('output', ['##vso[task.setvariable variable=hue;isoutput=true]red', '##vso[task.setvariable variable=declared]too'])}
${printing('unknownEvent', ['##vso[task.frobnicate]', '##vso[task.complete result=Succeeded]'])}
${printing('missingFile', ['##vso[task.addattachment type=a;name=b]/nowhere/at/all'])}
${printing('unknownArea', ['##vso[nobody.knows]x'])}
${printing('malformed', ['##vso [task.complete result=Failed]'])}
${printing('release', ['##vso[release.updatereleasename]x'])}
${printing('readOnly', ['##vso[task.setvariable variable=fixed]changed'])}
${printing('builtIn', ['##vso[task.setvariable variable=Build.BuildNumber]changed'])}
${printing('multiLine', ['##vso[task.setvariable variable=many;issecret=true]one%0Atwo'])}
${printing('one', ['##vso[task.setvariable variable=loud;issecret=1]not-a-secret'])}
${printing('path', ['##vso[task.prependpath]/first', '##vso[task.prependpath]/second', '##vso[task.prependpath]/first'])}
- task: Restricted@1
  name: restricted
  condition: always()
  inputs:
    code: |
      ##vso[task.setvariable variable=forbidden]x
      ##vso[task.setvariable variable=ALLOWED_NAME]yes
      ##vso[build.addbuildtag]tag
- task: JsMain@1
  name: check
  condition: always()
  inputs:
    code: |
      for (const name of ['NOTSECRET', 'ANYWHERE', 'FROMSTDERR', 'OUTPUT_HUE', 'HUE', 'OUTPUT_DECLARED', 'DECLARED',
        'FIXED', 'LOUD', 'FORBIDDEN', 'ALLOWED_NAME', 'PATH']) console.log(name + '=' + env[name]);
      console.log('ESCAPED=' + JSON.stringify(env.ESCAPED));
`;

describe('Logging commands under the local agent', () => {
  let run: AgentRun;
  const value = (name: string): string | undefined => run.values.get(name);
  const main = (name: string): RecordedStep | undefined =>
    run.steps.find((step) => step.name === name && step.phase === 'main');

  before(async function () {
    this.timeout(60_000);
    run = await runAgent({ pipeline: PIPELINE });
  });
  after(removeRuns);

  it('do not trim property names: " issecret" makes no secret', () => {
    assert.equal(value('NOTSECRET'), 'plain-enough');
  });

  it('take "1" for no boolean', () => {
    assert.equal(value('LOUD'), 'not-a-secret');
  });

  it('are found anywhere in a line', () => {
    assert.equal(value('ANYWHERE'), 'yes');
  });

  it('are read from stderr too', () => {
    assert.equal(value('FROMSTDERR'), 'yes');
  });

  it('decode %0A, %3B, %5D and %AZP25 but neither %25 nor %0a', () => {
    assert.equal(value('ESCAPED'), JSON.stringify('a%25b%0ac\nd%e;f]g'));
  });

  it('reject the results "Cancelled" and "succeeded", which fails the step', () => {
    assert.equal(main('british')?.result, 'Failed');
    assert.equal(main('lower')?.result, 'Failed');
  });

  it('set an output under the name of its step only', () => {
    assert.equal(value('OUTPUT_HUE'), 'red');
    assert.equal(value('HUE'), 'undefined');
    assert.deepEqual(main('output')?.outputVariables, { hue: 'red', declared: 'too' });
  });

  it('make an output of a name that task.json declares', () => {
    assert.equal(value('OUTPUT_DECLARED'), 'too');
    assert.equal(value('DECLARED'), 'undefined');
  });

  it('fail the step for an unknown event though the task succeeded', () => {
    assert.equal(main('unknownEvent')?.result, 'Failed');
  });

  it('fail the step for an attachment that does not exist', () => {
    assert.equal(main('missingFile')?.result, 'Failed');
    assert.equal(main('missingFile')?.issues.length, 2);
  });

  it('only warn about an unknown area and about what looks like a command', () => {
    for (const name of ['unknownArea', 'malformed']) {
      assert.equal(main(name)?.result, 'Succeeded');
      assert.equal(main(name)?.issues[0]?.['type'], 'warning');
    }
  });

  it('of a release fail a build step', () => {
    assert.equal(main('release')?.result, 'Failed');
  });

  it('cannot overwrite a read-only variable', () => {
    assert.equal(main('readOnly')?.result, 'Failed');
    assert.equal(main('builtIn')?.result, 'Failed');
    assert.equal(value('FIXED'), 'original');
  });

  it('refuse a secret of several lines', () => {
    assert.equal(main('multiLine')?.result, 'Failed');
  });

  it('prepend to the path of later steps, newest first and each once', () => {
    assert.match(value('PATH') ?? '', /^\/first:\/second:/);
  });

  it('that a task forbids itself warn and do nothing', () => {
    assert.equal(value('FORBIDDEN'), 'undefined');
    assert.equal(value('ALLOWED_NAME'), 'yes');
    assert.equal(main('restricted')?.result, 'Succeeded');
    assert.deepEqual(main('restricted')?.events, []);
    assert.equal(main('restricted')?.issues.length, 2);
  });

  it('are not printed when they are carried out', () => {
    assert.ok(!run.lines.some((line) => line.includes('##vso[task.setvariable variable=hue')));
  });
});
