import assert from 'node:assert/strict';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { type PodmanScript, containerJson, exited } from '../../../support/fake-podman.ts';
import {
  type FakeStep,
  fakeStep,
  podmanLines,
  servicesInputs,
} from '../../../support/services-step.ts';

const chain = `services:
  web: {image: x, depends_on: {db: {condition: service_healthy}}}
  db:
    image: x
    ports: ["5432"]
    healthcheck: {test: [CMD, ready], interval: 5s, retries: 2}
`;

/** The tables of the kernel for a container whose port 5432 is open. */
const open = '   0: 00000000:1538 00000000:0000 0A 0';

function step(compose: string, script?: PodmanScript): FakeStep {
  const made = fakeStep(compose, script);
  made.files.entries.set('/proc/77/net/tcp', { text: open, mode: 0o444 });
  return made;
}

async function problemsOf(work: Promise<void>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
  throw new Error('it succeeded');
}

const runs = (ports: FakeStep): readonly string[] =>
  podmanLines(ports).filter((line) => /(^| )run /.test(line));

describe('starting services', () => {
  it('starts a service when what it depends on is healthy, and tells later steps', async () => {
    let looks = 0;
    const ports = step(chain, ([first]) => {
      if (first !== 'exec') return undefined;
      looks += 1;
      return looks < 3 ? exited(1, 'not yet') : {};
    });
    await startServices(servicesInputs(), ports);
    const lines = podmanLines(ports);
    const at = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line));
    assert.ok(at(/run .*--name db /) < at(/^exec db ready$/));
    assert.ok(at(/^exec db ready$/) < at(/run .*--name web /));
    assert.equal(ports.host.outputs.get('db.port.5432'), '40001');
    assert.equal(ports.host.outputs.get('db.address'), '127.0.0.1:40001');
    const envFile = ports.host.outputs.get('envFile') ?? '';
    assert.match(ports.files.entries.get(envFile)?.text ?? '', /^DB_PORT_5432=40001$/m);
    assert.match(ports.host.outputs.get('services') ?? '', /"db":\{.*"state":"healthy"/);
  });

  it('says of a Kafka that it sends the clients of the agent elsewhere', async () => {
    const listeners = 'KAFKA_ADVERTISED_LISTENERS: "PLAINTEXT://kafka:9092"';
    const kafka = `{image: apache/kafka, ports: ["9092"], environment: {${listeners}}, healthcheck: {disable: true}}`;
    const ports = step(`services: {kafka: ${kafka}}`);
    await startServices(servicesInputs(), ports);
    assert.equal(ports.host.outputs.get('kafka.connectionString'), undefined);
    assert.match(
      ports.host.lines.join('\n'),
      /kafka tells its clients PLAINTEXT:\/\/kafka:9092, which leads nobody on the agent to 127\.0\.0\.1:40001\./,
    );
  });

  it('tells Podman not to warn of cgroups v1, which Podman 5 does among the log lines of services, and not the reader', async () => {
    const ports: FakeStep = step(chain);
    await startServices(servicesInputs(), ports);
    const name = 'PODMAN_IGNORE_CGROUPSV1_WARNING';
    const calls = ports.commands.commands.filter(({ file }) => file === 'podman');
    assert.ok(calls.length > 0 && calls.every(({ env }) => env?.[name] === 'true'));
    assert.ok(!ports.host.lines.some((line) => line.includes(name)));
  });

  it('has recorded all names before it creates anything', async () => {
    const names: string[][] = [];
    const ports: FakeStep = step(
      `${chain}  keep: {image: x, volumes: ["data:/d"]}\nvolumes: {data: }`,
      ([first, second]) => {
        if (first === 'network' && second === 'create') {
          const path = ports.host.taskVariable('daemonlessRecord') ?? '';
          const record = JSON.parse(ports.files.entries.get(path)?.text ?? '{}') as {
            containers: { service: string }[];
            volumes: string[];
          };
          names.push(
            record.containers.map(({ service }) => service),
            record.volumes,
          );
        }
        return undefined;
      },
    );
    await startServices(servicesInputs(), ports);
    assert.deepEqual([...(names[0] ?? [])].sort(), ['db', 'keep', 'web']);
    assert.match(names[1]?.[0] ?? '', /-data$/);
  });

  it('starts nothing new after a cancel, and lets what has begun come to its end', async () => {
    const ports: FakeStep = step(chain, (words) => {
      if (words.includes('run')) ports.controller.abort();
      return undefined;
    });
    await assert.rejects(startServices(servicesInputs(), ports), CancelledError);
    assert.equal(runs(ports).length, 1);
    const [run] = ports.commands.commands.filter(({ args }) => args.includes('run'));
    assert.equal(run?.onCancel, 'finish');
  });

  it('starts nobody who waits for a service that turned unhealthy, and tells its story', async () => {
    const ports = step(chain, ([first]) => {
      if (first === 'logs') return { stdout: 'starting\nstill starting' };
      return first === 'exec' ? exited(1, 'no connection') : undefined;
    });
    const problem = await problemsOf(startServices(servicesInputs(), ports));
    assert.match(
      problem,
      /^compose\.yaml:3: Service db is unhealthy after 2 failed health checks in a row\. Its container: running\. The last health check said: no connection\. Waiting for it: web\./,
    );
    const told = ports.host.lines.filter((line) => !line.startsWith('##[debug]'));
    assert.deepEqual(told.slice(-3), ['Last 2 log lines of db:', '  starting', '  still starting']);
    assert.equal(runs(ports).length, 1);
  });

  it('fails at once when a service ends while it is waited for', async () => {
    const dead = { Status: 'exited', Running: false, ExitCode: 137, OOMKilled: true };
    let looks = 0;
    const ports = step(chain, ([first, , name = '']) => {
      if (first === 'exec') return exited(255, 'Error: container state improper');
      if (first !== 'container') return undefined;
      looks += 1;
      return { stdout: JSON.stringify([containerJson(name, looks > 1 ? dead : {})]) };
    });
    const problem = await problemsOf(startServices(servicesInputs(), ports));
    assert.match(
      problem,
      /ended before .*: exited with exit code 137 \(out of memory: the agent had no more; it had no limit of its own\)\. Waiting.*Give the agent more memory/,
    );
    assert.doesNotMatch(problem, /improper/);
  });

  it('kills a check that hangs by its exec session, with all below it', async () => {
    const ports: FakeStep = step(chain, ([first, name = '']) => {
      if (first !== 'exec') return undefined;
      const text = (path: string, content: string): void => {
        ports.files.entries.set(path, { text: content, mode: 0o600 });
      };
      text(`/podman/${name}/e1/exec_pid`, '901');
      text('/proc/901/task/901/children', '902 903 ');
      text('/proc/902/task/902/children', '904 ');
      return { ending: { kind: 'timed-out', afterMs: 1 } };
    });
    const problem = await problemsOf(startServices(servicesInputs(), ports));
    assert.match(problem, /no answer within 30 s, so it was killed/);
    const [kill] = ports.commands.commands.filter(({ file }) => file === 'kill');
    assert.deepEqual(kill?.args, ['-KILL', '901', '902', '904', '903']);
  });

  it('waits for the check of a service only when there is one, in the file or the image', async () => {
    const text = chain.replace(/ {4}(healthcheck|ports).*\n/g, '');
    const problem = await problemsOf(startServices(servicesInputs(), step(text)));
    assert.match(
      problem,
      /yaml:3: web waits until db is healthy, but neither the file nor its image/,
    );
    const Healthcheck = { Test: ['CMD-SHELL', 'ready'], Interval: 1e9 };
    const ports = step(text, ([first]) =>
      first === 'image' ? { stdout: JSON.stringify([{ Healthcheck }]) } : undefined,
    );
    await startServices(servicesInputs(), ports);
    assert.ok(podmanLines(ports).includes('exec db /bin/sh -c ready'));
  });

  it('takes listening for health when neither file nor image can tell, and says so', async () => {
    const text = chain.replace(/ {4}healthcheck.*\n/, '');
    const ports = fakeStep(text);
    let reads = 0;
    const read = ports.files.readText.bind(ports.files);
    ports.files.readText = (path) => {
      if (path !== '/proc/77/net/tcp') return read(path);
      reads += 1;
      return Promise.resolve(reads < 8 ? 'closed' : open);
    };
    await startServices(servicesInputs(), ports);
    assert.equal(reads, 8);
    const lines = ports.host.lines.join('\n');
    assert.match(
      lines,
      /db: neither the file nor the image has a healthcheck .* listens on 5432\./,
    );
    assert.match(lines, /^db: healthy 2\.1 s after its start \(8 checks\)\.$/m);
    assert.equal(podmanLines(ports).filter((line) => line.startsWith('exec')).length, 0);
  });

  it('gives up when overallTimeout is over, whatever the service itself may take', async () => {
    const ports = step(chain, ([first]) => (first === 'exec' ? exited(1) : undefined));
    const text = { overallTimeout: '4', waitTimeout: '900' };
    const problem = await problemsOf(startServices(servicesInputs(text), ports));
    assert.match(problem, /was not healthy within the overallTimeout of 4 s/);
  });

  it('tries again when another process was quicker with the free port', async () => {
    let attempts = 0;
    const ports = step(chain, (words) => {
      if (!words.includes('run') || !words.some((word) => word.endsWith('-db'))) return undefined;
      attempts += 1;
      return attempts === 1 ? exited(126, 'Error: address already in use') : {};
    });
    await startServices(servicesInputs(), ports);
    assert.ok(podmanLines(ports).includes('rm --force --volumes db'));
    assert.equal(attempts, 2);
  });

  it('shows the plan in a dry run, and calls nothing but podman info', async () => {
    const ports = step(chain);
    await startServices(servicesInputs({ dryRun: 'true', testService: 'web' }), ports);
    assert.deepEqual(podmanLines(ports), ['info --format json']);
    const text = ports.host.lines.join('\n');
    assert.match(
      text,
      /- podman network create .*\n- podman run --detach .*-db .*\n- podman run --name/,
    );
    assert.equal(ports.host.taskVariables.size, 0);
  });
});
