import assert from 'node:assert/strict';
import { isLocal, parseEndpoints } from '../../../../src/core/buildkit/endpoint.ts';
import { describeProblem } from '../../../../src/core/errors.ts';

function endpointOf(url: string) {
  const result = parseEndpoints([url], undefined);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function problemOf(lines: readonly string[], buildkitHost?: string): string {
  const result = parseEndpoints(lines, buildkitHost);
  assert.ok(!result.ok, `${lines.join(' ')} was taken`);
  return result.problems.map(describeProblem).join('\n');
}

describe('the endpoint of BuildKit', () => {
  it('is a host with a port, or a socket', () => {
    assert.deepEqual(endpointOf('tcp://buildkitd.ci.svc:1234'), {
      kind: 'tcp',
      url: 'tcp://buildkitd.ci.svc:1234',
      host: 'buildkitd.ci.svc',
      port: 1234,
    });
    assert.deepEqual(endpointOf('unix:///run/buildkit/buildkitd.sock'), {
      kind: 'unix',
      url: 'unix:///run/buildkit/buildkitd.sock',
      path: '/run/buildkit/buildkitd.sock',
    });
  });

  it('takes an IPv6 address in brackets, and uses it without them', () => {
    const endpoint = endpointOf('tcp://[fd00::1]:1234');
    assert.equal(endpoint.kind === 'tcp' && endpoint.host, 'fd00::1');
  });

  it("is the agent's BUILDKIT_HOST when the input is empty", () => {
    const result = parseEndpoints([], 'tcp://from-the-agent:1234');
    assert.ok(result.ok && result.value.url === 'tcp://from-the-agent:1234');
  });

  it('comes from the input even when the agent has a BUILDKIT_HOST', () => {
    const result = parseEndpoints(['tcp://mine:1'], 'tcp://from-the-agent:1234');
    assert.ok(result.ok && result.value.url === 'tcp://mine:1');
  });

  it('has to come from somewhere', () => {
    assert.match(problemOf([]), /^endpoints: .*found nothing, and the agent has no BUILDKIT_HOST/);
  });

  it('is blamed on BUILDKIT_HOST when that is malformed, as the user wrote nothing', () => {
    assert.match(problemOf([], 'buildkitd'), /^endpoints: The agent's BUILDKIT_HOST was used/);
  });

  it('is one in this version, and says so', () => {
    assert.match(problemOf(['tcp://a:1', 'tcp://b:1']), /Expected one endpoint, found 2 lines/);
  });

  const mistakes = [
    ['buildkitd:1234', /Write tcp:\/\/buildkitd:1234\./],
    ['/run/buildkit.sock', /Write unix:\/\/\/run\/buildkit\.sock\./],
    ['https://buildkitd:1234', /Write tcp:\/\/buildkitd:1234; TLS comes with caCert/],
    ['unix://run/buildkit.sock', /three slashes/],
    ['tcp://buildkitd', /a host and a port/],
    ['tcp://buildkitd:0', /between 1 and 65535/],
    ['tcp://buildkitd:65536', /between 1 and 65535/],
    ['tcp://user@buildkitd:1234', /a host and a port/],
    ['tcp://buildkitd:1234/path', /a host and a port/],
    ['tcp://a:1 name=first', /without spaces or options/],
    ['kube-pod://buildkitd-0', /does not take kube-pod:\/\//],
    ['$(buildkit)', /variable "buildkit" is not defined/],
  ] as const;
  for (const [text, cure] of mistakes) {
    it(`tells how to mend ${text}`, () => {
      assert.match(problemOf([text]), cure);
      assert.match(problemOf([text]), /^endpoints: /);
    });
  }

  it('is local when nobody else can listen in', () => {
    const local = ['tcp://localhost:1', 'tcp://127.0.0.2:1', 'tcp://[::1]:1', 'unix:///s'];
    assert.ok(local.every((url) => isLocal(endpointOf(url))));
    assert.ok(
      !['tcp://10.0.0.1:1', 'tcp://localhost.example:1'].some((u) => isLocal(endpointOf(u))),
    );
  });
});
