const listen = '0A';

/**
 * TCP ports that something in a network namespace listens on for others than itself, from the texts of
 * /proc/PID/net/tcp and tcp6 (Linux, Documentation/networking/proc_net_tcp.rst).
 */
export function listeningPorts(...tables: readonly string[]): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const line of tables.flatMap((table) => table.split('\n'))) {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    if (state === listen && !isLoopback(address)) ports.add(Number.parseInt(port, 16));
  }
  return ports;
}

/** 127.0.0.0/8 and ::1 as the kernel writes them: 32-bit words, lowest byte first. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === '00000000000000000000000001000000' || /^0{16}FFFF0000.{6}7F$/.test(address);
}
