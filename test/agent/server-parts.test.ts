import assert from 'node:assert/strict';
import { removeRuns, runAgent, type AgentRun } from '../support/agent-run.ts';

const JUNIT = `<testsuites><testsuite tests="99"><testcase name="a"/><testcase name="b"><failure/></testcase>
<testcase name="c"><skipped/></testcase></testsuite></testsuites>`;

const PIPELINE = `
steps:
- task: JsMain@1
  name: reporter
  inputs:
    code: |
      const file = env.AGENT_TEMPDIRECTORY + '/report.json';
      require('fs').writeFileSync(file, '{"a":1}');
      tl().addAttachment('daemonless.report', 'report.json', file);
      console.log('##vso[build.addbuildtag]nightly');
- task: DownloadSecureFile@1
  name: key
  inputs: { secureFile: client.key }
- task: JsMain@1
  name: reader
  env: { KEY_PATH: $(key.secureFilePath) }
  inputs:
    code: |
      console.log('key=' + require('fs').readFileSync(env.KEY_PATH, 'utf8').trim());
      const base = env.SYSTEM_COLLECTIONURI + env.SYSTEM_TEAMPROJECT + '/_apis/build/builds/' + env.BUILD_BUILDID;
      const token = env.ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN;
      const get = (url, bearer = token) => fetch(url, { headers: { authorization: 'Bearer ' + bearer } });
      const list = await (await get(base + '/attachments/daemonless.report')).json();
      console.log('count=' + list.value.length + ' ' + list.value[0].name);
      console.log('content=' + await (await get(list.value[0]._links.self.href)).text());
      console.log('unknown=' + (await get(base + '/artifacts')).status);
      console.log('stranger=' + (await get(base + '/attachments/x', 'guess')).status);
      console.log('token=' + (token === env.SECRET_SYSTEM_ACCESSTOKEN));
- script: |
    cat > results.xml <<'XML'
    ${JUNIT.replace('\n', '\n    ')}
    XML
    echo "<testsuite>" > broken.xml
- task: PublishTestResults@2
  name: counted
  inputs: { testResultsFormat: JUnit, testResultsFiles: "**/results.xml" }
- task: PublishTestResults@2
  name: failing
  condition: always()
  inputs: { testResultsFiles: results.xml, failTaskOnFailedTests: true }
- task: PublishTestResults@2
  name: broken
  condition: always()
  inputs: { testResultsFiles: broken.xml }
- task: PublishTestResults@2
  name: missing
  condition: always()
  inputs: { testResultsFiles: none.xml }
`;

describe('What the server gives, under the local agent', () => {
  let run: AgentRun;
  const step = (name: string): AgentRun['steps'][number] | undefined =>
    run.steps.find((item) => item.name === name && item.phase === 'main');

  before(async function () {
    this.timeout(30_000);
    run = await runAgent({
      pipeline: PIPELINE,
      files: { 'client.key': 'PRIVATE' },
      resources: 'secureFiles:\n  client.key: client.key\n',
    });
  });
  after(removeRuns);

  it('lists and reads back attachments of the run through the job token', () => {
    assert.equal(run.values.get('count'), '1 report.json');
    assert.equal(run.values.get('content'), '{"a":1}');
    assert.equal(run.values.get('token'), 'true');
  });

  it('is nothing for what the fake server does not know, and nothing for strangers', () => {
    assert.equal(run.values.get('unknown'), '404');
    assert.equal(run.values.get('stranger'), '401');
  });

  it('keeps what other commands would send to the server in the record', () => {
    assert.deepEqual(
      step('reporter')?.events.map(
        ({ event, message }) => `${event} ${message.split('/').at(-1) ?? ''}`,
      ),
      ['task.addattachment report.json', 'build.addbuildtag nightly'],
    );
  });

  it('downloads a secure file before the steps run, under the output of its task', () => {
    assert.equal(run.values.get('key'), 'PRIVATE');
  });

  it('counts test results by their elements, not by what attributes claim', () => {
    const properties = step('counted')?.events[0]?.properties;
    assert.deepEqual(
      [
        properties?.['tests'],
        properties?.['failures'],
        properties?.['errors'],
        properties?.['skipped'],
      ],
      ['3', '1', '0', '1'],
    );
    assert.equal(step('counted')?.result, 'Succeeded');
  });

  it('fails a publishing step for failed tests when asked to, and always for a broken file', () => {
    assert.equal(step('failing')?.result, 'Failed');
    assert.equal(step('broken')?.result, 'Failed');
    assert.match(
      step('broken')?.issues[0]?.['message'] ?? '',
      /broken\.xml is not a JUnit result file: 2:0: unclosed tag/,
    );
  });

  it('only warns when there are no test results', () => {
    assert.equal(step('missing')?.result, 'Succeeded');
    assert.equal(step('missing')?.issues[0]?.['type'], 'warning');
  });
});

describe('The Node of a task under the local agent', () => {
  after(removeRuns);

  const PRINT =
    'steps:\n- checkout: none\n- task: JsMain@1\n  inputs: { code: console.log("node=" + process.versions.node) }\n';

  it('is 20 although task.json lists Node24 too', async function () {
    this.timeout(20_000);
    const { values } = await runAgent({ pipeline: PRINT });
    assert.match(values.get('node') ?? '', /^20\./);
  });

  it('is 24 with --node 24, or when the gate for Node24 handlers is open', async function () {
    this.timeout(20_000);
    const chosen = await runAgent({ pipeline: PRINT, args: ['--node', '24'] });
    const gate = ['--variable', 'AGENT_USE_NODE24_WITH_HANDLER_DATA=true'];
    const gated = await runAgent({ pipeline: PRINT, args: gate });
    assert.match(chosen.values.get('node') ?? '', /^24\./);
    assert.match(gated.values.get('node') ?? '', /^24\./);
    assert.match(chosen.steps[0]?.node ?? '', /^24\./);
  });

  it('is missing for a task that only knows Node 16, which fails its step with the cure', async function () {
    this.timeout(20_000);
    const { result, lines } = await runAgent({
      pipeline: 'steps:\n- checkout: none\n- task: OldNode@1\n',
    });
    assert.equal(result, 'Failed');
    assert.ok(
      lines.some((line) => /only the handler Node16.*Use a newer version of the task/.test(line)),
    );
  });

  it('runs the task of the major version that is asked for', async function () {
    this.timeout(20_000);
    const pipeline =
      'steps:\n- checkout: none\n- task: Layered@1\n- task: publisher.extension.layered@2\n';
    const { lines } = await runAgent({ pipeline });
    assert.deepEqual(
      lines.filter((line) => line.startsWith('layered')),
      ['layered 1', 'layered 2'],
    );
  });
});

describe('Jobs under the local agent', () => {
  after(removeRuns);

  it('run one after another, each with its own variables and by its own condition', async function () {
    this.timeout(20_000);
    const pipeline = `
parameters:
- { name: runSecond, type: boolean, default: false }
jobs:
- job: first
  variables: { who: one }
  steps:
  - checkout: none
  - script: echo "first=$(who)"; exit 1
- job: second
  condition: eq('\${{ parameters.runSecond }}', 'true')
  steps: [{ script: echo "second=ran" }]
- job: third
  variables: { who: three }
  steps:
  - checkout: none
  - script: echo "third=$(who)"
`;
    const plain = await runAgent({ pipeline });
    assert.equal(plain.result, 'Failed');
    assert.deepEqual(
      [...plain.values],
      [
        ['first', 'one'],
        ['third', 'three'],
      ],
    );
    const with2 = await runAgent({
      pipeline,
      args: ['--parameter', 'runSecond=true', '--variable', 'who=cli'],
    });
    assert.deepEqual(
      [...with2.values],
      [
        ['first', 'cli'],
        ['second', 'ran'],
        ['third', 'cli'],
      ],
    );
  });
});
