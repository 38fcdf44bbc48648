import assert from 'node:assert/strict';
import { readDuration } from '../../../../src/core/compose/duration.ts';
import { startOrder } from '../../../../src/core/compose/dependency-graph.ts';
import type { ComposeService } from '../../../../src/core/compose/model.ts';
import type { PortMapping } from '../../../../src/core/compose/model-mounts.ts';
import { readWords } from '../../../../src/core/compose/shell-words.ts';
import { problemsOf, serviceOf } from '../../../support/compose-text.ts';

const service = (keys: string): ComposeService =>
  serviceOf(`services:\n  a: {image: x, ${keys}}\nvolumes: {data: }`);

const port = (text: string): readonly PortMapping[] => service(`ports: ["${text}"]`).ports;

describe('ports', () => {
  it('may have an address and a host port, with any of them left out', () => {
    const tcp = { protocol: 'tcp' };
    const on = (from: number) => ({ published: { from, to: from } });
    assert.deepEqual(port('5432'), [{ containerPort: 5432, ...tcp }]);
    assert.deepEqual(port('8080:80'), [{ containerPort: 80, ...on(8080), ...tcp }]);
    assert.deepEqual(port('127.0.0.1::80'), [{ containerPort: 80, ...tcp, hostIp: '127.0.0.1' }]);
    assert.deepEqual(port('53:53/udp'), [{ containerPort: 53, ...on(53), protocol: 'udp' }]);
    for (const text of ['[::1]:6000:6001', '::1:6000:6001']) {
      assert.deepEqual(port(text), [{ containerPort: 6001, ...on(6000), ...tcp, hostIp: '::1' }]);
    }
    assert.deepEqual(port('0:80'), [{ containerPort: 80, ...tcp }]);
  });

  it('come in ranges of equal length, or as any one of a range', () => {
    assert.deepEqual(
      port('8000-8002:80-82').map(({ containerPort, published }) => [
        containerPort,
        published?.from,
      ]),
      [
        [80, 8000],
        [81, 8001],
        [82, 8002],
      ],
    );
    assert.deepEqual(port('8000-8010:80'), [
      { containerPort: 80, protocol: 'tcp', published: { from: 8000, to: 8010 } },
    ]);
  });

  it('are refused when they are none', () => {
    const wrong = ['0', '80/dccp', '65536:1', '9-8', 'http', ':', '80:', '8000-8001:80-82'];
    for (const text of wrong) assert.throws(() => port(text), text);
  });

  it('may be in the long form', () => {
    const { ports } = service('ports: [{target: 80, published: "8080", host_ip: 0.0.0.0}]');
    const published = { from: 8080, to: 8080 };
    assert.deepEqual(ports, [{ containerPort: 80, published, protocol: 'tcp', hostIp: '0.0.0.0' }]);
  });
});

describe('volumes', () => {
  it('are binds, named volumes or anonymous ones, by how they begin', () => {
    const { mounts } = service('volumes: ["./a:/a:ro", "/b:/b", "~/c:/c", "data:/d:rw", "/e"]');
    assert.deepEqual(
      mounts.map((m) => [m.kind, m.target, m.readOnly]),
      [
        ['bind', '/a', true],
        ['bind', '/b', false],
        ['bind', '/c', false],
        ['volume', '/d', false],
        ['anonymous', '/e', false],
      ],
    );
  });
});

describe('what is not a volume', () => {
  const problem = (keys: string): string =>
    problemsOf(`services:\n  a: {image: x, ${keys}}`).join('\n');

  it('is refused with what was expected', () => {
    assert.match(problem('volumes: [":/a"]'), /empty part between colons/);
    assert.match(problem('volumes: ["./a:/a:ro:rw"]'), /too many colons/);
    assert.match(problem('volumes: ["v:/a"]'), /A single letter before ":" is a Windows drive/);
    assert.match(problem('volumes: ["data:/a"]'), /uses the volume data, which is not declared/);
    assert.match(problem('tmpfs: {a: b}'), /tmpfs expected a list of texts/);
    assert.match(problem('ports: [true]'), /services\.a\.ports\.0 expected/);
  });
});

describe('healthchecks', () => {
  const test = (form: string) => service(`healthcheck: {test: ${form}}`).healthcheck?.test;

  it('run a text in a shell, and a list as it says', () => {
    assert.deepEqual(test('curl -f http://x || exit 1'), {
      kind: 'shell',
      script: 'curl -f http://x || exit 1',
    });
    assert.deepEqual(test('[CMD, a, "b c"]'), { kind: 'exec', argv: ['a', 'b c'] });
    assert.deepEqual(test('[CMD-SHELL, "a | b"]'), { kind: 'shell', script: 'a | b' });
    assert.deepEqual(test('[NONE]'), { kind: 'none' });
    assert.deepEqual(service('healthcheck: {disable: true}').healthcheck, {
      test: { kind: 'none' },
    });
  });

  it('inherit what they do not say, and what is zero', () => {
    const keys = 'interval: 1m30s, timeout: 0s, retries: "5", start_period: 2s, start_interval: 1s';
    assert.deepEqual(service(`healthcheck: {${keys}}`).healthcheck, {
      intervalMs: 90_000,
      retries: 5,
      startPeriodMs: 2_000,
      startIntervalMs: 1_000,
    });
  });

  it('measure time as Go does', () => {
    const durations = { '1.5h': 5_400_000, '1h1m1s': 3_661_000, '250ms': 250, '0': 0, '2000us': 2 };
    for (const [text, value] of Object.entries(durations)) {
      assert.deepEqual(readDuration(text), { value });
    }
    for (const text of ['', '10', 's', '10 s', '1x', 5]) {
      assert.ok('fault' in readDuration(text), String(text));
    }
  });
});

describe('commands', () => {
  const words = (text: string) => {
    const result = readWords(text);
    return 'value' in result ? result.value : result.fault.what;
  };

  it('are split into words without a shell: quotes protect, nothing else has a meaning', () => {
    assert.deepEqual(words(`sh -c 'a "b"' "c \\" d" e\\ f '' # *`), [
      ...['sh', '-c', 'a "b"', 'c " d', 'e f', '', '#', '*'],
    ]);
    assert.deepEqual(words('  '), []);
    assert.deepEqual(words(`a'b'"c"d`), ['abcd']);
    assert.match(String(words(`a "b`)), /without its partner/);
  });

  it("are the image's own when null, and as given when a list", () => {
    assert.equal('command' in service('command: null'), false);
    assert.deepEqual(service('command: [a, "1"]').command, ['a', '1']);
    assert.deepEqual(service('entrypoint: ""').entrypoint, []);
  });
});

describe('the order of starting', () => {
  it("puts dependencies first and keeps the file's order where it can", () => {
    const on = (...names: string[]) =>
      names.map((name) => {
        return { service: name, condition: 'service_started' as const, required: true };
      });
    const services = [
      { name: 'web', dependsOn: on('api', 'cache') },
      { name: 'cache', dependsOn: [] },
      { name: 'api', dependsOn: on('db') },
      { name: 'db', dependsOn: [] },
    ];
    assert.deepEqual(
      startOrder(services).map(({ name }) => name),
      ['db', 'api', 'cache', 'web'],
    );
  });
});
