import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundledStep, runBundledJob } from '../../support/services-bundle.ts';
import {
  type ServicesGround,
  leave,
  skipWithoutPlainUser,
  startServicesGround,
} from '../../support/services-ground.ts';

const echo = `use Socket; socket(S, PF_INET, SOCK_DGRAM, 0); bind(S, sockaddr_in(5005, INADDR_ANY)); while ($from = recv(S, $text, 99, 0)) { send(S, "heard $text", 0, $from) }`;
const serve = (page: string): string => `echo ${page} > /tmp/page; exec httpd -f -p 80 -h /tmp`;
const web = (page: string): object => ({
  image: 'busybox:1',
  command: ['sh', '-c', serve(page)],
  healthcheck: { test: 'wget -qO- http://127.0.0.1/page', interval: '2s', retries: 20 },
});
const checks = `
echo "same network: $(wget -qO- http://near/page)"
wget -T 3 -qO- http://far/page 2>/dev/null && echo "other network: reached" || echo "other network: not found"
echo "volume: $(cat /shared/note), bind: $(cat /host/note)"
echo "secret: $(cat /run/secrets/token), config: $(cat /etc/app.conf)"
echo "copies: $(nslookup many 2>/dev/null | grep -c '^Address: ')"
`;

/** The cases of compose-spec's conformance suite, as one project. */
function project(folder: string): object {
  const ready = { condition: 'service_healthy' };
  return {
    services: {
      near: { ...web('near'), networks: ['front'] },
      far: { ...web('far'), networks: ['back'] },
      many: { ...web('many'), networks: ['front'], scale: 3 },
      writer: {
        ...{ image: 'busybox:1', networks: ['front'], volumes: ['shared:/shared'] },
        command: ['sh', '-c', 'echo written > /shared/note; exec sleep 1000'],
      },
      echo: {
        ...{ image: 'debian:bookworm-slim', command: ['perl', '-e', echo.replaceAll('$', '$$$$')] },
        ...{ networks: ['front'], ports: ['5005/udp'] },
      },
      tests: {
        ...{ image: 'busybox:1', command: ['sh', '-c', checks.replaceAll('$', '$$$$')] },
        ...{ networks: ['front'], volumes: ['shared:/shared', `${folder}/host:/host:ro`] },
        ...{ secrets: ['token'], configs: [{ source: 'app', target: '/etc/app.conf' }] },
        depends_on: {
          near: ready,
          far: ready,
          many: ready,
          writer: { condition: 'service_started' },
        },
      },
    },
    networks: { front: {}, back: {} },
    volumes: { shared: {} },
    secrets: { token: { file: `${folder}/token` } },
    configs: { app: { content: 'mode=test' } },
  };
}

for (const as of ['root', 'plain user'] as const) {
  describe(`the cases of compose-spec's conformance suite, as ${as}`, function () {
    this.timeout(300_000);
    let ground: ServicesGround;
    let step: BundledStep;

    before(async function () {
      if (as === 'plain user') await skipWithoutPlainUser(this);
      ground = await startServicesGround(as);
      await mkdir(join(ground.folder, 'host'));
      await writeFile(join(ground.folder, 'host/note'), 'from the host');
      await writeFile(join(ground.folder, 'token'), 'a-secret-token');
      const compose = project(ground.folder);
      step = await runBundledJob(ground, { id: 'one', compose, inputs: { testService: 'tests' } });
    });

    after(() => leave(ground));

    const tells = (pattern: RegExp) => () => {
      assert.match(step.main.output, pattern);
    };

    it('network: services find each other by name', tells(/same network: near$/m));
    it('isolated networks: they do not find who is elsewhere', tells(/other network: not found$/m));
    it(
      'volume: what one writes another reads, and the host has its part',
      tells(/volume: written, bind: from the host$/m),
    );
    it(
      'secret file and config file: they stand where the file says',
      tells(/secret: \S+, config: mode=test$/m),
    );
    it('scaling: a name leads to all copies', tells(/copies: 3$/m));

    it('udp: a published port answers on the host', async () => {
      const [, json = '{}'] = /variable=services;[^\]]*\](.*)$/m.exec(step.main.output) ?? [];
      const { echo: found } = JSON.parse(json) as Record<string, { ports: Record<string, number> }>;
      const socket = createSocket('udp4');
      socket.send('hello', found?.ports['5005.udp'], '127.0.0.1');
      const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [
        Buffer,
      ];
      socket.close();
      assert.equal(answer.toString(), 'heard hello');
    });

    it('lifecycle: all run until the end of the job, then nothing is left', async () => {
      const running = (await ground.left()).filter((name) =>
        /-(near|far|many.*|writer|echo)$/.test(name),
      );
      assert.equal(running.length, 7, running.join());
      const post = await step.post('Succeeded');
      assert.match(post.output, /result=Succeeded/);
      assert.deepEqual(await ground.left(), []);
    });
  });
}
