import assert from 'node:assert/strict';
import { hostNetworkProblems, onHostNetwork } from '../../../../src/core/podman/host-network.ts';
import { serviceOf } from '../../../support/compose-text.ts';

const service = (name: string, ...ports: number[]) => ({
  title: name,
  service: serviceOf(`services: {${name}: {image: x, ports: [${ports.map(String).join(', ')}]}}`),
});

describe("a container on the agent's own network", () => {
  it('publishes nothing, and finds the others by /etc/hosts', () => {
    const args = ['--detach', '--network', 'n:alias=db', '--publish', '127.0.0.1::80', '--init'];
    const { args: changed, env } = onHostNetwork(
      { args: [...args, 'img:1', 'curl', '--network', 'x'], env: { A: 'b' } },
      'img:1',
      ['db', 'web'],
    );
    assert.deepEqual(changed, [
      ...['--detach', '--init', '--network', 'host', '--add-host', 'db:127.0.0.1'],
      ...['--add-host', 'web:127.0.0.1', 'img:1', 'curl', '--network', 'x'],
    ]);
    assert.deepEqual(env, { A: 'b' });
  });

  it('cannot share a port with another one', () => {
    const plans = [service('a', 80, 81), service('b', 80), service('c', 82)];
    const [problem, ...others] = hostNetworkProblems(plans, 'c.yaml');
    assert.match(problem?.what ?? '', /^a and b both use port 80\/tcp/);
    assert.deepEqual(others, []);
  });
});
