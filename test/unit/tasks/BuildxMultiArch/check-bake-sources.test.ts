import assert from 'node:assert/strict';
import type { TargetDefinition } from '../../../../src/core/bake/bake-definition.ts';
import type { Bake } from '../../../../src/core/bake/baked-targets.ts';
import { checkBakeSources } from '../../../../tasks/BuildxMultiArch/check-bake-sources.ts';
import { buildPorts } from '../../../support/build-ports.ts';

const folder = '/w/1/s';

const told = async (linked: Readonly<Record<string, Partial<TargetDefinition>>>) => {
  const { files } = buildPorts();
  await files.writeText(`${folder}/api/Dockerfile`, 'FROM a');
  await files.writeText(`${folder}/web/Web.dockerfile`, 'FROM a');
  const definitions = Object.entries(linked).map(([name, own]): [string, TargetDefinition] => [
    name,
    { context: '.', dockerfile: 'Dockerfile', ...own },
  ]);
  const bake: Bake = { targets: [], linked: Object.fromEntries(definitions) };
  const problems = await checkBakeSources(bake, folder, files);
  return problems.map(({ what, change }) => `${what} ${change}`);
};

describe('the sources of a bake', () => {
  it('have a word for each context and Dockerfile that is not there, with the names most like it', async () => {
    const problems = await told({
      api: { context: 'ap', contexts: { lib: 'lib' } },
      web: { context: 'web', dockerfile: 'Web.Dockerfil' },
    });
    assert.equal(problems.length, 3, problems.join('\n'));
    const [own, named, dockerfile] = problems;
    assert.match(own ?? '', /no folder ap, which is the context of the target "api"\. Paths start/);
    assert.match(named ?? '', /no folder lib, which is the context "lib" of the target "api"/);
    assert.match(
      dockerfile ?? '',
      /"web" has no Dockerfile at web\/Web\.Dockerfil\. Did you mean web\/Web\.dockerfile/,
    );
  });

  it('are not looked for where they are somewhere else', async () => {
    const problems = await told({
      api: { context: 'api', contexts: { base: 'target:base', i: 'docker-image://a' } },
      git: { context: 'https://example.org/a.git', dockerfile: 'nowhere' },
      inline: { context: 'web', 'dockerfile-inline': 'FROM a' },
      cwd: { context: 'web', dockerfile: 'cwd://Dockerfile' },
    });
    assert.deepEqual(problems, []);
  });
});
