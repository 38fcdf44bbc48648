import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Daemon, startDaemon } from '../../scripts/lib/playground/daemon.ts';

/** One daemon behind the name. */
export interface DnsTarget {
  readonly host: string;
  readonly port: number;
}

export interface DnsServer extends Daemon {
  /** Before a program's argv: the program then asks this server, as by a machine's own /etc/resolv.conf. */
  readonly launcher: readonly string[];
}

/** Starts a real DNS server (dnsmasq) for `services`: SRV records, and 127.0.0.1 for each of their targets. */
export async function startDnsServer(
  folder: string,
  services: Readonly<Record<string, readonly DnsTarget[]>>,
): Promise<DnsServer> {
  // Every address of 127.0.0.0/8 is ours, so that port 53 is free on one of them.
  const address = `127.53.${(process.pid >> 8) & 255}.${process.pid & 255}`;
  const records = Object.entries(services).flatMap(([service, targets]) => [
    ...(targets.length === 0 ? [`--srv-host=${service}`] : []),
    ...targets.map(({ host, port }) => `--srv-host=${service},${host},${port}`),
    ...targets.map(({ host }) => `--host-record=${host},127.0.0.1`),
  ]);
  const daemon = await startDaemon({
    title: 'dnsmasq',
    argv: [
      ...([
        'dnsmasq',
        '--keep-in-foreground',
        '--log-facility=-',
        '--conf-file=/dev/null',
      ] as const),
      ...[
        '--no-resolv',
        '--no-hosts',
        '--local=/test/',
        '--user=root',
        '--pid-file',
        '--bind-interfaces',
      ],
      ...[`--listen-address=${address}`, ...records],
    ],
    environment: {},
    stateDir: folder,
    logName: 'dnsmasq',
    isolated: false,
    ready: /started, version/,
  });
  const resolvConf = join(folder, 'resolv.conf');
  await writeFile(resolvConf, `nameserver ${address}\n`, { mode: 0o644 });
  const enter = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  return { ...daemon, launcher: ['unshare', '--mount', 'sh', '-c', enter, 'sh', resolvConf] };
}
