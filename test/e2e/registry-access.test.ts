import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Playground } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { trustAlso } from '../../scripts/lib/playground/trust.ts';
import type { RecordedStep } from '../support/agent-run.ts';
import { builtTasks } from '../support/built-tasks.ts';
import { CommandLineWatch } from '../support/command-lines.ts';
import { type FakeAcr, startFakeAcr } from '../support/fake-acr/fake-acr.ts';
import { identity } from '../support/fake-acr/services.ts';
import { type PipelineRun, runPipeline } from '../support/run-pipeline.ts';

type Inputs = Readonly<Record<string, string | boolean>>;

const credentials = { username: 'pusher', password: 'corr3ct-h0rse/battery+staple' };
/** How every JSON web token begins: `{"alg":"ES256"`, in base64. */
const tokenBegin = 'eyJhbGciOiJFUzI1NiI';
const sources = { Dockerfile: 'FROM busybox:1\nRUN echo the first build step\n' };

describe('access to registries', function () {
  this.timeout(240_000);
  let folder: string;
  let playground: Playground;
  let acr: FakeAcr;
  let trust: Readonly<Record<string, string>>;
  const runs: PipelineRun[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'access-'));
    await builtTasks();
    acr = await startFakeAcr(join(folder, 'acr'));
    trust = await trustAlso(acr.caFile, folder);
    playground = await startPlayground({
      stateDir: join(folder, 'playground'),
      builders: [{ name: 'main' }],
      registries: [{ name: 'guarded', credentials }],
    });
  });

  after(async () => {
    await Promise.all(runs.map((run) => run.remove()));
    await playground.stop();
    await acr.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const build = (inputs: Inputs, password = credentials.password) => {
    const endpoints = playground.builder('main').address;
    return run(
      [
        { task: 'SetupBuildkitBuilder@1', inputs: { endpoints } },
        { task: 'BuildxMultiArch@1', name: 'image', inputs: { tags: '1', ...inputs } },
      ],
      password,
    );
  };

  /** The last step is the one that is looked at. */
  async function run(steps: readonly object[], password = credentials.password) {
    const dockerRegistry = { type: 'dockerregistry', url: 'https://hub.docker.com/' };
    const guarded = playground.registry('guarded').host;
    const resources = stringify({
      variables: {
        DAEMONLESS_TRUSTED_ACR_HOSTS: `${acr.host}=https://${acr.host}/entra`,
      },
      predefined: { 'System.OidcRequestUri': `https://${acr.host}/oidc` },
      serviceConnections: {
        guarded: {
          ...{ ...dockerRegistry, scheme: 'UsernamePassword' },
          parameters: { registry: guarded, username: credentials.username, password },
        },
        azure: {
          ...{ ...dockerRegistry, scheme: 'WorkloadIdentityFederation', id: identity.connection },
          data: { registrytype: 'ACR' },
          parameters: {
            loginServer: acr.host,
            tenantid: identity.tenant,
            serviceprincipalid: identity.clientId,
          },
        },
      },
    });
    const environment = { ...playground.environment, ...trust };
    const pipeline = stringify({ steps });
    const ended = await runPipeline({ pipeline, resources, environment, files: sources });
    runs.push(ended);
    const step = ended.steps.findLast(({ phase }) => phase === 'main');
    assert.ok(step, ended.output);
    return { run: ended, step };
  }

  const errorsOf = ({ issues }: RecordedStep): string =>
    issues
      .filter(({ type }) => type === 'error')
      .map(({ message }) => message)
      .join('\n');

  const assertNoBuild = ({ output }: PipelineRun): void => {
    assert.ok(!output.includes('the first build step'), output);
  };

  it('of Azure needs no secret: by federation it logs in, proves the push, and pushes', async () => {
    const watch = new CommandLineWatch([tokenBegin]);
    const { run, step } = await build({
      registries: 'azure',
      repository: `${acr.host}/shop/orders`,
    });
    const shown = watch.stop();
    assert.equal(step.result, 'Succeeded', run.output);
    assert.ok(acr.requests.includes('POST /oauth2/exchange'));
    assert.ok(acr.requests.some((one) => one.startsWith('DELETE /v2/shop/orders/blobs/uploads/')));
    assert.ok(acr.requests.includes('PUT /v2/shop/orders/manifests/1'));
    assert.ok(watch.looks > 0);
    assert.deepEqual(shown, []);
    assert.ok(!run.output.includes(tokenBegin), run.output);
  });

  it('of Azure deletes with a token that permits it, and says who may not before a tag is gone', async () => {
    const inputs = {
      ...{ registry: 'azure', repositories: 'shop/*', rules: '- keepLast: 0', dryRun: false },
      ...{ protectedTags: 'none', maxDeletePercent: 100 },
    };
    const prune = () => run([{ task: 'RegistryPrune@1', inputs }]);
    const refused = await prune();
    assert.match(errorsOf(refused.step), /may not delete in shop\/orders on .*HTTP 401.*AcrDelete/);
    acr.services.actions = ['pull', 'push', 'delete'];
    const { run: ended, step } = await prune();
    acr.services.actions = ['pull', 'push'];
    assert.equal(step.result, 'Succeeded', ended.output);
    assert.match(ended.output, /shop\/orders:1 \([0-9a-f]{12}\) removed/);
    assert.ok(!ended.output.includes(tokenBegin), ended.output);
  });

  it('without the right to push is told before the first build step', async () => {
    acr.services.actions = ['pull'];
    const { run, step } = await build({
      registries: 'azure',
      repository: `${acr.host}/shop/orders`,
    });
    acr.services.actions = ['pull', 'push'];
    assert.equal(step.result, 'Failed', run.output);
    assert.match(errorsOf(step), new RegExp(`Connection ${identity.connection} may not push to`));
    assertNoBuild(run);
  });

  it('with a wrong password is told before the first build step', async () => {
    const { host } = playground.registry('guarded');
    const wrong = await build({ registries: 'guarded', repository: `${host}/x` }, 'wrong-one');
    assert.equal(wrong.step.result, 'Failed', wrong.run.output);
    assert.match(errorsOf(wrong.step), /may not push to x on .*HTTP 401/);
    assertNoBuild(wrong.run);
  });

  it('without a connection is told before the first build step', async () => {
    const { host } = playground.registry('guarded');
    const none = await build({ repository: `${host}/x` });
    assert.match(errorsOf(none.step), /wants a login for a push to x, and none/);
    assertNoBuild(none.run);
  });

  it('by an identity that Entra does not trust says whose word is missing', async () => {
    acr.services.isUntrusted = true;
    const { run, step } = await build({ registries: 'azure', repository: `${acr.host}/x` });
    acr.services.isUntrusted = false;
    assert.match(errorsOf(step), /Entra gives no token \(HTTP 401, AADSTS700213/);
    assertNoBuild(run);
  });
});
