import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readManifest } from '../../scripts/lib/package/manifest.ts';
import { reportingTasks } from '../../web/run/shown-attachments.ts';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';

interface Input {
  readonly id: string;
  readonly isConfidential: boolean;
}

interface Connection {
  readonly inputDescriptors: readonly Input[];
  readonly authenticationSchemes: readonly { readonly inputDescriptors: readonly Input[] }[];
}

const ownFile = /^https:\/\/github\.com\/daemonless-pipelines\/daemonless-pipelines\/blob\/main\//;

describe('vss-extension.json', () => {
  it('is whole: every key that tfx leaves to chance is there', async () => {
    await assert.doesNotReject(readManifest('.'));
  });

  it('names only files and pages that exist', async () => {
    const { icons, content, links, screenshots } = await readManifest('.');
    const pages = Object.values(links).map(({ uri }) => uri);
    const own = pages.filter((uri) => ownFile.test(uri)).map((uri) => uri.replace(ownFile, ''));
    const pictures = screenshots.map(({ path }) => path);
    for (const path of [
      icons.default,
      ...pictures,
      content.details.path,
      content.license.path,
      ...own,
    ]) {
      assert.ok(existsSync(path), path);
    }
    assert.ok(own.length >= 3);
  });

  it('lists no task and no file itself: both are found by folder when it is packed', async () => {
    const { files, contributions } = await readManifest('.');
    assert.deepEqual(files, []);
    assert.ok(!contributions.some(({ type }) => type === 'ms.vss-distributed-task.task'));
  });

  it('brings every type of connection that a task asks for', async () => {
    const { contributions } = await readManifest('.');
    const brought = contributions
      .filter(({ type }) => type === 'ms.vss-endpoint.service-endpoint-type')
      .map(({ properties }) => properties.name);
    const types = (await readTasks('.'))
      .flatMap(({ json }) => json.inputs)
      .flatMap(({ type }) => /^connectedService:(.+)$/.exec(type)?.[1] ?? []);
    const ofAzure = ['dockerregistry'];
    assert.deepEqual(
      [...new Set(types)].filter((type) => !ofAzure.includes(type)),
      brought,
    );
  });

  it('shows its tab in runs with the tasks that attach reports, and in no others', async () => {
    const { contributions } = await readManifest('.');
    const tab = contributions.find(({ type }) => type === 'ms.vss-build-web.build-results-tab');
    const attaching = (await readTasks('.')).filter(({ folder }) =>
      readdirSync(folder).some(
        (file) =>
          file.endsWith('.ts') &&
          readFileSync(`${folder}/${file}`, 'utf8').includes('host.attach('),
      ),
    );
    assert.deepEqual(
      tab?.properties['supportsTasks'],
      attaching.map(({ json }) => json.id),
    );
    assert.deepEqual(
      reportingTasks,
      attaching.map(({ name }) => name),
    );
  });

  it('shows no secret of a connection: all that is of TLS, and nothing else, is confidential', async () => {
    const json = JSON.parse(await readFile('vss-extension.json', 'utf8')) as {
      contributions: { properties: Connection }[];
    };
    const [connection] = json.contributions.map(({ properties }) => properties);
    const names = (inputs: readonly Input[] = []): readonly string[] => inputs.map(({ id }) => id);
    const secrets = connection?.authenticationSchemes[0]?.inputDescriptors;
    assert.deepEqual(names(connection?.inputDescriptors), ['addresses', 'serverName']);
    assert.ok(connection?.inputDescriptors.every(({ isConfidential }) => !isConfidential));
    assert.deepEqual(names(secrets), ['caCert', 'clientCert', 'clientKey']);
    assert.ok(secrets?.every(({ isConfidential }) => isConfidential));
  });
});
