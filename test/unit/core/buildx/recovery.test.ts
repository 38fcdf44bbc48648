import assert from 'node:assert/strict';
import { failureCause } from '../../../../src/core/buildx/failure-cause.ts';
import { type Recovery, recoveryOf, waitBefore } from '../../../../src/core/buildx/recovery.ts';
import { parseStepName } from '../../../../src/core/buildx/step-name.ts';

const recovery = (message: string, step?: string): Recovery =>
  recoveryOf(
    failureCause(message, step === undefined ? undefined : parseStepName(step), undefined),
  );

const push = 'failed to push a.io/x:1: ';
const pull = 'failed to resolve source metadata for docker.io/library/node:24: ';

describe('what may help a failed build', () => {
  it('is another replica when the daemon went away', () => {
    for (const message of [
      'Unavailable: error reading from server: EOF',
      'failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
      'Unavailable: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:1234: connect: connection refused"',
    ]) {
      assert.equal(recovery(message), 'other-replica', message);
    }
  });

  it('is time when a registry is busy, restarts or drops the connection', () => {
    for (const answer of [
      'unexpected status from PUT request to http://a.io/v2/x/blobs/uploads/1: 500 Internal Server Error',
      'unexpected status from HEAD request to https://a.io/v2/x/manifests/1: 429 Too Many Requests',
      'toomanyrequests: rate exceeded',
      'failed to do request: Put "https://a.io/v2/x": read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer',
      'failed to do request: Head "https://a.io/v2/x": net/http: TLS handshake timeout',
      'failed to do request: Head "https://a.io/v2/x": dial tcp 10.0.0.1:443: i/o timeout',
      'failed to do request: Put "https://a.io/v2/x": EOF',
      'failed to do request: Put "https://a.io/v2/x": readfrom tcp 127.0.0.1:1->127.0.0.1:2: write tcp 127.0.0.1:1->127.0.0.1:2: use of closed network connection',
      'failed to do request: Put "https://a.io/v2/x": write tcp 127.0.0.1:1->127.0.0.1:2: write: broken pipe',
      'failed to do request: Head "https://a.io/v2/x": dial tcp: lookup a.io on 10.0.0.2:53: server misbehaving',
      'failed to do request: Put "https://a.io/v2/x": http2: client connection lost',
      'failed to do request: Get "https://a.io/v2/x": net/http: timeout awaiting response headers',
    ]) {
      assert.equal(recovery(`${push}${answer}`), 'again', answer);
      assert.equal(recovery(`${pull}${answer}`), 'again', answer);
    }
  });

  it('is nothing when the registry refuses', () => {
    assert.equal(recovery(`${push}unexpected status from HEAD request: 401 Unauthorized`), 'none');
    assert.equal(recovery(`${pull}403 Forbidden`), 'none');
    assert.equal(recovery(`${pull}docker.io/library/node:24: not found`), 'none');
    const tls = 'failed to do request: Head "https://a.io/v2/x": tls: failed to verify certificate';
    assert.equal(recovery(`${pull}${tls}: x509: unknown authority`), 'none');
  });

  it('is nothing for the mistakes of the user, whatever their commands print', () => {
    const failed =
      'process "/bin/sh -c curl -f http://x/503; echo EOF" did not complete successfully: exit code: 22';
    assert.equal(recovery(failed, '[2/2] RUN curl -f http://x/503; echo EOF'), 'none');
    assert.equal(recovery('dockerfile parse error on line 2: unknown instruction: RNU'), 'none');
  });
});

describe('the wait before another try', () => {
  it('doubles from a second, and stays bounded', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 9].map(waitBefore), [1000, 2000, 4000, 8000, 15000, 15000]);
  });
});
