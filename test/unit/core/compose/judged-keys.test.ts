import assert from 'node:assert/strict';
import { loadTexts, problemsOf, projectOf } from '../../../support/compose-text.ts';

const service = (keys: string): string => `services:\n  a: {image: x, ${keys}}`;

const warnings = (text: string): readonly string[] =>
  projectOf(text).warnings.map((warning) => warning.text);

/** What to change for the first problem. */
const advice = (text: string): string => {
  const loaded = loadTexts(text);
  assert.equal(loaded.kind, 'rejected');
  return [...loaded.problems, ...loaded.unsupported][0]?.change ?? '';
};

describe('a key that cannot be done here', () => {
  const refused: readonly (readonly [keys: string, problem: string])[] = [
    ['models: [llm]', 'services.a.models is not supported: there is no model runner.'],
    [
      'use_api_socket: true',
      'services.a.use_api_socket is not supported: there is no Docker socket.',
    ],
    [
      'provider: {type: cloud}',
      'services.a.provider is not supported: external providers are not run.',
    ],
  ];
  for (const [keys, problem] of refused) {
    it(`is refused with the reason: ${keys}`, () => {
      const top = keys.startsWith('models') ? '\nmodels: {llm: {model: m}}' : '';
      assert.equal(problemsOf(service(keys) + top)[0], `compose.yaml:2: ${problem}`);
    });
  }

  it('says what to do instead', () => {
    assert.equal(advice(service('use_api_socket: true')), 'Remove it.');
  });

  it('does not matter in a service that is off', () => {
    const off = '\n  b: {image: x, profiles: [p], use_api_socket: true}';
    assert.equal(projectOf(service('user: "1"') + off).services.length, 1);
  });
});

describe('a key that has no effect', () => {
  it('is told once for all services, with its first place', () => {
    assert.deepEqual(
      warnings(`${service('cpu_rt_period: 1')}\n  b: {image: x, cpu_rt_period: 1}`),
      [
        'compose.yaml:2: services.a.cpu_rt_period (and 1 more) has no effect: Podman cannot hold to it in a job.',
      ],
    );
  });

  it('is told of deep in a service, and of networks', () => {
    const text = `${service(
      'networks: {n: {priority: 5}}, deploy: {mode: global}',
    )}\nnetworks:\n  n: {enable_ipv4: false}`;
    assert.deepEqual(warnings(text), [
      'compose.yaml:2: services.a.networks.n.priority has no effect: networks are joined in their order.',
      'compose.yaml:2: services.a.deploy.mode has no effect: it means something to a swarm only.',
      'compose.yaml:4: networks.n.enable_ipv4 has no effect: Podman networks always have IPv4.',
    ]);
  });
});

describe('an unknown key', () => {
  it('is told with the name that is nearest', () => {
    assert.equal(advice(service('enviroment: {}')), 'Did you mean environment?');
    assert.equal(advice(service('Ports: []')), 'Did you mean ports?');
  });

  it('that is near to none is told with the few that are known there', () => {
    assert.equal(advice(service('quality: 1')), 'Remove it, or begin it with x- to keep it.');
    assert.match(
      advice(service('depends_on: {b: {quality: 1}}')),
      /^Remove it, or begin it with x- to keep it\. Here stand condition, required, restart\.$/,
    );
  });

  it('is told at the top, too', () => {
    assert.deepEqual(
      problemsOf('service: {a: {image: x}}')[0],
      'compose.yaml:1: service is not a key of compose files.',
    );
  });
});

describe('profiles', () => {
  const text = [
    'services:',
    '  a: {image: x, depends_on: {b: {condition: service_started, required: false}}}',
    '  b: {image: x, profiles: [p, q]}',
    '  c: {image: x, profiles: [r], depends_on: [b]}',
  ].join('\n');
  const names = (more: Parameters<typeof projectOf>[3]): readonly string[] =>
    projectOf(text, {}, {}, more).services.map(({ name }) => name);

  it('leave services off until one of theirs is active', () => {
    assert.deepEqual(names({ profiles: [] }), ['a']);
    assert.deepEqual(names({ profiles: ['q'] }), ['a', 'b']);
    assert.deepEqual(names({ profiles: ['*'] }), ['a', 'b', 'c']);
  });

  it('of a service that is named are active', () => {
    assert.deepEqual(names({ services: ['b'] }), ['b']);
  });

  it('must not leave off what others need', () => {
    assert.deepEqual(problemsOf(text, {}, {}, { profiles: ['r'] }), [
      'compose.yaml:4: services.c depends on b, which is off: none of its profiles is active.',
    ]);
  });

  it('of no service: a name that is unknown is told with those that are known', () => {
    assert.deepEqual(problemsOf(text, {}, {}, { services: ['z'] }), [
      'selectServices: There is no service z in the compose file.',
    ]);
  });
});
