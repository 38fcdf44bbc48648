import assert from 'node:assert/strict';
import {
  type ProbeFailure,
  mayComeLater,
  probeCause,
} from '../../../../src/core/buildkit/probe-cause.ts';
import { probeProblem } from '../../../../src/core/buildkit/probe-problem.ts';
import { describeProblem } from '../../../../src/core/errors.ts';

const error = (code: string, message = ''): ProbeFailure => ({ kind: 'error', code, message });
const altNames =
  "Hostname/IP does not match certificate's altnames: Host: b.ci. is not in the cert's altnames: DNS:localhost, IP Address:127.0.0.1";

/** What was seen against real servers with Node 20 and 24, and what a user reads about it. */
const table: readonly (readonly [string, ProbeFailure, RegExp])[] = [
  ['nothing-listens', error('ECONNREFUSED'), /^endpoints: Nothing listens at tcp:\/\/b\.ci:1234/],
  [
    'unknown-host',
    error('ENOTFOUND'),
    /^endpoints: The host name in tcp:\/\/b\.ci:1234 is unknown/,
  ],
  [
    'no-answer',
    { kind: 'timeout', afterMs: 900, connected: false },
    /No connection .* within 0\.9 s: packets get lost/,
  ],
  [
    'silent',
    { kind: 'timeout', afterMs: 5000, connected: true },
    /took the connection and then said nothing within 5 s/,
  ],
  ['no-socket', error('ENOENT'), /There is no socket/],
  ['no-permission', error('EACCES'), /agent's user may not use/],
  [
    'untrusted-certificate',
    error('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    /^caCert: .*not signed by the authority in caCert/,
  ],
  [
    'name-not-in-certificate',
    error('ERR_TLS_CERT_ALTNAME_INVALID', altNames),
    /^serverName: .*not for "b\.ci"; it is for DNS:localhost, IP Address:127\.0\.0\.1\./,
  ],
  [
    'expired-certificate',
    error('CERT_HAS_EXPIRED'),
    /certificate of tcp:\/\/b\.ci:1234 has expired/,
  ],
  [
    'client-certificate-required',
    error('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    /^clientCert: .*asks for a client certificate, and none was given/,
  ],
  [
    'client-certificate-refused',
    error('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'),
    /^clientCert: .*does not accept the client certificate \(unknown ca\)/,
  ],
  ['daemon-speaks-plain', error('ERR_SSL_WRONG_VERSION_NUMBER'), /^caCert: .*does not speak TLS/],
  [
    'daemon-speaks-tls',
    { kind: 'closed', withTls: error('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
    /^caCert: .*speaks TLS, and caCert is empty/,
  ],
  ['closed', { kind: 'closed', withTls: error('ECONNRESET') }, /closed it without an answer/],
  [
    'no-program',
    { kind: 'program', program: 'kubectl', said: '' },
    /^endpoints: tcp:\S+ needs kubectl, which is not on this agent's PATH/,
  ],
  [
    'program-failed',
    {
      ...{ kind: 'program', program: 'ssh', exitCode: 255 },
      said: 'ssh: connect to host b.ci port 22: Connection refused\n',
    },
    /^endpoints: ssh ended before tcp:\S+ answered \(exit code 255: ssh: connect .* refused\)/,
  ],
  [
    'program-refused',
    {
      ...{ kind: 'program', program: 'kubectl', exitCode: 1 },
      said: 'sh: 1: buildctl: not found\ncommand terminated with exit code 127',
    },
    /\(exit code 1: sh: 1: buildctl: not found\)\. Install buildctl/,
  ],
  ['not-grpc', error('ERR_HTTP2_ERROR'), /does not speak gRPC: a web server, perhaps/],
  [
    'not-buildkit',
    { kind: 'grpc', status: 12, message: 'unknown service' },
    /speaks gRPC, but it is not BuildKit/,
  ],
  ['not-ready', { kind: 'http', status: 503 }, /unavailable \(HTTP 503\)/],
  [
    'other',
    { kind: 'grpc', status: 7, message: 'denied' },
    /cannot be used \(gRPC status 7: denied\)/,
  ],
];

describe('the cause of a daemon that cannot be used', () => {
  for (const [cause, failure, sentence] of table) {
    it(`is ${cause}, with its own sentence and cure`, () => {
      const problem = probeProblem(failure, { url: 'tcp://b.ci:1234', serverName: 'b.ci' });
      assert.equal(probeCause(failure), cause);
      assert.match(describeProblem(problem), sentence);
      assert.match(problem.change, /^[A-Z].*\.$/);
    });
  }

  it('never shares its sentence with another cause', () => {
    const target = { url: 'tcp://b.ci:1234', serverName: 'b.ci' };
    const sentences = table.map(([, failure]) => describeProblem(probeProblem(failure, target)));
    assert.equal(new Set(sentences).size, table.length);
  });

  it('is other for what nobody has seen yet, and then shows the code and the words', () => {
    const failure = error('ERR_SOMETHING_NEW', 'new words');
    const { what } = probeProblem(failure, { url: 'tcp://b:1', serverName: 'b' });
    assert.match(what, /ERR_SOMETHING_NEW: new words/);
  });

  it('is an unavailable daemon when a proxy in front of it says so, in HTTP or gRPC', () => {
    assert.equal(probeCause({ kind: 'grpc', status: 14, message: '' }), 'not-ready');
    assert.equal(probeCause({ kind: 'http', status: 404 }), 'not-grpc');
  });

  it('is TLS when a hello is answered by an alert, be it by a web server', () => {
    const alert = error('ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL');
    assert.equal(probeCause({ kind: 'closed', withTls: alert }), 'daemon-speaks-tls');
    assert.equal(probeCause(alert), 'not-grpc');
  });

  it('names the addresses of a certificate that has no names', () => {
    const words =
      "Hostname/IP does not match certificate's altnames: IP: 10.1.1.1 is not in the cert's list: 127.0.0.1";
    const problem = probeProblem(error('ERR_TLS_CERT_ALTNAME_INVALID', words), {
      url: 'tcp://10.1.1.1:1',
      serverName: '10.1.1.1',
    });
    assert.match(problem.what, /not for "10\.1\.1\.1"; it is for 127\.0\.0\.1\./);
  });
});

describe('waiting for a daemon', () => {
  it('helps against what a start mends, and not against wrong certificates or addresses', () => {
    const waiting = table
      .filter(([, failure]) => mayComeLater(probeCause(failure)))
      .map(([cause]) => cause);
    assert.deepEqual(waiting, [
      'nothing-listens',
      'unknown-host',
      'no-answer',
      'silent',
      'no-socket',
      'closed',
      'program-failed',
      'not-ready',
    ]);
  });
});
