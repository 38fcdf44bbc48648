import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { readManifest } from '../../scripts/lib/package/manifest.ts';
import { readTasks } from '../../scripts/lib/task-json/read-tasks.ts';
import { toolNamed, toolVersion } from '../../scripts/lib/toolchain/tools.ts';
import { pinnedDigest } from '../../scripts/lib/toolchain/release-archive.ts';
import { taskVersion } from '../../scripts/lib/version/task-version.ts';
import { agentImageArgs } from '../support/agent-dockerfile.ts';

async function versionIn(path: string): Promise<string> {
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }).version;
}

describe('versions', () => {
  it('of package.json, its lock file and the extension are one', async () => {
    const { version } = await readManifest('.');
    assert.equal(await versionIn('package.json'), version);
    assert.equal(await versionIn('package-lock.json'), version);
  });

  it('of the chart is the same, and its BuildKit the one that tests run', async () => {
    const { version } = await readManifest('.');
    const text = await readFile('deploy/chart/Chart.yaml', 'utf8');
    const chart = parse(text) as { readonly version: string; readonly appVersion: string };
    assert.equal(chart.version, version);
    assert.equal(chart.appVersion, toolVersion(toolNamed('buildkitd')));
  });

  it("of the agent image's buildx and buildctl are those that tests run, with their digests", () => {
    const args = agentImageArgs();
    const buildx = toolVersion(toolNamed('buildx'));
    const buildkit = toolVersion(toolNamed('buildctl'));
    assert.deepEqual(
      [args.get('BUILDX_VERSION'), args.get('BUILDKIT_VERSION')],
      [buildx, buildkit],
    );
    for (const architecture of ['amd64', 'arm64']) {
      const digest = (name: string) => args.get(`${name}_SHA256_${architecture.toUpperCase()}`);
      const archive = `buildkit-${buildkit}.linux-${architecture}.tar.gz`;
      assert.equal(digest('BUILDX'), pinnedDigest(`buildx-${buildx}.linux-${architecture}`));
      assert.equal(digest('BUILDKIT'), pinnedDigest(archive));
    }
  });

  it('of the tasks follow from the extension, their Major excepted', async () => {
    const { version } = await readManifest('.');
    for (const { json } of await readTasks('.')) {
      assert.deepEqual(json.version, taskVersion(json.version.Major, version), json.name);
    }
  });

  it('have a section in the changelog', async () => {
    const { version } = await readManifest('.');
    const changelog = await readFile('CHANGELOG.md', 'utf8');
    assert.match(changelog, new RegExp(`^## \\[?(Unreleased|${version})`, 'm'));
  });
});
