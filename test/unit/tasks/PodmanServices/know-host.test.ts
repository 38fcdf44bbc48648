import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors.ts';
import { examineHost } from '../../../../tasks/PodmanServices/doctor.ts';
import { startServices } from '../../../../tasks/PodmanServices/start-services.ts';
import { type PodmanScript, exited } from '../../../support/fake-podman.ts';
import {
  type FakeStep,
  fakeStep,
  podmanLines,
  servicesInputs,
} from '../../../support/services-step.ts';

const compose = 'services: {a: {image: x, ports: ["80"]}, b: {image: x}}\n';
const cache = '/w/_daemonless/podman-host.json';
const isTrial = (words: readonly string[]): boolean => words.includes('--rootfs');
const trials = (ports: FakeStep): readonly string[] =>
  podmanLines(ports).filter((line) => line.includes('--rootfs'));

/** A host that may not raise limits, so that a trial is due. */
function step(script?: PodmanScript, known?: string): FakeStep {
  const ports = fakeStep(compose, script, { variables: { 'Agent.WorkFolder': '/w' } });
  const file = (path: string, text: string): void => {
    ports.files.entries.set(path, { text, mode: 0o600 });
  };
  file('/proc/self/status', 'CapEff:\t000001fffeffffff\n');
  file(
    '/proc/self/limits',
    'Max open files            1024                 2000                files\n',
  );
  if (known !== undefined) file(cache, known);
  return ports;
}

const start = (ports: FakeStep): Promise<void> => startServices(servicesInputs(), ports);

describe('what a host needs', () => {
  it('is tried on an empty container when facts do not decide, and remembered for this boot', async () => {
    const first = step();
    await start(first);
    assert.equal(trials(first).length, 1);
    assert.match(
      podmanLines(first).find((line) => line.startsWith('run --detach')) ?? '',
      /--ulimit nofile=2000/,
    );
    const known = first.files.entries.get(cache)?.text ?? '';
    const second = step(undefined, known);
    await start(second);
    assert.deepEqual(trials(second), []);
    assert.ok(!podmanLines(second).includes('info --format json'));
    assert.match(
      second.host.lines.join('\n'),
      /known since an earlier job of this boot\.\n--ulimit/,
    );
    const rebooted = step(undefined, known);
    rebooted.files.entries.set('/proc/sys/kernel/random/boot_id', { text: 'other', mode: 0o444 });
    await start(rebooted);
    assert.equal(trials(rebooted).length, 1);
  });

  it('is tried anew when another file stands in the place of Podman', async () => {
    const file = { text: 'one', mode: 0o755 };
    const before = step();
    before.files.entries.set('/opt/podman', file);
    await startServices(servicesInputs({ podmanPath: '/opt/podman' }), before);
    const known = before.files.entries.get(cache)?.text ?? '';
    for (const [text, expected] of [
      ['one', 0],
      ['newer', 1],
    ] as const) {
      const after = step(undefined, known);
      after.files.entries.set('/opt/podman', { ...file, text });
      await startServices(servicesInputs({ podmanPath: '/opt/podman' }), after);
      assert.equal(trials(after).length, expected);
    }
  });

  it('is learnt from what Podman says about the trial', async () => {
    const ports = step((words) => {
      if (!isTrial(words) || words.includes('host')) return undefined;
      return exited(126, 'Error: netavark: Netlink error: Operation not permitted (os error 1)');
    });
    await start(ports);
    assert.equal(trials(ports).length, 2);
    const runs = podmanLines(ports).filter((line) => line.includes('run --detach'));
    assert.match(
      runs[0] ?? '',
      /--network host --add-host a:127\.0\.0\.1 --add-host b:127\.0\.0\.1/,
    );
    assert.ok(!podmanLines(ports).some((line) => line.startsWith('network create')));
    assert.equal(ports.host.outputs.get('a.port.80'), '80');
  });

  it('may be a private containers.conf, made from the one that Podman would read', async () => {
    const words = 'Error: open /proc/sys/net/ipv4/ping_group_range: read-only file system';
    const ports = step((args, { env }) =>
      isTrial(args) && env?.['CONTAINERS_CONF'] === undefined ? exited(126, words) : undefined,
    );
    const text = '[containers]\npids_limit = 7\n';
    ports.files.entries.set('/etc/containers/containers.conf', { text, mode: 0o644 });
    await start(ports);
    const [run] = ports.commands.commands.filter(({ args }) => args.includes('--detach'));
    const path = run?.env?.['CONTAINERS_CONF'] ?? '';
    assert.match(path, /^\/temp\/daemonless\//);
    assert.match(
      ports.files.entries.get(path)?.text ?? '',
      /default_sysctls = \[\]\npids_limit = 7/,
    );
  });

  it('is an error with the cure when no setting helps, or when Podman repeats itself', async () => {
    const cases = [
      ['newuidmap: write to uid_map failed: Operation not permitted', /allowPrivilegeEscalation/],
      ['Error: netavark: Netlink error', /Give the pod NET_ADMIN/],
      ['Error: something new', /cannot run the smallest container .*\n.*something new/],
    ] as const;
    for (const [words, cure] of cases) {
      const ports = step((args) => (isTrial(args) ? exited(125, words) : undefined));
      await assert.rejects(start(ports), cure);
      assert.ok(!podmanLines(ports).some((line) => line.includes('--detach')));
    }
  });
});

describe('the doctor', () => {
  it('tells all of it as Markdown and JSON, asked anew', async () => {
    const ports = step();
    await examineHost(servicesInputs({ command: 'doctor' }), ports);
    const [attachment] = ports.host.attachments;
    assert.equal(attachment?.type, 'daemonless.doctor');
    const report = JSON.parse(ports.files.entries.get(attachment.path)?.text ?? '') as {
      verdict: string;
    };
    assert.equal(report.verdict, 'adapted');
    const [summary = ''] = ports.host.summaries;
    const text = ports.files.entries.get(summary)?.text ?? '';
    assert.match(text, /^\*\*Podman is ready for services, with adaptations\*\*$/m);
    assert.match(text, /^\| openFiles \| 2000 \|$/m);
    assert.match(text, /^`podman run --ulimit nofile=2000:2000 .*…`$/m);
  });

  it('fails after its report where services cannot run', async () => {
    const ports = step((words) => (isTrial(words) ? exited(125, 'setrlimit: no') : undefined));
    await assert.rejects(examineHost(servicesInputs({ command: 'doctor' }), ports), UserError);
    const text = ports.files.entries.get(ports.host.summaries[0] ?? '')?.text ?? '';
    assert.match(text, /cannot run services here/);
    assert.match(text, /^- Podman asks for higher limits/m);
  });

  it('needs no more than a Podman that can be called', async () => {
    const inputs = servicesInputs({ podmanPath: 'bin/podman', podmanArguments: '--x "y\nz' });
    await assert.rejects(
      examineHost(inputs, step()),
      /podmanPath: .*\npodmanArguments: Line 1 .*\n.*"z"/,
    );
  });
});
