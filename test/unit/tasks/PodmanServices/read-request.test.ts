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
    assert.deepEqual(request.file, { path: '/s/compose.yaml', label: 'compose.yaml' });
    assert.match(ports.host.warnings[0] ?? '', /compose\.yaml is used/);
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

  it('warn of what the file warns of, and read the .env file beside it', async () => {
    const ports = fakeStep(`version: "3"\n${compose}`);
    ports.files.entries.set('/s/.env', { text: 'TAG=2', mode: 0o644 });
    const { project } = await readRequest(servicesInputs(), ports);
    assert.deepEqual(ports.host.warnings.length, 1);
    assert.equal(project.services[0]?.image, 'x:2');
  });

  it('lay services over the file: more containers of one, another image', async () => {
    const given = { composeFile: 'compose.yaml', services: 'a: { scale: 3 }\ntests: { image: z }' };
    const { project } = await readRequest(servicesInputs(given), fakeStep(compose));
    const said = project.services.map(({ name, image, scale }) => `${name} ${image} ${scale}`);
    assert.deepEqual(said, ['a x:1 3', 'tests z 1']);
  });

  it('take no preset for a service of the file, unless they name one', async () => {
    const text = 'services: {redis: {image: "my/cache:1"}}';
    const read = async (services: string): Promise<string | undefined> => {
      const inputs = servicesInputs({ composeFile: 'compose.yaml', services });
      return (await readRequest(inputs, fakeStep(text))).project.services[0]?.image;
    };
    assert.equal(await read('redis: { environment: { A: b } }'), 'my/cache:1');
    assert.equal(await read('redis:'), 'my/cache:1');
    assert.equal(await read('redis: { image: "my/redis:2" }'), 'my/redis:2');
    assert.equal(await read('redis: { version: "6" }'), 'docker.io/library/redis:6');
    assert.equal(await read('redis: { preset: valkey }'), 'docker.io/valkey/valkey:8');
  });

  it('say when services are ready, in lines, beside what the file says', async () => {
    const wait =
      'a tcp:80, 81\na log:/up in \\d+ s/\ntests http:8080/health\ntests shell:test -f /x';
    const text = compose.replace('image: y', 'image: y, x-wait: {tcp: 1, shell: b}');
    const { project } = await readRequest(servicesInputs({ wait }), fakeStep(text));
    assert.deepEqual(
      project.services.map((service) => service.wait),
      [
        { tcp: [80, 81], log: { pattern: 'up in \\d+ s', times: 1 } },
        { tcp: [1], shell: 'test -f /x', http: { port: 8080, path: '/health' } },
      ],
    );
    assert.deepEqual(
      (await problemsOf({ wait: 'tets tcp:80\na http:health\na' })).map((line) =>
        line.slice(0, 70),
      ),
      [
        'wait: The input names tets, which is not a service. Did you mean tests',
        'wait: The input cannot be read in line 2. Write a service and how it t',
        'wait: The input cannot be read in line 3. Write a service and how it t',
      ],
    );
  });

  it("refuse Docker's socket where there is none, instead of a folder in its place", async () => {
    const path = '/var/run/docker.sock';
    const text = `services:\n  a: {image: x, volumes: ["${path}:${path}"]}\n`;
    const [problem] = await problemsOf({}, text);
    assert.match(
      problem ?? '',
      /^compose\.yaml:2: services\.a\.volumes mounts \/var\/run\/docker\.sock, which is not on this agent\. There is no Docker here: remove the mount/,
    );
    const ports = fakeStep(text);
    ports.files.entries.set(path, { text: '', mode: 0o600 });
    await readRequest(servicesInputs(), ports);
  });

  it('tell every problem at once, and no line that may hold a secret', async () => {
    const given = {
      environment: 'TAG=1\nsecret value without a name',
      testResults: 'out/junit.xml\n/a/r.xml\n/b/r.xml',
      bindAddress: 'localhost',
      waitTimeout: '0',
      registries: 'unknown',
    };
    const found = await problemsOf(given, compose.replace('image: y', 'image: y, colour: red'));
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

  it('name compose files that are there', async () => {
    assert.match((await problemsOf({ composeFile: 'nix.yml' }))[0] ?? '', /no file \/s\/nix\.yml/);
    assert.match((await problemsOf({ composeFile: 'compose.yaml\nb' }))[0] ?? '', /no file \/s\/b/);
    const ports = fakeStep(compose);
    ports.files.entries.clear();
    await assert.rejects(readRequest(servicesInputs(), ports), /Found none of compose\.yaml, /);
  });
});
