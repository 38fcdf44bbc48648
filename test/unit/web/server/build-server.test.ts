import assert from 'node:assert/strict';
import { buildServer } from '../../../../web/server/build-server.ts';
import { type ServerTrouble, troubleOf } from '../../../../web/server/server-error.ts';

const base = 'https://dev.azure.com/contoso';
const json = { 'content-type': 'application/json' };

/** A server that gives these answers, one after the other, and what it was asked. */
function serverOf(...answers: readonly (Response | Error)[]) {
  const asked: { url: string; token: string | null }[] = [];
  const left = [...answers];
  const server = buildServer({
    ...{ base, project: 'shop' },
    token: () => Promise.resolve(`token-${asked.length + 1}`),
    fetch: (url, init) => {
      asked.push({ url, token: new Headers(init.headers).get('authorization') });
      const answer = left.shift();
      return answer instanceof Response
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error());
    },
  });
  return { server, asked };
}

const troubleWith = async (...answers: (Response | Error)[]): Promise<ServerTrouble> =>
  serverOf(...answers)
    .server.build(1)
    .then(
      () => assert.fail('It was read.'),
      (error: unknown) => troubleOf(error),
    );

const place = { timeline: 't', record: 'r', type: 'daemonless.report', name: 'build 1/2' };

describe('the questions of the tab', () => {
  it('go to the collection alone, wherever an answer says that an attachment lies', async () => {
    const href =
      'https://elsewhere.example/_apis/build/builds/7/t/r/attachments/daemonless.report/b';
    const list = JSON.stringify({ value: [{ name: 'b', _links: { self: { href } } }] });
    const { server, asked } = serverOf(new Response(list, { headers: json }), new Response('{}'));
    const [found] = await server.attachments(7, 'daemonless.report');
    assert.ok(found);
    await server.content(7, found);
    assert.ok(asked.every(({ url }) => url.startsWith(`${base}/shop/_apis/build/builds/7/`)));
    assert.deepEqual(
      asked.map(({ token }) => token),
      ['Bearer token-1', 'Bearer token-2'],
    );
  });

  it('have names in their addresses that cannot change these', () => {
    const { server } = serverOf();
    const address = server.address(7, { ...place, name: '../../x?y#z' });
    assert.equal(new URL(address).pathname.split('/').at(-1), '..%2F..%2Fx%3Fy%23z');
  });

  it('about a type of which there is nothing end well', async () => {
    const { server } = serverOf(new Response('', { status: 404 }));
    assert.deepEqual(await server.attachments(7, 'daemonless.doctor'), []);
  });
});

describe('an answer that is none', () => {
  it('is told by what people can do about it', async () => {
    const page = new Response('<html>', {
      status: 203,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    const told = [
      await troubleWith(new Response('', { status: 401 })),
      await troubleWith(new Response('', { status: 403 })),
      await troubleWith(page),
      await troubleWith(new Response('', { status: 404 })),
      await troubleWith(new TypeError('Failed to fetch')),
      await troubleWith(new DOMException('', 'TimeoutError')),
      await troubleWith(new Response('', { status: 503 })),
      await troubleWith(new Response('{', { headers: json })),
    ];
    assert.deepEqual(told, [
      ...Array.from({ length: 3 }, () => ({ kind: 'not-allowed' })),
      { kind: 'not-found' },
      { kind: 'unreachable', what: 'The server could not be reached.' },
      { kind: 'unreachable', what: 'The server gave no answer in 20 s.' },
      { kind: 'unexpected', what: 'The server answered 503.' },
      {
        kind: 'unexpected',
        what: 'The server gave an answer of another form than its REST API 7.0 describes.',
      },
    ]);
  });

  it('of more than 10 MB is left half-way', async () => {
    let parts = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        parts += 1;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    const { server } = serverOf(new Response(endless));
    await assert.rejects(server.content(7, place), {
      trouble: { kind: 'too-large', bytes: 10_000_000 },
    });
    assert.ok(parts <= 13, String(parts));
  });
});
