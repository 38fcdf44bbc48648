import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { toolPath } from '../toolchain/tool-path.ts';
import { startDaemon, type Daemon } from './daemon.ts';
import { onFreePort } from './free-port.ts';
import type { Credentials } from './options.ts';
import { registryConfig, type RegistrySettings } from './registry-config.ts';

/** A registry to start. */
export interface RegistryPlan {
  readonly name: string;
  readonly stateDir: string;
  readonly storageDir: string;
  readonly credentials?: Credentials;
  readonly tls?: NonNullable<RegistrySettings['tls']>;
  readonly deletes?: boolean;
  readonly readOnly?: boolean;
  readonly remoteUrl?: string;
}

export interface RunningRegistry {
  readonly port: number;
  readonly daemon: Daemon;
}

/** The lowest cost the registry's bcrypt takes: these passwords protect nothing. */
const bcryptRounds = 4;

/** Starts a registry on a free loopback port and waits until it listens. */
export async function startRegistry(plan: RegistryPlan): Promise<RunningRegistry> {
  const folder = join(plan.stateDir, 'run', 'registries', plan.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(plan.storageDir, { recursive: true });
  const passwordFile = await writePasswords(folder, plan.credentials);
  return onFreePort(async (port) => {
    const configFile = join(folder, 'config.yml');
    const settings = passwordFile === undefined ? {} : { passwordFile };
    await writeFile(configFile, registryConfig({ ...plan, ...settings, port }), { mode: 0o600 });
    return { port, daemon: await serve(plan, configFile) };
  });
}

async function writePasswords(
  folder: string,
  credentials: Credentials | undefined,
): Promise<string | undefined> {
  if (credentials === undefined) return undefined;
  const path = join(folder, 'htpasswd');
  const digest = await hash(credentials.password, bcryptRounds);
  await writeFile(path, `${credentials.username}:${digest}\n`, { mode: 0o600 });
  return path;
}

function serve(plan: RegistryPlan, configFile: string): Promise<Daemon> {
  return startDaemon({
    title: `registry "${plan.name}"`,
    argv: [toolPath('registry'), 'serve', configFile],
    // Otherwise it sends traces to a collector that nobody runs.
    environment: { OTEL_TRACES_EXPORTER: 'none' },
    stateDir: plan.stateDir,
    logName: `registry-${plan.name}`,
    isolated: false,
    ready: /listening on 127\.0\.0\.1:\d+/,
  });
}
