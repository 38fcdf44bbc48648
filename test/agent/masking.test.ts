import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

const SECRET = 'p@ss "word" 100%';

const PIPELINE = `
steps:
- checkout: none
- task: Js@1
  name: talk
  inputs:
    connection: my registry
    text: $(token)
    code: |
      const secret = env.SECRET_TOKEN;
      const parameter = (name) => env['ENDPOINT_AUTH_PARAMETER_' + env.INPUT_CONNECTION + '_' + name];
      console.log('raw ' + secret);
      console.log('base64 ' + Buffer.from(secret).toString('base64'));
      console.log('uri ' + encodeURIComponent(secret));
      console.log('json ' + JSON.stringify({ secret }));
      console.log('half ' + secret.slice(0, 7));
      console.log('url https://user:whatever@host/path');
      console.log('image ' + parameter('REGISTRY') + '/app');
      console.log('tenant ' + parameter('TENANTID'));
      console.log(env.SECRET_LINES);
      tl().error('issue with ' + secret);
      require('fs').writeFileSync(env.AGENT_TEMPDIRECTORY + '/report.txt', secret);
      tl().addAttachment('report', 'report.txt', env.AGENT_TEMPDIRECTORY + '/report.txt');
      tl().setSecret('said-later');
      console.log('later said-later ' + Buffer.from('said-later').toString('base64'));
      tl().setVariable('out', 'a-secret-output', true, true);
`;

const RESOURCES = `
variables:
  token: { value: '${SECRET}', secret: true }
  lines: { value: "first-line\\nsecond-line", secret: true }
  tainted: see $(token)
serviceConnections:
  my registry:
    type: generic
    url: https://registry.test
    scheme: UsernamePassword
    id: 0a0a0a0a-1111-4222-8333-444444444444
    parameters: { registry: my.registry.test, username: robot, tenantId: open-tenant }
`;

describe('Masking under the local agent', () => {
  let run: AgentRun;
  let record: string;
  const line = (start: string): string => run.lines.find((text) => text.startsWith(start)) ?? '';

  before(async function () {
    this.timeout(30_000);
    run = await runAgent({ pipeline: PIPELINE, resources: RESOURCES });
    record = await readFile(join(run.work, '..', 'record.json'), 'utf8');
  });
  after(removeRuns);

  it('hides a secret raw, in base64, in URI form and inside JSON', () => {
    assert.equal(line('raw'), 'raw ***');
    assert.equal(line('base64'), 'base64 ***');
    assert.equal(line('uri'), 'uri ***');
    assert.equal(line('json'), 'json {"secret":"***"}');
  });

  it('does not hide a part of a secret', () => {
    assert.equal(line('half'), `half ${SECRET.slice(0, 7)}`);
  });

  it('hides the password of any URL', () => {
    assert.equal(line('url'), 'url https://user:***@host/path');
  });

  it('hides registry and user names of a service connection, but not its tenant', () => {
    assert.equal(line('image'), 'image ***/app');
    assert.equal(line('tenant'), 'tenant open-tenant');
  });

  it('does not hide a secret of several lines that is printed line by line', () => {
    assert.ok(run.lines.includes('first-line'));
    assert.ok(run.lines.includes('second-line'));
  });

  it('hides secrets in issues and in the record', () => {
    assert.ok(run.lines.includes('##[error]issue with ***'));
    assert.ok(record.includes('issue with ***'));
    assert.ok(!record.includes('p@ss'));
    assert.ok(!record.includes('a-secret-output'));
  });

  it('hides a secret that is registered during the job, but not its base64 form', () => {
    assert.equal(line('later'), `later *** ${Buffer.from('said-later').toString('base64')}`);
  });

  it('does not touch attachments', async () => {
    const [attachment] =
      run.steps.find(({ name, phase }) => name === 'talk' && phase === 'main')?.attachments ?? [];
    assert.equal(await readFile(attachment?.stored ?? '', 'utf8'), SECRET);
  });
});
