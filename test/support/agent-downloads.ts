import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { architectures, type Architecture } from '../../scripts/lib/toolchain/architecture.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { agentImageArgs } from './agent-dockerfile.ts';
import { standInAgent } from './agent-start.ts';

export interface AgentDownloads {
  /** Lines for the input `buildArgs`: where the downloads are, and their digests. */
  readonly buildArgs: readonly string[];
  close(): void;
}

interface Download {
  /** Of the build argument with its digest. */
  readonly name: 'AGENT' | 'BUILDX' | 'BUILDKIT';
  readonly path: string;
  readonly file: string;
}

const notForHere =
  '#!/bin/sh\necho "a stand-in: this machine has no such program for this architecture"\n';

/**
 * A web server on loopback in place of Microsoft's and GitHub's, which tests cannot reach. For this machine's own
 * architecture its buildx, buildctl and Node are real and the agent is a stand-in; for the other one all are stand-ins.
 */
export async function serveAgentDownloads(folder: string): Promise<AgentDownloads> {
  const { native } = architectures();
  const downloads = await Promise.all(
    (['amd64', 'arm64'] as const).map(async (architecture) => {
      const own = join(folder, architecture);
      await mkdir(own, { recursive: true });
      const list = await pack(own, architecture, architecture === native);
      const args = await Promise.all(
        list.map(async ({ name, file }) => {
          const digest = createHash('sha256')
            .update(await readFile(file))
            .digest('hex');
          return `${name}_SHA256_${architecture.toUpperCase()}=${digest}`;
        }),
      );
      return { list, args };
    }),
  );
  const files = new Map(
    downloads.flatMap(({ list }) => list).map(({ path, file }) => [path, file]),
  );
  const { url, close } = await serve(files);
  const sources = ['AGENT', 'BUILDX', 'BUILDKIT'].map((name) => `${name}_SOURCE=${url}`);
  return { buildArgs: [...sources, ...downloads.flatMap(({ args }) => args)], close };
}

async function pack(folder: string, arch: Architecture, isReal: boolean): Promise<Download[]> {
  const at = (path: string): string => join(folder, path);
  const program = async (path: string, real: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true });
    if (isReal) await copyFile(real, at(path));
    else await writeFile(at(path), notForHere);
    await chmod(at(path), 0o755);
  };
  await cp(standInAgent, at('agent'), { recursive: true });
  await mkdir(at('agent/order'));
  await program('agent/externals/node20_1/bin/node', process.execPath);
  await program('buildkit/bin/buildctl', toolPath('buildctl'));
  await program('buildx', toolPath('buildx'));
  for (const name of ['agent', 'buildkit']) {
    const tar = ['--use-compress-program=gzip -1', '--directory', at(name), '--create'];
    await execa('tar', [...tar, '--owner=0', '--group=0', '--file', at(`${name}.tar.gz`), '.']);
    await rm(at(name), { recursive: true });
  }
  const args = agentImageArgs();
  const version = (name: Download['name']): string => args.get(`${name}_VERSION`) ?? '';
  const [agent, buildx, buildkit] = [version('AGENT'), version('BUILDX'), version('BUILDKIT')];
  const agentName = `vsts-agent-linux-${arch === 'amd64' ? 'x64' : arch}-${agent}.tar.gz`;
  const buildkitName = `buildkit-${buildkit}.linux-${arch}.tar.gz`;
  return [
    { name: 'AGENT', path: `/${agent}/${agentName}`, file: at('agent.tar.gz') },
    { name: 'BUILDX', path: `/${buildx}/buildx-${buildx}.linux-${arch}`, file: at('buildx') },
    { name: 'BUILDKIT', path: `/${buildkit}/${buildkitName}`, file: at('buildkit.tar.gz') },
  ];
}

async function serve(
  files: ReadonlyMap<string, string>,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (file === undefined) return response.writeHead(404).end();
    void readFile(file).then((bytes) => response.end(bytes));
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
