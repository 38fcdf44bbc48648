import assert from 'node:assert/strict';
import { readBytes } from '../../../../src/core/compose/bytes.ts';
import { problemsOf, serviceOf } from '../../../support/compose-text.ts';

describe('sizes', () => {
  it('have units of 1024, in letters of either case, with or without b', () => {
    const sizes = {
      '64': 64,
      '1k': 1024,
      '1kb': 1024,
      '2M': 2 * 1024 ** 2,
      '1.5 GiB': 1.5 * 1024 ** 3,
      '1T': 1024 ** 4,
      '7b': 7,
      '-1': -1,
    };
    for (const [text, value] of Object.entries(sizes)) {
      assert.deepEqual(readBytes(text), { value }, text);
    }
    assert.deepEqual(readBytes(10), { value: 10 });
  });

  it('say nothing when they are numbers with a fraction, as to Docker', () => {
    assert.deepEqual(readBytes(10.9), { value: 0 });
  });

  it('are refused with other units, and without a number', () => {
    for (const text of ['', 'm', '1x', '1 2', '1  k', '-1k', '1mm', true]) {
      assert.ok('fault' in readBytes(text), String(text));
    }
  });

  it('of deploy are texts', () => {
    const limits = (memory: string): string =>
      `services: {a: {image: x, deploy: {resources: {limits: {memory: ${memory}}}}}}`;
    assert.equal(serviceOf(limits('64m')).options.mem_limit, 64 * 1024 ** 2);
    assert.match(problemsOf(limits('64'))[0] ?? '', /limits\.memory expected text, found 64/);
  });
});

describe('limits that are said twice', () => {
  it('must agree', () => {
    const deploy = 'deploy: {replicas: 2, resources: {limits: {cpus: 1, memory: 64m}}}';
    const text = `services:\n  a: {image: x, scale: 3, cpus: 2, mem_limit: 32m, ${deploy}}`;
    assert.deepEqual(problemsOf(text), [
      'compose.yaml:2: services.a says 3 in scale and 2 in deploy.replicas.',
      'compose.yaml:2: services.a says 2 in cpus and 1 in deploy.resources.limits.cpus.',
      'compose.yaml:2: services.a says 33554432 in mem_limit and 67108864 in deploy.resources.limits.memory.',
    ]);
  });

  it('may be said in deploy alone', () => {
    const { scale, options } = serviceOf(
      'services: {a: {image: x, deploy: {replicas: 2, resources: {limits: {cpus: 0.5, pids: 9}, reservations: {memory: 1m}}}}}',
    );
    assert.deepEqual(
      [scale, options.cpus, options.pids_limit, options.mem_reservation],
      [2, 0.5, 9, 1024 ** 2],
    );
  });
});
