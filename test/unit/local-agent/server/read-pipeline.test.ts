import assert from 'node:assert/strict';
import type { Pipeline } from '../../../../local-agent/server/pipeline.ts';
import { readPipeline } from '../../../../local-agent/server/read-pipeline.ts';
import { formatProblem } from '../../../../local-agent/server/yaml/problem.ts';
import { SourceFile } from '../../../../local-agent/server/yaml/source-file.ts';

function read(
  text: string,
  given: Readonly<Record<string, string>> = {},
): { pipeline: Pipeline; problems: string[] } {
  const source = new SourceFile('p.yml', text);
  const pipeline = readPipeline(source, {
    parameters: new Map(Object.entries(given)),
    variables: new Map([['build.sourcebranchname', 'main']]),
  });
  return { pipeline, problems: source.problems.map(formatProblem) };
}

const problemsOf = (text: string, given = {}): string[] => read(text, given).problems;

describe('Reading a pipeline', () => {
  it('makes CmdLine@2 of script and Bash@3 of bash, with their own keys as inputs', () => {
    const { pipeline, problems } = read(
      'steps:\n- script: a\n  workingDirectory: b\n- bash: c\n  failOnStderr: true\n',
    );
    assert.deepEqual(problems, []);
    const [first, second] = pipeline.jobs[0]?.steps ?? [];
    assert.equal(first?.task.value, 'CmdLine@2');
    assert.deepEqual(
      [...first.inputs].map(([name, { value }]) => [name, value]),
      [
        ['script', 'a'],
        ['workingDirectory', 'b'],
      ],
    );
    assert.equal(second?.task.value, 'Bash@3');
    assert.equal(second.inputs.get('failOnStderr')?.value, 'true');
  });

  it('reads the keys that all steps share', () => {
    const { pipeline } = read(
      'steps:\n- task: A@1\n  name: n\n  displayName: d\n  condition: always()\n  continueOnError: true\n  enabled: false\n  env: { A: 1 }\n  timeoutInMinutes: 5\n  retryCountOnTaskFailure: 2\n',
    );
    const step = pipeline.jobs[0]?.steps[0];
    assert.deepEqual(
      [
        step?.name?.value,
        step?.displayName,
        step?.condition?.value,
        step?.continueOnError,
        step?.enabled,
      ],
      ['n', 'd', 'always()', true, false],
    );
    assert.deepEqual(
      [step?.environment, step?.timeoutInMinutes, step?.retryCountOnTaskFailure],
      [[['A', '1']], 5, 2],
    );
  });

  it('keeps scalars as they are written: 1.0 stays 1.0 and yes stays yes', () => {
    const inputs = read('steps:\n- task: A@1\n  inputs: { a: 1.0, b: yes, c: 0x10, d: }\n').pipeline
      .jobs[0]?.steps[0]?.inputs;
    assert.deepEqual(
      [...(inputs ?? [])].map(([, { value }]) => value),
      ['1.0', 'yes', '0x10', ''],
    );
  });

  it('substitutes parameters and variables, in keys and values, and earlier variables in later ones', () => {
    const { pipeline, problems } = read(
      "parameters:\n- name: env\n  default: test\n- name: flag\n  type: boolean\n  default: true\nvariables:\n  base: app-${{ parameters.env }}\n  full: ${{ variables.base }}/${{ variables['Build.SourceBranchName'] }}\nsteps:\n- task: A@1\n  inputs:\n    ${{ parameters.env }}Key: ${{ parameters.flag }} ${{ variables.full }} ${{ variables.missing }}.\n",
    );
    assert.deepEqual(problems, []);
    assert.equal(pipeline.jobs[0]?.steps[0]?.inputs.get('testKey')?.value, 'True app-test/main .');
  });

  it('lets job variables replace those of the root', () => {
    const { pipeline } = read(
      'variables: { a: root, b: root }\njobs:\n- job: x\n  variables:\n  - name: A\n    value: job\n    readonly: true\n  steps: []\n',
    );
    assert.deepEqual(
      pipeline.jobs[0]?.variables.map(({ name, value, isReadOnly }) => [name, value, isReadOnly]),
      [
        ['A', 'job', true],
        ['b', 'root', false],
      ],
    );
  });

  it('reads past what only the server needs, and says which keys these are', () => {
    assert.deepEqual(read('trigger: none\npool: { vmImage: x }\nsteps: []\n').pipeline.unused, [
      'trigger',
      'pool',
    ]);
  });

  it('takes parameters from the command line and checks their type, values and names', () => {
    const text =
      'parameters:\n- name: n\n  type: number\n- name: v\n  default: a\n  values: [a, b]\nsteps: []\n';
    assert.deepEqual(problemsOf(text, { n: '3' }), []);
    assert.deepEqual(problemsOf(text, { n: 'x', v: 'c', w: '' }), [
      'p.yml:2:9: expected parameter "n" to be a number, found "x"',
      'p.yml:4:9: expected parameter "v" to be one of: a, b; found "c"',
      'p.yml: --parameter w: the pipeline has no parameter of this name',
    ]);
    assert.match(
      problemsOf(text)[0] ?? '',
      /parameter "n" has no default: give one, or --parameter n=VALUE/,
    );
  });
});

describe('A pipeline with mistakes', () => {
  const mistakes: readonly (readonly [what: string, text: string, expected: RegExp])[] = [
    [
      'unknown root key',
      'stages: []\n',
      /^p\.yml:1:1: unknown key "stages" in a pipeline; expected one of: /,
    ],
    [
      'unknown job key',
      'jobs:\n- job: a\n  steps: []\n  dependsOn: b\n',
      /^p\.yml:4:3: unknown key "dependsOn" in a job/,
    ],
    ['neither steps nor jobs', 'variables: {}\n', /expected a pipeline to have "steps" or "jobs"/],
    [
      'both steps and jobs',
      'steps: []\njobs: []\n',
      /^p\.yml:1:1: expected either "steps" or "jobs", found both/,
    ],
    ['job without a name', 'jobs:\n- steps: []\n', /^p\.yml:2:3: expected a job to have a name/],
    [
      'job twice',
      'jobs:\n- job: a\n  steps: []\n- job: a\n  steps: []\n',
      /^p\.yml:4:8: job "a" is there twice/,
    ],
    ['steps that are no list', 'steps: { a: b }\n', /^p\.yml:1:8: expected "steps" to be a list/],
    [
      'a list for text',
      'steps:\n- script: [a]\n',
      /^p\.yml:2:11: expected "script" to be text, found a list/,
    ],
    [
      'boolean',
      'steps:\n- script: a\n  enabled: maybe\n',
      /^p\.yml:3:12: expected "enabled" to be true or false, found "maybe"/,
    ],
    [
      'retries',
      'steps:\n- script: a\n  retryCountOnTaskFailure: 11\n',
      /whole number from 0 to 10, found "11"/,
    ],
    [
      'step name',
      'steps:\n- script: a\n  name: 1x\n',
      /expected the step's name to be letters, digits and "_"/,
    ],
    [
      'checkout',
      'steps:\n- checkout: other\n',
      /^p\.yml:2:13: expected checkout to be self or none, found "other"/,
    ],
    [
      'template step',
      'steps:\n- template: a.yml\n',
      /^p\.yml:2:3: a "template" step is not supported by the local agent/,
    ],
    [
      'template condition',
      'steps:\n- ${{ if true }}:\n  - script: a\n',
      /is not supported by the local agent; it knows/,
    ],
    [
      'template expression',
      'steps:\n- script: ${{ parameters. }}\n',
      /^p\.yml:2:11: expected a property name/,
    ],
    ['unclosed expression', 'steps:\n- script: ${{ parameters.a\n', /has no closing "}}"/],
    [
      'runtime expression',
      'variables:\n  a: $[ 1 ]\nsteps: []\n',
      /^p\.yml:2:6: runtime expressions "\$\[ \]" are not supported/,
    ],
    [
      'variable group',
      'variables:\n- group: g\nsteps: []\n',
      /^p\.yml:2:3: unknown key "group" in a variable/,
    ],
    [
      'parameter type',
      'parameters:\n- name: a\n  type: object\n  default: b\nsteps: []\n',
      /^p\.yml:3:9: expected the type of parameter "a"/,
    ],
    [
      'anchor',
      'steps:\n- &a\n  script: a\n- *a\n',
      /^p\.yml:4:3: Azure Pipelines does not support YAML anchors/,
    ],
    ['duplicate key', 'steps: []\nsteps: []\n', /^p\.yml:2:1: Map keys must be unique/],
    ['broken YAML', 'steps: [\n', /^p\.yml:2:1: /],
    ['empty file', '', /expected a pipeline, found an empty file/],
  ];
  for (const [what, text, expected] of mistakes) {
    it(`says where and what was expected: ${what}`, () => {
      assert.match(problemsOf(text)[0] ?? 'no problem', expected);
    });
  }

  it('is told about all of them at once', () => {
    assert.equal(problemsOf('foo: 1\nsteps:\n- pwsh: a\n- script: b\n  bar: 1\n').length, 3);
  });
});
