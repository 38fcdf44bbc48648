import { join } from 'node:path';
import getPort from 'get-port';
import type { Daemon } from '../playground/daemon.ts';
import { startBuildkitd } from '../playground/start-buildkitd.ts';
import { makeBlackHole } from './black-hole.ts';
import { type Cause, causesOn } from './causes.ts';
import { type CertificateFiles, writeCertificateFiles } from './certificate-files.ts';
import { startMisleadingServers } from './misleading-servers.ts';

/** Every cause for which a daemon cannot be used, each with real servers that have it. */
export interface Faults {
  readonly causes: readonly Cause[];
  readonly stop: () => Promise<void>;
}

interface RunningDaemon {
  readonly url: string;
  readonly daemon: Daemon;
}

/** Starts a plain daemon, one with TLS, one with an expired certificate, and servers that are none; needs root. */
export async function startFaults(folder: string): Promise<Faults> {
  const [files, servers, hole] = await Promise.all([
    writeCertificateFiles(join(folder, 'certs')),
    startMisleadingServers(),
    makeBlackHole(),
  ]);
  const state = join(folder, 'state');
  const [plain, secure, expired] = await Promise.all([
    start('plain', state, []),
    start('secure', state, tlsFlags(files, 'server')),
    start('expired', state, tlsFlags(files, 'expiredServer')),
  ]);
  const urls = { plain: plain.url, secure: secure.url, expired: expired.url, blackHole: hole.url };
  return {
    causes: causesOn({ ...servers, ...files, ...urls, folder }),
    stop: async () => {
      await Promise.all([plain, secure, expired].map(({ daemon }) => daemon.stop()));
      await Promise.all([servers.stop(), hole.remove()]);
    },
  };
}

async function start(
  name: string,
  state: string,
  flags: readonly string[],
): Promise<RunningDaemon> {
  const url = `tcp://127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
  return { url, daemon: await startBuildkitd(name, state, ['--addr', url, ...flags]) };
}

function tlsFlags(files: CertificateFiles, pair: 'server' | 'expiredServer'): readonly string[] {
  const { cert, key } = files[pair];
  return ['--tlscacert', files.ca, '--tlscert', cert, '--tlskey', key];
}
