import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { chartFolder, containerEnvironment, objectOf, renderedObjects } from '../support/chart.ts';

const agentImage = join(chartFolder, '../agent-image');
const agent = {
  name: 'linux',
  pool: 'ci',
  kind: 'deployment',
  url: 'https://dev.azure.com/contoso',
  image: { repository: 'example.com/agent' },
  capabilities: { team: 'ci' },
};
const signIns = {
  pat: { existingSecret: 'pat' },
  servicePrincipal: { clientId: 'c', tenantId: 't', existingSecret: 's' },
};

describe('An agent of the chart', () => {
  for (const [way, how] of Object.entries(signIns)) {
    it(`is told only what the start script of its image knows: ${way}`, async () => {
      const objects = await renderedObjects({ agents: [{ ...agent, auth: { [way]: how } }] });
      const pod = objectOf(objects, 'Deployment', 'ci-agent-linux');
      const told = Object.keys(containerEnvironment(pod, 'agent'));
      assert.ok(told.includes('AZP_IDLE_SECONDS'), told.join(' '));
      const known = await textOf(agentImage);
      // Every input of SetupBuildkitBuilder is a variable of `daemonless attach`.
      const own = told.filter((name) => !/^DAEMONLESS_(CA|CLIENT|CONNECT)_/.test(name));
      for (const name of own) assert.match(known, new RegExp(`\\b${name}\\b`));
    });
  }
});

/** Of all files below a folder. */
async function textOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
