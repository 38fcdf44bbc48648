import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { chartFolder } from '../support/chart.ts';
import { type FakeAzureDevOps, startFakeAzureDevOps } from '../support/fake-azure-devops.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chart-scripts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const script = (name: string): string => join(chartFolder, 'files', name);

describe('Scripts of the chart', () => {
  it('are right in the eyes of the shell that runs them', async () => {
    const files = await readdir(join(chartFolder, 'files'), { recursive: true });
    const scripts = files.filter((file) => file.endsWith('.sh'));
    assert.ok(scripts.length > 10);
    for (const file of scripts) {
      const check = await execa('/bin/sh', ['-n', script(file)], { reject: false });
      assert.equal(check.stderr, '', file);
      assert.match(await readFile(script(file), 'utf8'), /^#!\/bin\/sh\n# /, file);
    }
  });
});

describe('A rootless daemon on a node that refuses user namespaces', () => {
  it('says which setting of the node it is, and what to do', async () => {
    const { stderr } = await start(
      ['rootlesskit'],
      'kernel/apparmor_restrict_unprivileged_userns',
      '1',
    );
    assert.match(
      stderr,
      /this node refuses user namespaces: run "sysctl -w kernel\.apparmor_restrict/,
    );
  });

  it('says nothing where the node has no such setting, or the daemon has privileges', async () => {
    const nothing = await start(['rootlesskit'], 'user/max_user_namespaces', '28633');
    assert.doesNotMatch(nothing.stderr, /refuses/);
    const privileged = await start(['true'], 'user/max_user_namespaces', '0');
    assert.equal(privileged.stderr, '');
  });

  async function start(command: readonly string[], setting: string, value: string) {
    await mkdir(dirname(join(folder, setting)), { recursive: true });
    await writeFile(join(folder, setting), value);
    const env = { SETTINGS_FOLDER: folder, RUN_FOLDER: folder, CERTIFICATES: join(folder, 'none') };
    return execa('/bin/sh', [script('buildkit/start.sh'), ...command], { env, reject: false });
  }
});

describe('The job that removes dead agents', () => {
  const prefix = 'ci-agent-linux-';
  let server: FakeAzureDevOps;

  beforeEach(async () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    server = await startFakeAzureDevOps('ci', [
      { id: 1, name: `${prefix}dead`, status: 'offline', statusChangedOn: ago(90) },
      { id: 2, name: `${prefix}new`, status: 'offline', statusChangedOn: ago(5) },
      { id: 3, name: `${prefix}busy`, status: 'online', statusChangedOn: ago(600) },
      { id: 4, name: 'template-ci-linux', status: 'offline', statusChangedOn: ago(6000) },
      { id: 5, name: 'somebody', status: 'offline', statusChangedOn: ago(6000) },
    ]);
    await writeFile(join(folder, 'token'), 'personal');
  });
  afterEach(() => {
    server.stop();
  });

  const reap = (settings: Readonly<Record<string, string>>) =>
    execa('/bin/sh', [script('agent/reap.sh')], {
      env: {
        ...{ AZP_URL: `${server.origin}/contoso`, AZP_POOL: 'ci', NAME_PREFIX: prefix },
        ...{ OFFLINE_MINUTES: '60', AZURE_AUTHORITY_HOST: `${server.origin}/` },
        ...settings,
      },
      reject: false,
      all: true,
    });

  it('removes its own that have been offline for long, and no template, busy or foreign one', async () => {
    const { all, exitCode } = await reap({ AZP_TOKEN_FILE: join(folder, 'token') });
    assert.equal(exitCode, 0, all);
    assert.equal(all, `removed ${prefix}dead`);
    assert.deepEqual(server.left(), [2, 3, 4, 5]);
    const basic = `Basic ${Buffer.from(':personal').toString('base64')}`;
    assert.deepEqual(server.authorizations(), [basic]);
  });

  it('signs in as a service principal, or by the workload identity of its pod', async () => {
    const principal = {
      AZP_CLIENT_ID: 'c',
      AZP_TENANT_ID: 't',
      AZP_CLIENT_SECRET_FILE: join(folder, 'token'),
    };
    assert.equal((await reap(principal)).exitCode, 0);
    assert.match(server.tokenRequests()[0] ?? '', /client_id=c.*client_secret=personal/);
    const file = join(folder, 'token');
    await reap({ AZURE_CLIENT_ID: 'w', AZURE_TENANT_ID: 't', AZURE_FEDERATED_TOKEN_FILE: file });
    assert.match(server.tokenRequests()[1] ?? '', /client_id=w.*client_assertion=personal/);
    assert.deepEqual(server.authorizations(), ['Bearer issued']);
  });

  it('fails with a sentence for a pool that is not there', async () => {
    const { all, exitCode } = await reap({
      AZP_POOL: 'other',
      AZP_TOKEN_FILE: join(folder, 'token'),
    });
    assert.equal(exitCode, 1);
    assert.match(all, /There is no pool other at .*, or this identity may not see it\./);
    assert.doesNotMatch(all, /personal/);
  });
});
