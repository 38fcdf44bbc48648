import assert from 'node:assert/strict';
import { execa } from 'execa';
import { bundleCli } from '../../scripts/lib/build/bundle-cli.ts';

describe('daemonless, as one file', function () {
  this.timeout(60_000);

  it('ends without a word when nobody reads on, as after head', async () => {
    const { name } = await bundleCli(process.cwd());
    const reading = execa(process.execPath, [name, '--help'], { reject: false });
    reading.stdout.destroy();
    const { exitCode, stderr } = await reading;
    assert.equal(stderr, '');
    assert.equal(exitCode, 141);
  });
});
