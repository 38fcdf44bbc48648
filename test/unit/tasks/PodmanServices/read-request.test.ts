import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { readRequest } from '../../../../tasks/PodmanServices/read-request.ts';
import { fakeStep, servicesInputs } from '../../../support/services-step.ts';

const compose = 'services:\n  a: {image: "x:${TAG:-1}"}\n  tests: {image: y, depends_on: [a]}\n';

async function problemsOf(
  given: Readonly<Record<string, string>>,
  text = compose,
): Promise<readonly string[]> {
  try {
    await readRequest(servicesInputs(given), fakeStep(text));
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message.split('\n');
  }
  throw new Error('the request was accepted');
}

describe('the inputs of PodmanServices', () => {
  it('find the compose file by itself, in the order of docker compose', async () => {
    const ports = fakeStep(compose);
    ports.files.entries.set('/s/docker-compose.yml', { text: 'broken: [', mode: 0o644 });
    const request = await readRequest(servicesInputs(), ports);
    assert.deepEqual([request.file.label, request.folder], ['compose.yaml', '/s']);
  });

  it('give values to the file, before the environment of the step', async () => {
    const settings = { environment: { TAG: 'outer' } };
    const image = async (environment: string): Promise<string | undefined> => {
      const ports = fakeStep(compose, undefined, settings);
      const request = await readRequest(servicesInputs({ environment }), ports);
      return request.project.services[0]?.image;
    };
    assert.equal(await image('TAG=given=1'), 'x:given=1');
    assert.equal(await image('OTHER=1'), 'x:outer');
  });

  it('warn of what the file warns of, and of a .env file that is not read', async () => {
    const ports = fakeStep(`version: "3"\n${compose}`);
    ports.files.entries.set('/s/.env', { text: 'TAG=2', mode: 0o644 });
    await readRequest(servicesInputs(), ports);
    assert.equal(ports.host.warnings.length, 2);
    assert.match(ports.host.warnings[1] ?? '', /\.env .* not read yet/);
  });

  it('tell every problem at once, and no line that may hold a secret', async () => {
    const given = {
      environment: 'TAG=1\nsecret value without a name',
      testResults: 'out/junit.xml\n/a/r.xml\n/b/r.xml',
      bindAddress: 'localhost',
      waitTimeout: '0',
      registries: 'unknown',
    };
    const found = await problemsOf(given, compose.replace('image: y', 'image: y, restart: always'));
    assert.deepEqual(
      found.map((line) => line.split(' ')[0]),
      [
        ...['environment:', 'testResults:', 'testResults:', 'testResults:', 'bindAddress:'],
        ...['waitTimeout:', 'registries:', 'compose.yaml:3:'],
      ],
    );
    assert.match(found[0] ?? '', /in line 2/);
    assert.doesNotMatch(found.join(), /secret value/);
  });

  it('name a test service that is there, and that nobody waits for', async () => {
    assert.match((await problemsOf({ testService: 'test' }))[0] ?? '', /It has a, tests\./);
    const [problem] = await problemsOf({ testService: 'a' });
    assert.match(problem ?? '', /The service tests depends on a, which is started last/);
  });

  it('name a compose file that is there, and one only', async () => {
    assert.match((await problemsOf({ composeFile: 'nix.yml' }))[0] ?? '', /no file \/s\/nix\.yml/);
    assert.match(
      (await problemsOf({ composeFile: 'compose.yaml\nb' }))[0] ?? '',
      /one compose file/,
    );
    const ports = fakeStep(compose);
    ports.files.entries.clear();
    await assert.rejects(readRequest(servicesInputs(), ports), /Found none of compose\.yaml, /);
  });
});
