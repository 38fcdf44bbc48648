import assert from 'node:assert/strict';
import {
  buildEnvironment,
  type EnvironmentSources,
  type VisibleVariable,
} from '../../../../local-agent/agent/environment.ts';

function variable(
  name: string,
  value: string,
  more: Partial<VisibleVariable> = {},
): VisibleVariable {
  return { name, value, isSecret: false, keepsCase: false, ...more };
}

function build(sources: Partial<EnvironmentSources>): Record<string, string> {
  return buildEnvironment({
    process: {},
    step: [],
    variables: [],
    inputs: new Map(),
    endpoints: [],
    secureFiles: [],
    taskVariables: [],
    prependedPath: [],
    ...sources,
  });
}

const CONNECTION = {
  name: 'registry',
  url: 'https://registry.test/',
  type: 'dockerregistry',
  scheme: 'UsernamePassword',
  parameters: { 'user.name': 'robot' },
  data: { 'registry type': 'Others' },
};

describe('The environment builder', () => {
  it('writes each row over the one before: agent, step, variables, inputs', () => {
    const env = build({
      process: { A: 'agent', B: 'agent', C: 'agent' },
      step: [
        ['B', 'step'],
        ['C', 'step'],
        ['INPUT_D', 'step'],
      ],
      variables: [variable('c', 'variable'), variable('input.d', 'variable')],
      inputs: new Map([['d', 'input']]),
    });
    assert.deepEqual(
      [env['A'], env['B'], env['C'], env['INPUT_D']],
      ['agent', 'step', 'variable', 'input'],
    );
  });

  it('replaces only dots and spaces in names, and writes them in capitals', () => {
    const env = build({ variables: [variable('My.own name-x', '1')] });
    assert.equal(env['MY_OWN_NAME-X'], '1');
  });

  it('keeps the case of a variable that asks for it', () => {
    assert.equal(
      build({ variables: [variable('http_proxy', '1', { keepsCase: true })] })['http_proxy'],
      '1',
    );
  });

  it('lists the real names of public and secret variables', () => {
    const env = build({
      variables: [variable('Open.One', '1'), variable('hid', '2', { isSecret: true })],
    });
    assert.equal(env['VSTS_PUBLIC_VARIABLES'], '["Open.One"]');
    assert.equal(env['VSTS_SECRET_VARIABLES'], '["hid"]');
    assert.equal(env['SECRET_HID'], '2');
    assert.equal(env['HID'], undefined);
  });

  it('gives agent.jobstatus under its raw name too', () => {
    const env = build({ variables: [variable('agent.jobstatus', 'Failed')] });
    assert.deepEqual([env['agent.jobstatus'], env['AGENT_JOBSTATUS']], ['Failed', 'Failed']);
  });

  it('describes a connection under its GUID, with its data', () => {
    const env = build({ endpoints: [{ ...CONNECTION, id: 'aa-bb' }] });
    assert.equal(env['ENDPOINT_URL_aa-bb'], 'https://registry.test/');
    assert.equal(env['ENDPOINT_AUTH_SCHEME_aa-bb'], 'UsernamePassword');
    assert.equal(env['ENDPOINT_AUTH_PARAMETER_aa-bb_USER_NAME'], 'robot');
    assert.equal(
      env['ENDPOINT_AUTH_aa-bb'],
      '{"parameters":{"user.name":"robot"},"scheme":"UsernamePassword"}',
    );
    assert.equal(env['ENDPOINT_DATA_aa-bb_REGISTRY_TYPE'], 'Others');
  });

  it('describes the system connection without data', () => {
    const env = build({ endpoints: [{ ...CONNECTION, id: null }] });
    assert.equal(env['ENDPOINT_URL_SYSTEMVSSCONNECTION'], 'https://registry.test/');
    assert.equal(env['ENDPOINT_DATA_SYSTEMVSSCONNECTION'], undefined);
  });

  it('gives task variables, public and secret alike', () => {
    const env = build({ taskVariables: [variable('my.state', '1', { isSecret: true })] });
    assert.equal(env['VSTS_TASKVARIABLE_MY_STATE'], '1');
  });

  it('prepends to the path of the job variable, else of the step, else of the agent', () => {
    const prependedPath = ['/new', '/old'];
    const process = { PATH: '/agent' };
    assert.equal(build({ process, prependedPath })['PATH'], '/new:/old:/agent');
    assert.equal(
      build({ process, prependedPath, step: [['PATH', '/step']] })['PATH'],
      '/new:/old:/step',
    );
    const variables = [variable('path', '/variable')];
    assert.equal(
      build({ process, prependedPath, variables, step: [['PATH', '/step']] })['PATH'],
      '/new:/old:/variable',
    );
    assert.equal(build({ process })['PATH'], '/agent');
  });

  it('says TF_BUILD last, whoever says otherwise', () => {
    assert.equal(build({ variables: [variable('TF_BUILD', 'no')] })['TF_BUILD'], 'True');
  });
});
