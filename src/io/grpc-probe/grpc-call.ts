import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import type { ProbeFailure } from '../../core/buildkit/probe-cause.ts';

/** The end of one gRPC call: the answer's messages, or what came instead. */
export type CallOutcome =
  | { readonly kind: 'answer'; readonly messages: readonly Uint8Array[] }
  | Extract<ProbeFailure, { readonly kind: 'grpc' | 'http' | 'closed' }>;

/** A message has a flag byte and four bytes of length before it (gRPC over HTTP/2, "Length-Prefixed-Message"). */
const prefixLength = 5;

/**
 * Calls a method with one message and waits for the end of its answer, which the daemon must have one for.
 * @param method full name, e.g. `moby.buildkit.v1.Control/Info`
 * @throws the stream's error when the connection breaks
 */
export function grpcCall(
  session: ClientHttp2Session,
  method: string,
  request: Uint8Array = new Uint8Array(),
): Promise<CallOutcome> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    let headers: IncomingHttpHeaders = {};
    const take = (received: IncomingHttpHeaders): void => {
      headers = { ...headers, ...received };
    };
    stream.on('response', take);
    stream.on('trailers', take);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      resolve(outcome(headers, Buffer.concat(chunks)));
    });
    stream.on('error', reject);
    stream.end(framed(request));
  });
}

function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(prefixLength);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** A call that failed at once has its status in the headers, with no message ("Trailers-Only"). */
function outcome(headers: IncomingHttpHeaders, body: Buffer): CallOutcome {
  const status = headers[':status'];
  const grpcStatus = headers['grpc-status'];
  if (status === undefined) return { kind: 'closed' };
  if (grpcStatus === undefined) return { kind: 'http', status: Number(status) };
  if (grpcStatus === '0') return { kind: 'answer', messages: messagesIn(body) };
  const message = String(headers['grpc-message'] ?? '');
  return { kind: 'grpc', status: Number(grpcStatus), message };
}

function messagesIn(body: Buffer): readonly Uint8Array[] {
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at + prefixLength <= body.length) {
    const end = at + prefixLength + body.readUInt32BE(at + 1);
    messages.push(body.subarray(at + prefixLength, end));
    at = end;
  }
  return messages;
}
