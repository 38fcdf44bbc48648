import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { cgroupParent } from '../../scripts/lib/playground/cgroups.ts';
import { startDaemon } from '../../scripts/lib/playground/daemon.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { writeSecret } from './chart-daemon.ts';
import { type ChartValues, fileOf, objectOf, renderedObjects } from './chart.ts';

/** What the collector of a running daemon says of itself. */
export interface Policy {
  readonly rules: number;
  /** Bytes of each rule that has a ceiling. */
  readonly ceilings: readonly number[];
  /** `buildctl debug workers -v`. */
  readonly text: string;
}

/** Starts buildkitd with the configuration of pool amd64 on a socket alone, and asks it. */
export async function policyOf(
  securityProfile: string,
  values: ChartValues,
  folder: string,
): Promise<Policy> {
  const buildkit = { ...(values['buildkit'] as ChartValues | undefined), securityProfile };
  const objects = await renderedObjects({ ...values, buildkit });
  const socket = join(folder, 'buildkitd.sock');
  const toml = fileOf(objectOf(objects, 'ConfigMap', 'ci-buildkit-amd64'), 'buildkitd.toml')
    .replace(/^root = .*/, `root = "${join(folder, 'root')}"`)
    .replace(/^ {2}address = .*/m, `  address = ["unix://${socket}"]`)
    .replace(/^ {2}debugAddress = .*\n/m, '')
    .replaceAll('/certificates', folder)
    .replace('[worker.oci]', `[worker.oci]\n  defaultCgroupParent = "${cgroupParent(folder)}"`);
  const secret = objects.find(({ metadata }) => metadata.name === 'ci-buildkit-server');
  if (secret !== undefined) await writeSecret(secret, folder);
  const config = join(folder, 'buildkitd.toml');
  await mkdir(join(folder, 'root'));
  await writeFile(config, `${toml}\n[otel]\n  socketPath = "${join(folder, 'otel.sock')}"\n`);
  const daemon = await startDaemon({
    title: 'buildkitd of the chart',
    argv: [toolPath('buildkitd'), '--config', config],
    environment: {},
    stateDir: folder,
    logName: 'buildkitd',
    isolated: true,
    ready: /running server on/,
  });
  try {
    const args = ['--addr', `unix://${socket}`, 'debug', 'workers', '-v'];
    const { stdout } = await execa(toolPath('buildctl'), args);
    return {
      rules: stdout.split('GC Policy rule#').length - 1,
      ceilings: [...stdout.matchAll(/Maximum used space:\s+([\d.]+)MB/g)].map(([, size]) =>
        Math.round(Number(size) * 1e6),
      ),
      text: stdout,
    };
  } finally {
    await daemon.stop();
  }
}
