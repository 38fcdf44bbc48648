import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  describePackages,
  installCommand,
  missingPackages,
  packagesOf,
  systemPackages,
} from '../../../../../scripts/lib/setup/system-packages.ts';

describe('System packages', () => {
  it('are missing when dpkg does not know them or removed all but their configuration', () => {
    const output = 'podman installed\nrunc config-files\n';
    assert.deepEqual(missingPackages(['podman', 'runc', 'crun'], output), ['runc', 'crun']);
  });

  it('each come with the reason why they are needed', () => {
    for (const line of describePackages(Object.keys(systemPackages)).split('\n')) {
      assert.match(line, /^ {2}[a-z0-9-]+: \w.+/);
    }
  });

  it('are all there are on Debian; Ubuntu has no package of Chromium but a snap', () => {
    assert.deepEqual(packagesOf('NAME="Debian"\nID=debian\n'), Object.keys(systemPackages));
    const left = packagesOf('ID=ubuntu\nID_LIKE=debian\n');
    assert.deepEqual(
      Object.keys(systemPackages).filter((name) => !left.includes(name)),
      ['chromium'],
    );
  });

  it('are installed by hand with one command', () => {
    assert.equal(
      installCommand(['runc', 'crun']),
      'sudo apt-get update && sudo apt-get install --yes --no-install-recommends runc crun',
    );
  });
});
