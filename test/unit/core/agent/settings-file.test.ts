import assert from 'node:assert/strict';
import { capabilities, podmanVersion } from '../../../../src/core/agent/capabilities.ts';
import { withSettings } from '../../../../src/core/agent/settings-file.ts';

describe("the agent's .capabilities and .env", () => {
  it('keep every line that is not ours', () => {
    const before = 'java=/opt/java\r\n# note\nbuildx=0.30.0\n';
    assert.equal(
      withSettings(before, { buildx: '0.36.1' }),
      'java=/opt/java\n# note\nbuildx=0.36.1\n',
    );
  });

  it('are the same after a second start', () => {
    const settings = { buildkit: '0.32.2', podman: '4.3.1' };
    const once = withSettings(undefined, settings);
    assert.equal(withSettings(once, settings), once);
  });

  it('lose what is no longer true', () => {
    assert.equal(
      withSettings('buildkit=0.32.2\nbuildx=1\n', { buildkit: undefined }),
      'buildx=1\n',
    );
  });

  it('take a value on one line, whatever is in it', () => {
    assert.equal(withSettings(undefined, { a: 'b\nc=d' }), 'a=b c=d\n');
  });

  it('name what pipelines can demand', () => {
    const tools = {
      buildkit: '0.32.2',
      platforms: 'linux/amd64',
      buildx: '0.36.1',
      podman: undefined,
    };
    assert.deepEqual(capabilities(tools), {
      buildkit: '0.32.2',
      'buildkit.platforms': 'linux/amd64',
      buildx: '0.36.1',
      podman: undefined,
    });
    assert.equal(podmanVersion('podman version 4.3.1\n'), '4.3.1');
    assert.equal(podmanVersion('bash: no'), undefined);
  });
});
