import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import {
  provideTool,
  type ToolSources,
} from '../../../../../scripts/lib/toolchain/provide-tool.ts';
import { cachedToolPath } from '../../../../../scripts/lib/toolchain/tool-path.ts';
import type { Tool } from '../../../../../scripts/lib/toolchain/tool.ts';
import { toolNamed, toolVersion } from '../../../../../scripts/lib/toolchain/tools.ts';

/** A program that says it is this version of the tool: what a release, a build or PATH would hold. */
function program(version: string): string {
  return `#!/bin/sh\necho "github.com/docker/buildx ${version} abc"\n`;
}

describe('Providing a tool', () => {
  const real = toolNamed('buildx');
  const version = toolVersion(real);
  const release = program(version);
  const sha256 = createHash('sha256').update(release).digest('hex');
  let server: Server;
  let tool: Tool;
  let folder: string;
  let requests: string[];
  let served: string | Buffer;
  let lines: string[];
  let sources: ToolSources;

  before(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.writeHead(request.url === '/release/buildx' ? 200 : 404).end(served);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    tool = { ...real, archive: () => ({ file: 'buildx', release: `${origin}/release` }) };
  });

  after(() => server.close());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tool-'));
    await mkdir(join(folder, 'path'));
    requests = [];
    served = release;
    lines = [];
    sources = {
      cache: join(folder, 'cache'),
      architecture: 'amd64',
      path: join(folder, 'path'),
      releasesReachable: () => Promise.resolve(true),
      digest: () => sha256,
      log: (line) => lines.push(line),
    };
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('takes the very version from PATH first', async () => {
    const path = await putOnPath('buildx', program(version));
    await provideTool(tool, sources);
    assert.equal(await readlink(cachedToolPath(tool, sources.cache)), path);
    assert.deepEqual(requests, []);
  });

  it('passes over another version on PATH, and a program that does not even run', async () => {
    await putOnPath('buildx', program('v0.1.0'));
    await provideTool(tool, sources);
    assert.equal(await cached(), release);
    await putOnPath('buildx', '#!/nowhere\n');
    await provideTool(tool, sources);
    assert.equal(await cached(), release);
  });

  it('forgets a program on PATH that has become another version', async () => {
    const path = await putOnPath('buildx', program(version));
    await provideTool(tool, sources);
    await writeFile(path, program('v0.1.0'));
    await provideTool(tool, sources);
    assert.equal(await cached(), release);
  });

  it('takes one program out of a release that is an archive', async () => {
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', 'buildx'), release);
    await execa('tar', ['-czf', join(folder, 'buildx.tar.gz'), '-C', folder, 'bin']);
    served = await readFile(join(folder, 'buildx.tar.gz'));
    const digest = createHash('sha256').update(served).digest('hex');
    const { archive: bare } = tool;
    assert.ok(bare);
    const archive = () => ({ ...bare(version, 'amd64'), entry: 'bin/buildx' });
    await provideTool({ ...tool, archive }, { ...sources, digest: () => digest });
    assert.equal(await cached(), release);
  });

  it('asks for nothing when the cache has it', async () => {
    await provideTool(tool, sources);
    assert.deepEqual(requests, ['/release/buildx']);
    await provideTool(tool, sources);
    assert.equal(requests.length, 1);
  });

  it('never downloads a file without a pinned digest, and builds it instead', async () => {
    await withGo(async (goLog) => {
      await provideTool(tool, { ...sources, digest: () => undefined });
      assert.match(goLog(), /build -trimpath .*-X github.com\/docker\/buildx\/version.Version=v/);
    });
    assert.deepEqual(requests, []);
  });

  it('builds when the release is not what was pinned, and says why', async () => {
    await withGo(async () => {
      await provideTool(tool, { ...sources, digest: () => '0'.repeat(64) });
    });
    assert.match(lines.join('\n'), new RegExp(`expected SHA-256 0{64}, found ${sha256}`));
    assert.equal(await cached(), program(version));
  });

  it('builds without trying to download where releases cannot be reached', async () => {
    await withGo(async () => {
      await provideTool(tool, { ...sources, releasesReachable: () => Promise.resolve(false) });
    });
    assert.deepEqual(requests, []);
  });

  it('refuses what says it is another version, and leaves nothing half done', async () => {
    const other = { ...tool, versionArguments: ['--nothing'] };
    await withGo(async () => {
      await assert.rejects(
        provideTool(other, { ...sources, digest: () => undefined }),
        /expected to be v.*, but says v9\.9\.9/,
      );
    }, 'v9.9.9');
    await assert.rejects(cached(), /ENOENT/);
  });

  it('says what Go is needed for and where to get it, where there is none', async () => {
    await withPath(join(folder, 'path'), async () => {
      await assert.rejects(
        provideTool(tool, { ...sources, digest: () => undefined }),
        /Go \d.* is needed to build buildx .*https:\/\/go\.dev\/doc\/install/,
      );
    });
  });

  function cached(): Promise<string> {
    return readFile(cachedToolPath(tool, sources.cache), 'utf8');
  }

  async function putOnPath(name: string, text: string): Promise<string> {
    const path = join(folder, 'path', name);
    await writeFile(path, text);
    await chmod(path, 0o755);
    return path;
  }

  /** A fake `go` in front of PATH, which writes down its arguments and "builds" a program. */
  async function withGo(
    work: (log: () => string) => Promise<void>,
    built: string = version,
  ): Promise<void> {
    const log = join(folder, 'go.log');
    const made = join(folder, 'made');
    await writeFile(made, program(built));
    await putOnPath(
      'go',
      `#!/bin/sh\necho "$@" >${log}\nwhile [ "$1" != -o ]; do shift; done\ncp ${made} "$2" && chmod +x "$2"\n`,
    );
    const path = `${join(folder, 'path')}:${process.env['PATH'] ?? ''}`;
    await withPath(path, async () => {
      await work(() => readFileSync(log, 'utf8'));
    });
  }

  async function withPath(path: string, work: () => Promise<void>): Promise<void> {
    const before = process.env['PATH'];
    process.env['PATH'] = path;
    try {
      await work();
    } finally {
      process.env['PATH'] = before;
    }
  }
});
