import assert from 'node:assert/strict';
import { parseEndpointLines } from '../../../../src/core/buildkit/endpoint-lines.ts';
import { isPrivate } from '../../../../src/core/buildkit/endpoint.ts';
import { describeProblem } from '../../../../src/core/errors.ts';

const parse = (
  input: readonly string[],
  buildkitHost?: string,
  connection: readonly string[] = [],
) => parseEndpointLines({ input, connection, buildkitHost });

function lineOf(text: string) {
  const result = parse([text]);
  assert.ok(result.ok, JSON.stringify(result));
  const [line] = result.value;
  assert.ok(line);
  return line;
}

const addressOf = (text: string) => lineOf(text).address;

function problemOf(lines: readonly string[], buildkitHost?: string): string {
  const result = parse(lines, buildkitHost);
  assert.ok(!result.ok, `${lines.join(' ')} was taken`);
  return result.problems.map(describeProblem).join('\n');
}

describe('an endpoint of BuildKit', () => {
  it('is a host with a port, or a socket', () => {
    assert.deepEqual(addressOf('tcp://buildkitd.ci.svc:1234'), {
      kind: 'tcp',
      url: 'tcp://buildkitd.ci.svc:1234',
      host: 'buildkitd.ci.svc',
      port: 1234,
    });
    assert.deepEqual(addressOf('unix:///run/buildkit/buildkitd.sock'), {
      kind: 'unix',
      url: 'unix:///run/buildkit/buildkitd.sock',
      path: '/run/buildkit/buildkitd.sock',
    });
  });

  it('is a service of DNS, or a name with several addresses', () => {
    const srv = addressOf('srv+tcp://_grpc._tcp.buildkitd.ci.svc.cluster.local');
    assert.equal(srv.kind === 'srv' && srv.service, '_grpc._tcp.buildkitd.ci.svc.cluster.local');
    const dns = addressOf('dns+tcp://buildkitd.ci.svc:1234');
    assert.deepEqual(dns.kind === 'dns' && [dns.host, dns.port], ['buildkitd.ci.svc', 1234]);
  });

  const programs = [
    [
      'kube-pod://buildkitd-0?namespace=ci&container=b',
      'kubectl --context= --namespace=ci exec --container=b -i buildkitd-0 -- buildctl dial-stdio',
    ],
    [
      'kube-pod://buildkitd-0',
      'kubectl --context= --namespace= exec --container= -i buildkitd-0 -- buildctl dial-stdio',
    ],
    ['ssh://ci@host:2222', 'ssh -l ci -p 2222 -- host buildctl dial-stdio'],
    ['ssh://host/', 'ssh -- host buildctl dial-stdio'],
    ['ssh://[fd00::1]/run/b.sock', 'ssh -- fd00::1 buildctl --addr unix:///run/b.sock dial-stdio'],
  ] as const;
  for (const [url, command] of programs) {
    it(`is reached by the program that buildx starts, too: ${url}`, () => {
      const endpoint = addressOf(url);
      assert.equal(
        endpoint.kind === 'program' && [endpoint.file, ...endpoint.args].join(' '),
        command,
      );
    });
  }

  it('takes an IPv6 address in brackets, and uses it without them', () => {
    const endpoint = addressOf('tcp://[fd00::1]:1234');
    assert.equal(endpoint.kind === 'tcp' && endpoint.host, 'fd00::1');
  });

  it('may have a name and platforms, in any order and normal form', () => {
    const line = lineOf('tcp://a:1 platforms=arm64,linux/amd64 name=first');
    assert.equal(line.name, 'first');
    assert.deepEqual(line.platforms, ['linux/amd64', 'linux/arm64']);
  });

  it("is the agent's BUILDKIT_HOST when nothing else is given", () => {
    const fromAgent = parse([], 'tcp://agents:1');
    assert.equal(fromAgent.ok && fromAgent.value[0]?.address.url, 'tcp://agents:1');
    const given = parse(['tcp://mine:1'], 'tcp://agents:1', ['tcp://connections:1']);
    assert.deepEqual(given.ok && given.value.map(({ address }) => address.url), [
      'tcp://mine:1',
      'tcp://connections:1',
    ]);
  });

  it('has to come from somewhere', () => {
    assert.match(problemOf([]), /^endpoints: .*found nothing, and the agent has no BUILDKIT_HOST/);
  });

  it('is blamed on BUILDKIT_HOST when that is malformed, as the user wrote nothing', () => {
    assert.match(problemOf([], 'buildkitd'), /^endpoints: The agent's BUILDKIT_HOST was used/);
  });

  it('is blamed on the connection when it stands there', () => {
    const result = parse([], undefined, ['buildkitd']);
    assert.equal(!result.ok && result.problems[0]?.where, 'buildkitConnection');
  });

  it('is told with every other mistake, all lines at once', () => {
    const found = problemOf(['a:1 name=', 'tcp://b', 'tcp://c:1 platforms=x/y']).split('\n');
    assert.equal(found.length, 4, found.join('\n'));
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
    ['tcp://a:1 tcp://b:1', /found "tcp:\/\/b:1" in .*one daemon a line/],
    ['tcp://a:1 platforms=linux/amd64, linux/arm64', /found "linux\/arm64".*commas without spaces/],
    ['tcp://a:1 name=a/b', /after name=, found "a\/b"/],
    ['srv+tcp://buildkitd.ci:1234', /full DNS name and no port/],
    ['srv+tcp://_grpc._tcp.b.ci name=x', /name= has no place .* DNS names its replicas/],
    ['dns+tcp://10.0.0.1:1234', /tcp:\/\/ before an address of its own/],
    ['docker-container://buildkitd', /docker-container:\/\/ does not work here/],
    ['ftp://b:1', /Begin with tcp, unix, srv\+tcp, dns\+tcp, kube-pod or ssh/],
    ['kube-pod://Buildkitd_0', /Write kube-pod:\/\/pod\?context=NAME/],
    ['kube-pod://buildkitd-0?ns=ci', /Remove "ns"\./],
    ['kube-pod://buildkitd-0?namespace=Ci', /Write kube-pod:\/\/pod/],
    ['ssh://ci:secret@host', /Leave the password out/],
    ['ssh://host?port=22', /Write ssh:\/\/user@host/],
    ['$(buildkit)', /variable "buildkit" is not defined/],
  ] as const;
  for (const [text, cure] of mistakes) {
    it(`tells how to mend ${text}`, () => {
      assert.match(problemOf([text]), cure);
      assert.match(problemOf([text]), /^endpoints: /);
    });
  }

  it('is private when nobody on the network can listen in', () => {
    const own = ['tcp://localhost:1', 'tcp://127.0.0.2:1', 'tcp://[::1]:1', 'unix:///s', 'ssh://h'];
    assert.ok(own.every((url) => isPrivate(addressOf(url))));
    const open = ['tcp://10.0.0.1:1', 'tcp://localhost.example:1', 'dns+tcp://b:1'];
    assert.ok(!open.some((url) => isPrivate(addressOf(url))));
  });
});
