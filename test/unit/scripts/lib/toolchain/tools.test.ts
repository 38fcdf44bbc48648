import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { architectures } from '../../../../../scripts/lib/toolchain/architecture.ts';
import { cacheFolder } from '../../../../../scripts/lib/toolchain/cache-folder.ts';
import { parseGoModule } from '../../../../../scripts/lib/toolchain/go-mod.ts';
import { pinnedDigest } from '../../../../../scripts/lib/toolchain/release-archive.ts';
import { cachedToolPath } from '../../../../../scripts/lib/toolchain/tool-path.ts';
import { demoTools, toolNamed, toolVersion } from '../../../../../scripts/lib/toolchain/tools.ts';

describe('The toolchain', () => {
  it('has its versions from go.mod alone', () => {
    const module = parseGoModule(
      'module x\n\ngo 1.26.8\n\nrequire (\n\tgithub.com/a/b/v3 v3.1.0 // indirect\n\tc.io/d v0.1.0\n)\n\nrequire e.io/f v1.0.0\n',
    );
    assert.equal(module.goVersion, '1.26.8');
    assert.deepEqual(
      [...module.versions],
      [
        ['github.com/a/b/v3', 'v3.1.0'],
        ['c.io/d', 'v0.1.0'],
        ['e.io/f', 'v1.0.0'],
      ],
    );
  });

  it('refuses a go.mod that does not say which Go it needs', () => {
    assert.throws(() => parseGoModule('module x\n'), /no "go" line/);
  });

  for (const tool of demoTools) {
    it(`pins ${tool.name}: a version in go.mod and the digests of that version's releases`, () => {
      for (const architecture of ['amd64', 'arm64']) {
        const { file, release } = tool.archive?.(toolVersion(tool), architecture) ?? {
          file: '',
          release: '',
        };
        assert.match(
          pinnedDigest(file) ?? '',
          /^[0-9a-f]{64}$/,
          `toolchain/archives.json: ${file}`,
        );
        assert.match(release, /^https:\/\/github\.com\//);
      }
    });
  }

  it('keeps a program of our own under its source, so that a change of it builds it anew', () => {
    assert.match(
      cachedToolPath(toolNamed('kubernetes'), '/c'),
      /^\/c\/bin\/kubernetes-v1\.37\.\d+-[0-9a-f]{12}\/kubernetes$/,
    );
    assert.match(cachedToolPath(toolNamed('buildx'), '/c'), /^\/c\/bin\/buildx-v[\d.]+\/buildx$/);
  });

  it('knows no digest of any other file', () => {
    assert.equal(pinnedDigest('buildx-v0.0.1.linux-amd64'), undefined);
  });

  it('runs on x64 and arm64, each the foreign one of the other', () => {
    assert.deepEqual(architectures('x64'), { native: 'amd64', foreign: 'arm64' });
    assert.deepEqual(architectures('arm64'), { native: 'arm64', foreign: 'amd64' });
    assert.throws(() => architectures('s390x'), /x64 or arm64.*s390x/);
  });

  it('lives in the cache folder of the user, wherever that is', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }), '/c/daemonless-pipelines');
    assert.match(cacheFolder({}), /\/\.cache\/daemonless-pipelines$/);
    assert.match(
      cacheFolder({ XDG_CACHE_HOME: 'relative' }),
      /^\/.*\.cache\/daemonless-pipelines$/,
    );
  });
});
