import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { JobMessage } from '../../../../local-agent/protocol/job-message.ts';
import { compileJob } from '../../../../local-agent/server/compile-job.ts';
import { readPipeline } from '../../../../local-agent/server/read-pipeline.ts';
import type { Resources } from '../../../../local-agent/server/resources.ts';
import { TaskCatalog } from '../../../../local-agent/server/task-catalog.ts';
import { formatProblem } from '../../../../local-agent/server/yaml/problem.ts';
import { SourceFile } from '../../../../local-agent/server/yaml/source-file.ts';

const TASKS = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'agent-tasks');

const endpoint = (name: string, id: string | null): Resources['connections'][number] => ({
  id,
  name,
  url: 'https://x/',
  type: 'generic',
  scheme: 'None',
  parameters: {},
  data: {},
});

const RESOURCES: Resources = {
  variables: [{ name: 'token', value: 't', isSecret: true, isReadOnly: false }],
  connections: [
    endpoint('First One', 'id-1'),
    endpoint('second', 'id-2'),
    endpoint('unused', 'id-3'),
  ],
  secureFiles: [{ id: 'file-1', name: 'client.key', path: '/x' }],
  predefined: new Map(),
};

async function compile(
  yaml: string,
): Promise<{ message: JobMessage; problems: string[]; warnings: string[] }> {
  const source = new SourceFile('p.yml', yaml);
  const [job] = readPipeline(source, { parameters: new Map(), variables: new Map() }).jobs;
  assert.ok(job);
  const message = await compileJob(job, {
    source,
    catalog: new TaskCatalog([TASKS]),
    resources: RESOURCES,
    repository: { name: 'shop', folder: '/repo' },
    systemConnection: endpoint('SystemVssConnection', null),
    predefined: () => [
      { name: 'Build.Reason', value: 'Manual', isSecret: false, isReadOnly: false },
    ],
    overrides: [{ name: 'Token', value: 'cli', isSecret: false, isReadOnly: false }],
    checkCondition: () => undefined,
  });
  return {
    message,
    problems: source.problems.map(formatProblem),
    warnings: source.warnings.map(formatProblem),
  };
}

describe('Compiling a job, as the server does', () => {
  it('adds the checkout that nobody wrote, and drops it for checkout: none', async () => {
    const implied = await compile('steps: [{ task: Js@1 }]\n');
    assert.deepEqual(
      implied.message.steps.map(({ displayName }) => displayName),
      ['Checkout shop to s', 'Js'],
    );
    const none = await compile('steps: [{ checkout: none }, { task: Js@1 }]\n');
    assert.equal(none.message.steps.length, 1);
  });

  it('numbers the names of steps that have none', async () => {
    const { message } = await compile(
      'steps: [{ task: Js@1 }, { task: Js@1, name: Js2 }, { task: Js@1 }]\n',
    );
    assert.deepEqual(
      message.steps.slice(1).map(({ name }) => name),
      ['Js1', 'Js2', 'Js3'],
    );
  });

  it('renames aliases, keeps unknown inputs and warns of them', async () => {
    const { message, warnings } = await compile(
      'steps: [{ task: Js@1, inputs: { WORDS: a, typo: b } }]\n',
    );
    assert.deepEqual(message.steps[1]?.inputs, { text: 'a', typo: 'b' });
    assert.deepEqual(warnings, ['p.yml:1:49: Js@1 has no input "typo"']);
  });

  it('makes ids of the names of connections and secure files, and sends only those that are used', async () => {
    const { message } = await compile(
      'steps: [{ task: Js@1, inputs: { server: "first one, second", file: client.key } }]\n',
    );
    assert.equal(message.steps[1]?.inputs['connection'], 'id-1,id-2');
    assert.equal(message.steps[1].inputs['file'], 'file-1');
    assert.deepEqual(
      message.endpoints.map(({ id }) => id),
      [null, 'id-1', 'id-2'],
    );
    assert.deepEqual(
      message.secureFiles.map(({ name }) => name),
      ['client.key'],
    );
  });

  it('leaves disabled steps out', async () => {
    const { message } = await compile('steps: [{ task: Js@1, enabled: false }]\n');
    assert.equal(message.steps.length, 1);
  });

  it('lets the command line win, but a secret stays one', async () => {
    const { message } = await compile('variables: { Build.Reason: mine }\nsteps: []\n');
    const variables = new Map(
      message.variables.map((variable) => [variable.name.toLowerCase(), variable]),
    );
    assert.equal(variables.get('build.reason')?.value, 'mine');
    assert.deepEqual(variables.get('token'), {
      name: 'Token',
      value: 'cli',
      isSecret: true,
      isReadOnly: false,
    });
  });

  it('names what it cannot resolve with its place', async () => {
    const { problems } = await compile(
      'steps:\n- task: Js\n- task: Js@7\n- task: Js@1\n  name: a\n- task: Js@1\n  name: A\n  inputs: { connection: third }\n',
    );
    assert.match(
      problems[0] ?? '',
      /^p\.yml:2:9: expected a task as Name@Major \(Docker@2\), found "Js"/,
    );
    assert.match(problems[1] ?? '', /^p\.yml:3:9: no task Js@7 under .*; found Js@1 in /);
    assert.match(
      problems[2] ?? '',
      /^p\.yml:8:25: there is no service connection "third"; the resources file has: First One, second, unused/,
    );
    assert.match(problems[3] ?? '', /^p\.yml:7:9: another step of the job is called "A"/);
  });
});
