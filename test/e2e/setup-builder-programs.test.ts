import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Daemon } from '../../scripts/lib/playground/daemon.ts';
import { startBuildkitd } from '../../scripts/lib/playground/start-buildkitd.ts';
import { toolFolders, toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { kubectlStandIn } from '../support/kubectl-stand-in.ts';
import { mustRun } from '../support/run-tool.ts';
import { type SetupRun, setUp } from '../support/setup-runs.ts';
import { type SshServer, startSshServer } from '../support/ssh-server.ts';

describe('SetupBuildkitBuilder with a real daemon behind a program', function () {
  this.timeout(120_000);
  let folder: string;
  let socket: string;
  let daemon: Daemon;
  let ssh: SshServer;
  let kubectl: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'programs-'));
    await builtTasks();
    socket = join(folder, 'b.sock');
    daemon = await startBuildkitd('behind', join(folder, 'state'), ['--addr', `unix://${socket}`]);
    const tools = `${dirname(toolPath('buildctl'))}:/usr/bin:/bin`;
    await mkdir(join(folder, 'ssh'));
    ssh = await startSshServer(join(folder, 'ssh'), tools);
    const environment = { PATH: tools, BUILDKIT_HOST: `unix://${socket}` };
    kubectl = await kubectlStandIn(join(folder, 'kubectl'), 'buildkitd-0', environment);
  });

  after(async () => {
    await ssh.stop();
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const attach = (endpoints: string, programs: string, path?: string): Promise<SetupRun> => {
    const rest = path ?? process.env['PATH'] ?? '';
    const environment = { PATH: [programs, ...toolFolders(), rest].join(':') };
    return setUp({ folder, inputs: { endpoints, connectTimeout: '0' }, environment });
  };

  async function buildsWith({ environment }: SetupRun): Promise<void> {
    const context = await mkdtemp(join(folder, 'context-'));
    await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
    const out = join(context, 'out');
    await mustRun(['buildx', 'build', '--output', `type=local,dest=${out}`, context], environment);
    assert.match(await readFile(join(out, 'Dockerfile'), 'utf8'), /FROM scratch/);
  }

  it('looks at it over ssh as at any other, and builds there', async () => {
    const run = await attach(`ssh://${ssh.host}${socket}`, ssh.client);
    assert.equal(run.exitCode, 0, run.output);
    assert.match(run.output, /root@127\.0\.0\.1:\S+: BuildKit v0\.32\.2 answers\./);
    assert.match(run.output, /-0 +ssh:\S+ +0\.32\.2 +\S+ +[\d.]+ k?M?B of \S+ GB +0$/m);
    await buildsWith(run);
  });

  it('does the same with kubectl and a pod', async () => {
    const run = await attach('kube-pod://buildkitd-0?namespace=ci', kubectl);
    assert.equal(run.exitCode, 0, run.output);
    assert.equal(run.variables.get('replica'), 'buildkitd-0?namespace=ci');
    assert.equal(run.variables.get('buildkitVersion'), '0.32.2');
    await buildsWith(run);
  });

  const refusals = [
    [
      'a host that nobody vouches for',
      () => ssh.newcomer,
      /Host key verification failed\).*known_hosts/,
    ],
    ['a key that is not let in', () => ssh.stranger, /Permission denied \(publickey\)\).* a key/],
  ] as const;
  for (const [what, programs, sentence] of refusals) {
    it(`says in ssh's own words that it met ${what}`, async () => {
      const { errors } = await attach(`ssh://${ssh.host}${socket}`, programs());
      assert.match(
        errors.join('\n'),
        /^endpoints: ssh ended before ssh:\S+ answered \(exit code 255/,
      );
      assert.match(errors.join('\n'), sentence);
    });
  }

  it('says that no daemon has the socket there', async () => {
    const { errors } = await attach(`ssh://${ssh.host}/none.sock`, ssh.client);
    assert.match(
      errors.join('\n'),
      /exit code 1: error: dial unix \/none\.sock.*buildkitd runs there/,
    );
  });

  it('says that there is no such pod, and that there is no kubectl', async () => {
    const gone = await attach('kube-pod://gone?namespace=ci', kubectl);
    assert.match(gone.errors.join('\n'), /exit code 1: Error from server.*Check the names of pod/);
    const missing = await attach('kube-pod://buildkitd-0', '/nowhere', '/nowhere');
    assert.match(missing.errors.join('\n'), /needs kubectl, which is not on this agent's PATH/);
  });
});
