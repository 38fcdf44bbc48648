import { join } from 'node:path';
import type { ImageSource } from '../images/image-source.ts';
import type { Log } from '../progress.ts';
import { agentEnvironment } from './agent-environment.ts';
import { startBuilder } from './builder.ts';
import type { KnownRegistry } from './buildkitd-config.ts';
import { writeCertificates, type PlaygroundCertificates } from './certificates.ts';
import { startMirror } from './mirror.ts';
import type { BuilderOptions, Playground, PlaygroundOptions, RegistryOptions } from './options.ts';
import { startRegistry } from './registry.ts';
import { allOf, named, type RunningParts } from './running-parts.ts';

/** What the parts have in common. */
interface Ground {
  readonly stateDir: string;
  readonly certificates: PlaygroundCertificates | undefined;
  readonly running: RunningParts;
  readonly log: Log;
}

/** Starts everything that was asked for: registries first, because builders have to know them. */
export async function startParts(
  options: PlaygroundOptions,
  source: ImageSource,
  running: RunningParts,
): Promise<Omit<Playground, 'stop'>> {
  const { stateDir, builders, registries, log = () => undefined } = options;
  const tls = [...builders, ...registries].some((part) => part.tls ?? false);
  const folder = join(stateDir, 'run', 'certificates');
  const certificates = tls ? await writeCertificates(folder) : undefined;
  const ground = { stateDir, certificates, running, log };
  const mirror = addMirror(ground, source);
  await allOf<unknown>([mirror, ...registries.map((registry) => addRegistry(ground, registry))]);
  const mirrorHost = await mirror;
  const known = [...running.registries.values()];
  await allOf(builders.map((builder) => addBuilder(ground, builder, mirrorHost, known)));
  return {
    mirrorHost,
    environment: await agentEnvironment(stateDir, mirrorHost, known),
    builder: (name) => named(running.builders, 'builder', name),
    registry: (name) => named(running.registries, 'registry', name),
  };
}

async function addMirror(ground: Ground, source: ImageSource): Promise<string> {
  const { port, daemon } = await startMirror(ground.stateDir, source);
  ground.running.add(daemon);
  ground.log(`mirror of docker.io: 127.0.0.1:${port} (${source})`);
  return `127.0.0.1:${port}`;
}

async function addRegistry(ground: Ground, options: RegistryOptions): Promise<void> {
  const { stateDir, certificates, running, log } = ground;
  const { name, credentials, tls = false, deletes = true } = options;
  const storageDir = options.storageDir ?? join(stateDir, 'run', 'registries', name, 'storage');
  const secured = tls ? certificates : undefined;
  const { port, daemon } = await startRegistry({
    name,
    stateDir,
    storageDir,
    deletes,
    ...(credentials === undefined ? {} : { credentials }),
    ...(secured && { tls: { certificate: secured.serverCert, key: secured.serverKey } }),
  });
  running.add(daemon);
  const host = `localhost:${port}`;
  running.registries.set(name, { host, storageDir, ...(secured && { caFile: secured.ca }) });
  log(`registry "${name}": ${host}`);
}

async function addBuilder(
  ground: Ground,
  options: BuilderOptions,
  mirrorHost: string,
  registries: readonly KnownRegistry[],
): Promise<void> {
  const { stateDir, certificates, running, log } = ground;
  const { name, tls = false } = options;
  const root = options.root ?? join(stateDir, 'run', 'builders', name, 'root');
  const security = tls && certificates !== undefined ? { certificates } : {};
  const plan = { name, stateDir, root, mirrorHost, registries, ...security };
  const builder = await startBuilder(plan);
  running.add(builder);
  running.builders.set(name, builder);
  log(`builder "${name}": ${builder.address}`);
}
