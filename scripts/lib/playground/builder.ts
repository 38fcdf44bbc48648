import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolPath } from '../toolchain/tool-path.ts';
import { buildkitdConfig, type KnownRegistry } from './buildkitd-config.ts';
import type { PlaygroundCertificates } from './certificates.ts';
import { cgroupParent } from './cgroups.ts';
import { AddressInUseError, startDaemon, type Daemon } from './daemon.ts';
import { onFreePort } from './free-port.ts';
import type { Builder } from './options.ts';

/** A builder to start. */
export interface BuilderPlan {
  readonly name: string;
  readonly stateDir: string;
  /** BuildKit's state folder. */
  readonly root: string;
  /** Present for mutual TLS. */
  readonly certificates?: PlaygroundCertificates;
  readonly mirrorHost: string;
  readonly registries: readonly KnownRegistry[];
}

/** How long a restart waits for its old address to become free. */
const sameAddressAttempts = 20;
const sameAddressPause = 250;

/** Starts buildkitd on a free loopback port and waits until it listens. */
export async function startBuilder(plan: BuilderPlan): Promise<Builder> {
  await writeConfig(plan);
  return onFreePort(async (port) => new RunningBuilder(plan, port, await serve(plan, port)));
}

class RunningBuilder implements Builder {
  readonly address: string;
  readonly certificates?: PlaygroundCertificates;
  private readonly plan: BuilderPlan;
  private readonly port: number;
  private daemon: Daemon | undefined;

  constructor(plan: BuilderPlan, port: number, daemon: Daemon) {
    this.plan = plan;
    this.port = port;
    this.daemon = daemon;
    this.address = `tcp://127.0.0.1:${port}`;
    if (plan.certificates !== undefined) this.certificates = plan.certificates;
  }

  get pid(): number {
    if (this.daemon === undefined) throw new Error(`Builder ${this.plan.name} does not run.`);
    return this.daemon.pid;
  }

  async stop(): Promise<void> {
    const { daemon } = this;
    this.daemon = undefined;
    await daemon?.stop();
  }

  async start(): Promise<void> {
    for (let attempt = 1; this.daemon === undefined; attempt += 1) {
      try {
        this.daemon = await serve(this.plan, this.port);
      } catch (error) {
        if (!(error instanceof AddressInUseError) || attempt === sameAddressAttempts) throw error;
        await sleep(sameAddressPause);
      }
    }
  }
}

async function writeConfig(plan: BuilderPlan): Promise<void> {
  const folder = folderOf(plan);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(plan.root, { recursive: true });
  const config = buildkitdConfig({
    mirrorHost: plan.mirrorHost,
    registries: plan.registries,
    traceSocket: join(folder, 'otel.sock'),
    cgroupParent: cgroupParent(plan.stateDir),
  });
  await writeFile(join(folder, 'buildkitd.toml'), config, { mode: 0o600 });
}

function serve(plan: BuilderPlan, port: number): Promise<Daemon> {
  const folder = folderOf(plan);
  const argv = ['--config', join(folder, 'buildkitd.toml'), '--root', plan.root];
  const address = ['--addr', `tcp://127.0.0.1:${port}`, '--oci-worker-net=host'];
  return startDaemon({
    title: `buildkitd "${plan.name}"`,
    argv: [toolPath('buildkitd'), ...argv, ...address, ...tlsFlags(plan.certificates)],
    environment: {},
    stateDir: plan.stateDir,
    logName: `buildkitd-${plan.name}`,
    isolated: true,
    ready: /running server on 127\.0\.0\.1:\d+/,
  });
}

function tlsFlags(certificates: PlaygroundCertificates | undefined): string[] {
  if (certificates === undefined) return [];
  const { ca, serverCert, serverKey } = certificates;
  return ['--tlscacert', ca, '--tlscert', serverCert, '--tlskey', serverKey];
}

function folderOf(plan: BuilderPlan): string {
  return join(plan.stateDir, 'run', 'builders', plan.name);
}
