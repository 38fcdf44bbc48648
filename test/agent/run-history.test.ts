import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeServer, startFakeServer } from '../../local-agent/fake-server/fake-server.ts';
import { type StoredRun, keepRun, readRuns } from '../../local-agent/fake-server/run-store.ts';
import { azureRunHistory } from '../../src/io/azure-devops/azure-run-history.ts';
import type { RunHistory } from '../../src/ports/run-history.ts';

const token = 'job-token';
const type = 'daemonless.report';

describe("Earlier runs, by Microsoft's client over the REST API", () => {
  let folder: string;
  let server: FakeServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-history-'));
    await writeFile(join(folder, 'report.json'), '{"ms":1}');
    const record = (recordId: string, name: string, stored: string | null) => ({
      ...{ timelineId: 'a1', recordId, type, name, stored },
    });
    const run = (id: number, change: Partial<StoredRun> = {}): StoredRun => ({
      ...{ id, buildNumber: `2026.${id}`, definition: 7, sourceBranch: 'refs/heads/main' },
      ...{
        result: 'succeeded',
        finishTime: `2026-01-0${id}T00:00:00Z`,
        attachments: [],
        ...change,
      },
    });
    const attachments = [
      record('b1', 'build-1', join(folder, 'report.json')),
      record('b2', 'lost', null),
    ];
    const runs = [
      run(1, { attachments }),
      run(2, { result: 'failed' }),
      run(3, { sourceBranch: 'refs/heads/other' }),
      run(4, { definition: 8 }),
    ];
    for (const one of runs) await keepRun(join(folder, 'runs'), one);
    server = await startFakeServer({
      ...{ token, buildId: 5, attachments: () => [], secureFile: () => null },
      earlierRuns: await readRuns(join(folder, 'runs')),
    });
  });

  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const history = (
    change: { readonly token?: string; readonly collection?: string } = {},
  ): RunHistory =>
    azureRunHistory({
      ...{ collection: server.collectionUri, project: 'local', definition: 7, build: 5, token },
      options: {},
      ...change,
    });

  it('are those of the pipeline and the branch, the last to finish first', async () => {
    const runs = await history().runs('refs/heads/main');
    assert.deepEqual(
      runs.map(({ id, name, isSucceeded }) => [id, name, isSucceeded]),
      [
        [2, '2026.2', false],
        [1, '2026.1', true],
      ],
    );
  });

  it('give back what they attached, by type and name', async () => {
    const [, first] = await history().runs('refs/heads/main');
    assert.ok(first);
    assert.equal(await history().attachment(first, type, 'build-1'), '{"ms":1}');
    assert.equal(await history().attachment(first, type, 'lost'), undefined);
    assert.equal(await history().attachment(first, 'other', 'build-1'), undefined);
  });

  it('are refused to a stranger', async () => {
    await assert.rejects(history({ token: 'guess' }).runs('refs/heads/main'), /401|Unauthorized/);
  });

  it('are waited for no longer than some seconds', async function () {
    this.timeout(30_000);
    const silent = createServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as AddressInfo;
    const collection = `http://127.0.0.1:${port}/local/`;
    await assert.rejects(
      history({ collection }).runs('refs/heads/main'),
      /no answer in 8 s|timeout/i,
    );
    silent.close();
  });
});
