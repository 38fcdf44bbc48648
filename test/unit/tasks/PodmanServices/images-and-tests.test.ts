import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { exited } from '../../../support/fake-podman.ts';
import { fakeStep, podmanLines, servicesInputs } from '../../../support/services-step.ts';

const compose = `services:
  a: {image: "my.azurecr.io/a:1"}
  b: {image: "my.azurecr.io/a:1"}
  tests: {image: "redis", ports: ["80"]}
`;
const absent = exited(125, 'Error: no such image');

describe('images', () => {
  it('are pulled once each, when they are not here', async () => {
    let pulled = false;
    const ports = fakeStep(compose, ([first, , image]) => {
      if (first === 'pull') pulled = true;
      return first === 'image' && image?.includes('/a:1') && !pulled ? absent : undefined;
    });
    await startServices(servicesInputs(), ports);
    const pulls = podmanLines(ports).filter((line) => line.startsWith('pull'));
    assert.deepEqual(pulls, ['pull my.azurecr.io/a:1']);
  });

  it('are pulled again when asked to, with the logins of the connections', async () => {
    const parameters = new Map([
      ['registry', 'https://my.azurecr.io'],
      ['username', 'ci'],
      ['password', 'hunter2'],
    ]);
    const connection = {
      ...{ id: 'c1', url: 'u', scheme: 'UsernamePassword', data: () => undefined },
      parameter: (name: string) => parameters.get(name),
    };
    const ports = fakeStep(compose, undefined, { connections: [connection] });
    await startServices(servicesInputs({ pull: 'always', registries: 'c1' }), ports);
    const pulls = podmanLines(ports).filter((line) => line.startsWith('pull'));
    assert.equal(pulls.length, 2);
    const [, file = ''] = /--authfile (\S+)/.exec(pulls[0] ?? '') ?? [];
    const logins = [...ports.files.entries].find(([path]) => path.endsWith('/config.json'));
    assert.match(logins?.[0] ?? '', /^\/temp\/daemonless\/\S+\/logins\//);
    assert.ok(file.endsWith('config.json'));
    assert.equal(logins?.[1].mode, 0o600);
    assert.ok(ports.host.masked.includes('hunter2'));
    assert.doesNotMatch(podmanLines(ports).join(), /hunter2/);
  });

  it('that cannot be had are told all at once, with a cure', async () => {
    const ports = fakeStep(compose, ([first]) => {
      if (first === 'image') return absent;
      return first === 'pull' ? exited(125, 'Error: x: manifest unknown') : undefined;
    });
    await assert.rejects(startServices(servicesInputs(), ports), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(
        error.problems.map(({ where, change }) => [where, change]),
        [
          ['compose.yaml:2', 'Check the name and tag of the image.'],
          ['compose.yaml:4', 'Check the name and tag of the image.'],
        ],
      );
      return true;
    });
    const never = fakeStep(compose, ([first]) => (first === 'image' ? absent : undefined));
    await assert.rejects(startServices(servicesInputs({ pull: 'never' }), never), /pull is never/);
  });
});

describe('the test service', () => {
  const inputs = servicesInputs({ testService: 'tests', testResults: '/out/a.xml\n/out/b' });
  const isTests = (words: readonly string[]): boolean =>
    words.includes('run') && !words.includes('--detach');

  it('runs last, publishes nothing, and its results are where later steps look', async () => {
    const ports = fakeStep(
      compose,
      (words) => (isTests(words) ? { stdout: '##vso[task.complete]' } : undefined),
      { variables: { 'Common.TestResultsDirectory': '/w/TestResults' } },
    );
    await startServices(inputs, ports);
    const [run = '', ...copies] = podmanLines(ports).slice(-4, -1);
    assert.match(run, /^run --name tests (?!.*--publish)/);
    assert.deepEqual(copies, [
      'cp tests:/out/a.xml /w/TestResults/tests/',
      'cp tests:/out/b /w/TestResults/tests/',
    ]);
    assert.equal(ports.host.outputs.get('testResults'), '/w/TestResults/tests');
    assert.ok(ports.host.lines.includes('##_vso[task.complete]'));
  });

  it('decides by its exit code, after its results were copied', async () => {
    const ports = fakeStep(compose, (words) => {
      if (words[0] === 'cp') return exited(125, 'Error: "/out/b" could not be found');
      return isTests(words) ? exited(3) : undefined;
    });
    await assert.rejects(
      startServices(inputs, ports),
      /compose\.yaml:4: The test service tests ended with exit code 3\./,
    );
    assert.equal(ports.host.warnings.length, 2);
    assert.equal(ports.host.outputs.get('testResults'), '/temp/TestResults/tests');
  });

  it('is not blamed when Podman could not start it', async () => {
    const ports = fakeStep(compose, (words) =>
      isTests(words) ? exited(127, 'Error: executable file `x` not found in $PATH') : undefined,
    );
    await assert.rejects(startServices(inputs, ports), /exit code 127\n.*\nThe image has no such/);
  });

  it('is stopped when the step is cancelled', async () => {
    const ports = fakeStep(compose, (words) => {
      if (isTests(words)) ports.controller.abort();
      return undefined;
    });
    await assert.rejects(startServices(inputs, ports), /Cancelled during the run of tests/);
    assert.equal(podmanLines(ports).at(-1), 'stop --ignore --time 2 tests');
  });
});
