import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type StartGround, startGround } from '../support/agent-start.ts';

const token = 'pat-that-nobody-may-see';

describe("the agent image's start script, with a stand-in for the agent", function () {
  this.timeout(90_000);
  let ground: StartGround;
  let AZP_TOKEN_FILE: string;

  beforeEach(async () => {
    ground = await startGround();
    AZP_TOKEN_FILE = await ground.file('token', `${token}\n`);
  });

  afterEach(() => ground.remove());

  it('is clean for shellcheck', async () => {
    await execa('shellcheck', ['--external-sources', 'deploy/agent-image/start.sh']);
  });

  it('registers, runs, and unregisters on SIGTERM', async () => {
    const start = ground.start({ AZP_TOKEN_FILE, AZP_CAPABILITIES: 'pool=build\nteam=shop' });
    await start.says(/^Listening for Jobs: startuptype$/m);
    const [agent] = ground.pool.agents;
    assert.equal(agent?.name, 'agent-1');
    for (const line of [/^arch=(amd64|arm64)$/, /^pool=build$/, /^team=shop$/]) {
      assert.ok(agent.capabilities.some((capability) => line.test(capability)));
    }
    start.stop();
    const { exitCode, output } = await start.ended;
    assert.equal(exitCode, 0, output);
    assert.match(output, /Asked to end: stopping the agent\.\nExiting\.\.\.\nUnregistering/);
    assert.deepEqual(ground.pool.agents, []);
    assert.deepEqual(
      ground.pool.calls,
      ['GET', 'POST', 'DELETE'].map((call) => `${call} :${token}`),
    );
  });

  it('reads a token anew when it unregisters', async () => {
    const start = ground.start({ AZP_TOKEN_FILE });
    await start.says(/^Listening/m);
    await ground.file('token', 'renewed');
    start.stop();
    await start.ended;
    assert.equal(ground.pool.calls.at(-1), 'DELETE :renewed');
  });

  it('tries again to unregister, and says when the agent stays', async () => {
    const start = ground.start({ AZP_TOKEN_FILE });
    await start.says(/^Listening/m);
    ground.pool.refuse(1);
    start.stop();
    const { exitCode, output } = await start.ended;
    assert.equal(exitCode, 0, output);
    assert.deepEqual(ground.pool.agents, []);
  });

  it('signs a service principal in', async () => {
    const AZP_CLIENT_SECRET_FILE = await ground.file('secret', 'client-secret');
    const ids = { AZP_CLIENT_ID: 'client', AZP_TENANT_ID: 'tenant' };
    const { exitCode } = await ground.start({
      ...{ AZP_CLIENT_SECRET_FILE, ...ids, AZP_PLACEHOLDER: 'true' },
    }).ended;
    assert.equal(exitCode, 0);
    assert.equal(ground.pool.calls.at(-1), 'POST client:client-secret');
  });

  it("exchanges a pod's identity for a token, another one at each call", async () => {
    const workload = {
      ...{ AZURE_CLIENT_ID: 'client', AZURE_TENANT_ID: 'tenant' },
      AZURE_FEDERATED_TOKEN_FILE: await ground.file('projected', 'pod.identity.signature'),
      AZURE_AUTHORITY_HOST: `${ground.pool.url}/`,
    };
    const start = ground.start(workload);
    await start.says(/^Listening/m);
    start.stop();
    const { output } = await start.ended;
    assert.deepEqual(
      ground.pool.calls,
      ['GET :entra-1', 'POST :entra-1', 'DELETE :entra-2'],
      output,
    );
    assert.deepEqual(ground.pool.forms[1], {
      grant_type: 'client_credentials',
      client_id: 'client',
      scope: '499b84ac-1321-427f-aa17-267ca6975798/.default',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'pod.identity.signature',
    });
    await ground.file('projected', 'unknown');
    const refused = await ground.start(workload).ended;
    assert.equal(refused.exitCode, 1);
    assert.match(
      refused.output,
      /gave no token: AADSTS70021: no matching credential\. Look at the/,
    );
  });

  it('tells all problems at once, and starts nothing', async () => {
    const { exitCode, output } = await ground.start({
      ...{ AZP_URL: '', AZP_TOKEN: token, AZP_TOKEN_FILE: '/nowhere', AZP_IDLE_SECONDS: 'soon' },
    }).ended;
    assert.equal(exitCode, 1);
    for (const name of ['AZP_URL', 'AZP_TOKEN', 'AZP_TOKEN_FILE', 'AZP_IDLE_SECONDS']) {
      assert.match(output, new RegExp(`^${name}: Expected .*, found|^${name}: Expected no`, 'm'));
    }
    assert.ok(!output.includes(token));
    assert.deepEqual(ground.pool.calls, []);
  });

  it('registers a placeholder, and leaves it', async () => {
    const { exitCode } = await ground.start({ AZP_TOKEN_FILE, AZP_PLACEHOLDER: 'true' }).ended;
    assert.equal(exitCode, 0);
    assert.equal(ground.pool.agents.length, 1);
  });

  it('takes one job with --once', async () => {
    await ground.file('agent/order/job', '');
    const start = ground.start({ AZP_TOKEN_FILE }, ['--once']);
    await start.says(/^Listening for Jobs: once\nRunning job$/m);
    await rm(join(ground.agent, 'order', 'job'));
    const { exitCode, output } = await start.ended;
    assert.equal(exitCode, 0, output);
    assert.deepEqual(ground.pool.agents, []);
  });

  it('lets a running job end after SIGTERM, as long as it may', async () => {
    await ground.file('agent/order/job', '');
    const start = ground.start({ AZP_TOKEN_FILE });
    await start.says(/^Running job$/m);
    start.stop();
    await start.says(/waiting up to 3600 s for the running job/);
    assert.equal(ground.pool.agents.length, 1);
    await rm(join(ground.agent, 'order', 'job'));
    const { exitCode, output } = await start.ended;
    assert.equal(exitCode, 0, output);
    assert.match(output, /Job completed\.\n(.*\n)*Unregistering/);

    await ground.file('agent/order/job', '');
    const impatient = ground.start({ AZP_TOKEN_FILE, AZP_DRAIN_SECONDS: '1' });
    await impatient.says(/^Running job$/m);
    impatient.stop();
    assert.match((await impatient.ended).output, /The job has not ended within 1 s/);
    assert.deepEqual(ground.pool.agents, []);
  });

  it('lives through an update of the agent', async () => {
    const start = ground.start({ AZP_TOKEN_FILE });
    await start.says(/^Listening/m);
    await ground.file('agent/order/exit', '3');
    await start.says(/The agent updates itself\.\nListening for Jobs/);
    assert.deepEqual(ground.pool.agents.length, 1);
    start.stop();
    assert.equal((await start.ended).exitCode, 0);
  });

  it("ends with the listener's code when that fails, unregistered", async () => {
    const start = ground.start({ AZP_TOKEN_FILE });
    await start.says(/^Listening/m);
    await ground.file('agent/order/exit', '2');
    assert.equal((await start.ended).exitCode, 2);
    assert.deepEqual(ground.pool.agents, []);
  });

  it('ends after a while without a job', async () => {
    const { exitCode, output } = await ground.start({ AZP_TOKEN_FILE, AZP_IDLE_SECONDS: '1' })
      .ended;
    assert.equal(exitCode, 0, output);
    assert.match(output, /^No job for 1 s: ending\.$/m);
    assert.deepEqual(ground.pool.agents, []);
  });

  it('runs hooks in order before it registers; one that fails ends the start', async () => {
    await ground.file('hooks/20-look.sh', 'echo "the hook sees $FROM_HOOK"');
    await ground.file('hooks/10-set.envsh', 'export FROM_HOOK=10');
    await ground.file('hooks/readme.txt', 'exit 1');
    const start = ground.start({ AZP_TOKEN_FILE, AZP_PLACEHOLDER: 'true' });
    assert.match((await start.ended).output, /the hook sees 10\nRegistering/);
    await ground.file('hooks/30-fail.sh', 'exit 9');
    const failed = await ground.start({ AZP_TOKEN_FILE }).ended;
    assert.equal(failed.exitCode, 1);
    assert.match(failed.output, /30-fail\.sh ended with 9\. Without it the agent is not started/);
    await ground.file('hooks/30-fail.sh', 'sleep 60');
    const slow = await ground.start({ AZP_TOKEN_FILE, AZP_HOOK_SECONDS: '1' }).ended;
    assert.match(slow.output, /30-fail\.sh did not end within 1 s \(AZP_HOOK_SECONDS\)/);
  });

  it('tells that jobs may run containers only where Podman works, and says why it does not', async () => {
    await ground.file('hooks/podman', '#!/bin/sh\necho "newuidmap: not permitted" >&2; exit 125\n');
    await ground.file('hooks/10-set.envsh', `chmod +x "$AZP_HOOKS/podman"; PATH=$AZP_HOOKS:$PATH`);
    const placeholder = { AZP_TOKEN_FILE, AZP_PLACEHOLDER: 'true', AZP_PODMAN: 'auto' };
    const { exitCode, output } = await ground.start(placeholder).ended;
    assert.equal(exitCode, 0, output);
    assert.match(output, /^warning: Podman does not work .* podman: newuidmap: not permitted$/m);
    const told = ground.pool.agents[0]?.capabilities ?? [];
    assert.ok(!told.some((line) => line.startsWith('podman=')));
  });

  it('gives jobs and the pool nothing of its own settings', async () => {
    await ground.file('agent/order/job', '');
    await ground.file('hooks/10-set.envsh', 'export NPM_TOKEN=from-hook JAVA_HOME=/java');
    const start = ground.start({
      ...{ AZP_TOKEN_FILE, VSTS_AGENT_INPUT_PROXYURL: 'http://proxy', AZURE_CLIENT_ID: 'client' },
      ...{ DAEMONLESS_PLATFORMS: 'linux/amd64', KUBERNETES_PORT_443_TCP: 'tcp://10.0.0.1:443' },
    });
    await start.says(/^Running job$/m);
    const environment = await ground.read('agent/order/job-environment');
    assert.doesNotMatch(environment, /^(AZP_|AZURE_|DAEMONLESS_|VSTS_AGENT_INPUT_)/m);
    assert.match(environment, /^JAVA_HOME=\/java$/m);
    const names = ground.pool.agents[0]?.capabilities ?? [];
    assert.ok(names.includes('JAVA_HOME'));
    for (const name of ['NPM_TOKEN', 'KUBERNETES_PORT_443_TCP', 'AZP_TOKEN_FILE']) {
      assert.ok(!names.includes(name), name);
    }
    await rm(join(ground.agent, 'order', 'job'));
    start.stop();
    await start.ended;
  });
});
